/* One AF_XDP socket: the frames of one receive queue of one interface, in memory shared with the kernel. */
#include "queue.h"

#include <errno.h>
#include <linux/mman.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>

/* Since Linux 5.11; Debian 12's headers of the C library do not name them. */
#ifndef SO_PREFER_BUSY_POLL
#define SO_PREFER_BUSY_POLL 69
#endif
#ifndef SO_BUSY_POLL_BUDGET
#define SO_BUSY_POLL_BUDGET 70
#endif

#define HUGE_PAGE (2u << 20) /* bytes, the smaller kind on x86-64 and the usual one on arm64 */
#define HUGE_PAGES (MAP_HUGETLB | 21 << MAP_HUGE_SHIFT) /* of 2^21 bytes, whatever the machine's default (mmap(2)) */
#define COMPLETION_RING 64   /* the smallest that every kernel takes; it stays empty */

static int map_memory(struct queue *queue, const struct device *device, const struct settings *settings,
        struct text *notices, struct text *error)
{
    size_t size = (size_t)settings->frames * settings->frame_size;
    const int protection = PROT_READ | PROT_WRITE;
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
    void *memory = MAP_FAILED;
    if (settings->huge_pages != WISH_SECOND) {
        queue->size = (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
        memory = mmap(NULL, queue->size, protection, flags | HUGE_PAGES, -1, 0);
        if (memory == MAP_FAILED && settings->huge_pages == WISH_FIRST) {
            return text_fail(error, "%s queue %u: no huge pages for %zu KiB of frames: %s; reserve them with sysctl -w "
                    "vm.nr_hugepages=N (2 MiB each), or set huge-pages: auto", device->name, queue->number,
                    queue->size >> 10, strerror(errno));
        }
        if (memory == MAP_FAILED) {
            text_line(notices, "%s queue %u: no huge pages for %zu KiB of frames, ordinary pages instead; reserve them with "
                    "sysctl -w vm.nr_hugepages=N (2 MiB each), or set huge-pages: never", device->name, queue->number,
                    queue->size >> 10);
        }
    }
    if (memory == MAP_FAILED) {
        queue->size = size;
        memory = mmap(NULL, size, protection, flags, -1, 0);
    }
    if (memory == MAP_FAILED) {
        return text_fail(error, "%s queue %u: no memory for %u frames of %u bytes: %s", device->name, queue->number,
                settings->frames, settings->frame_size, strerror(errno));
    }
    queue->memory = memory;
    return 0;
}

static int register_memory(struct queue *queue, const struct device *device, const struct settings *settings,
        struct text *error)
{
    /* A fill ring with room for every frame is never full, so that frames can always be given back. */
    const struct xsk_umem_config config = {.fill_size = settings->frames, .comp_size = COMPLETION_RING,
            .frame_size = settings->frame_size};
    uint64_t size = (uint64_t)settings->frames * settings->frame_size;
    int code = -xsk_umem__create(&queue->umem, queue->memory, size, &queue->fill, &queue->completed, &config);
    struct rlimit limit = {0};
    switch (code) {
    case 0:
        return 0;
    case EPERM:
        return text_fail(error, "%s: no permission for AF_XDP sockets; give the gateway the capabilities CAP_NET_RAW, "
                "CAP_NET_ADMIN and CAP_BPF (systemd: AmbientCapabilities=), or run it as root", device->name);
    case ENOBUFS:
        getrlimit(RLIMIT_MEMLOCK, &limit);
        return text_fail(error, "%s queue %u: %lu KiB of frames may not be locked in memory, the limit is %lu KiB in all; "
                "raise it (systemd: LimitMEMLOCK=infinity; shell: ulimit -l), give the capability CAP_IPC_LOCK, or lower "
                "frames", device->name, queue->number, (unsigned long)(size >> 10), (unsigned long)(limit.rlim_cur >> 10));
    case EAFNOSUPPORT:
        return text_fail(error, "this kernel has no AF_XDP sockets (CONFIG_XDP_SOCKETS)");
    default:
        return text_fail(error, "%s queue %u: the kernel did not take %u frames of %u bytes: %s", device->name,
                queue->number, settings->frames, settings->frame_size, strerror(code));
    }
}

static int bind_socket(struct queue *queue, const struct device *device, const struct settings *settings, bool native,
        struct text *notices, struct text *error)
{
    struct xsk_socket_config config = {.rx_size = settings->ring, .libxdp_flags = XSK_LIBXDP_FLAGS__INHIBIT_PROG_LOAD,
            .bind_flags = settings->need_wakeup ? XDP_USE_NEED_WAKEUP : 0};
    if (settings->mode == WISH_FIRST) {
        config.bind_flags |= XDP_ZEROCOPY;
    } else if (settings->mode == WISH_SECOND || !native) {
        /* A program behind the driver never sees frames that the driver puts straight into our memory. */
        config.bind_flags |= XDP_COPY;
    }
    int code = -xsk_socket__create(&queue->xsk, device->name, queue->number, queue->umem, &queue->received, NULL, &config);
    if (code == EBUSY) {
        return text_fail(error, "%s queue %u has another AF_XDP socket already, of this gateway's kind or another's; stop the "
                "program that has it, or choose other queues", device->name, queue->number);
    } else if (code == EOPNOTSUPP && settings->mode == WISH_FIRST) {
        return text_fail(error, "%s: its driver (%s) offers no zero-copy for queue %u; set mode: auto or copy", device->name,
                device->driver, queue->number);
    } else if (code != 0) {
        return text_fail(error, "%s queue %u: an AF_XDP socket could not be bound: %s", device->name, queue->number,
                strerror(code));
    }
    queue->socket = xsk_socket__fd(queue->xsk);
    struct xdp_options options = {0};
    socklen_t size = sizeof options;
    queue->zero_copy = getsockopt(queue->socket, SOL_XDP, XDP_OPTIONS, &options, &size) == 0
            && (options.flags & XDP_OPTIONS_ZEROCOPY) != 0;
    if (!queue->zero_copy && settings->mode == WISH_AUTO) {
        text_line(notices, "%s queue %u: no zero-copy here (driver %s); the kernel copies each frame once", device->name,
                queue->number, device->driver);
    }
    return 0;
}

static void ask_for_busy_polling(struct queue *queue, const struct device *device, const struct settings *settings,
        struct text *notices)
{
    const int prefer = 1;
    const int time = (int)settings->busy_poll;
    const int budget = (int)settings->busy_poll_budget;
    if (setsockopt(queue->socket, SOL_SOCKET, SO_PREFER_BUSY_POLL, &prefer, sizeof prefer) != 0
            || setsockopt(queue->socket, SOL_SOCKET, SO_BUSY_POLL, &time, sizeof time) != 0
            || setsockopt(queue->socket, SOL_SOCKET, SO_BUSY_POLL_BUDGET, &budget, sizeof budget) != 0) {
        text_line(notices, "%s queue %u: no busy polling: %s; it needs Linux 5.11 or later and CAP_NET_ADMIN", device->name,
                queue->number, strerror(errno));
        return;
    }
    queue->drive = true;
}

int queue_open(struct queue *queue, const struct device *device, const struct settings *settings, uint32_t number,
        uint16_t port, bool native, struct text *notices, struct text *error)
{
    *queue = (struct queue){.socket = -1, .number = number, .port = port,
            .frame_mask = ~(uint64_t)(settings->frame_size - 1)};
    if (map_memory(queue, device, settings, notices, error) != 0
            || register_memory(queue, device, settings, error) != 0) {
        return -1;
    }
    uint32_t slot = 0;
    xsk_ring_prod__reserve(&queue->fill, settings->frames, &slot);
    for (uint32_t i = 0; i < settings->frames; i++) {
        *xsk_ring_prod__fill_addr(&queue->fill, slot + i) = (uint64_t)i * settings->frame_size;
    }
    xsk_ring_prod__submit(&queue->fill, settings->frames);
    if (bind_socket(queue, device, settings, native, notices, error) != 0) {
        return -1;
    }
    if (settings->busy_poll > 0) {
        ask_for_busy_polling(queue, device, settings, notices);
    }
    return 0;
}

/* Lets the kernel look at the fill ring and poll the device. That a device is down or gone is found elsewhere. */
static void wake(const struct queue *queue)
{
    (void)recvfrom(queue->socket, NULL, 0, MSG_DONTWAIT, NULL, NULL);
}

void queue_give_back(struct queue *queue)
{
    uint32_t count = queue->held;
    if (count == 0) {
        return;
    }
    uint32_t slot = 0;
    xsk_ring_prod__reserve(&queue->fill, count, &slot);
    for (uint32_t i = 0; i < count; i++) {
        *xsk_ring_prod__fill_addr(&queue->fill, slot + i) =
                xsk_ring_cons__rx_desc(&queue->received, queue->first + i)->addr & queue->frame_mask;
    }
    xsk_ring_prod__submit(&queue->fill, count);
    xsk_ring_cons__release(&queue->received, count);
    queue->held = 0;
    if (xsk_ring_prod__needs_wakeup(&queue->fill)) {
        wake(queue);
    }
}

int32_t queue_take(struct queue *queue, struct tb_frame *frames, int32_t limit)
{
    uint32_t first;
    uint32_t count = xsk_ring_cons__peek(&queue->received, (uint32_t)limit, &first);
    if (count == 0) {
        if (queue->drive || xsk_ring_prod__needs_wakeup(&queue->fill)) {
            wake(queue);
        }
        return 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct xdp_desc *descriptor = xsk_ring_cons__rx_desc(&queue->received, first + i);
        frames[i] = (struct tb_frame){.address = (uint64_t)(uintptr_t)queue->memory + descriptor->addr, .time = TB_NO_TIME,
                .length = descriptor->len, .port = queue->port};
    }
    queue->first = first;
    queue->held = count;
    return (int32_t)count;
}

void queue_statistics(const struct queue *queue, struct xdp_statistics *statistics)
{
    socklen_t size = sizeof *statistics;
    *statistics = (struct xdp_statistics){0};
    (void)getsockopt(queue->socket, SOL_XDP, XDP_STATISTICS, statistics, &size);
}

void queue_close(struct queue *queue)
{
    if (queue->xsk != NULL) {
        xsk_socket__delete(queue->xsk);
    }
    if (queue->umem != NULL) {
        xsk_umem__delete(queue->umem);
    }
    if (queue->memory != NULL) {
        munmap(queue->memory, queue->size);
    }
}
