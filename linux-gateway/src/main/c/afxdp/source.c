/* The AF_XDP receive backend: sockets of every configured queue of every configured interface, polled in turn. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xdp/libxdp.h>

#include "../device_claim.h"
#include "../tb_source.h"
#include "device.h"
#include "membership.h"
#include "program.h"
#include "queue.h"
#include "settings.h"
#include "text.h"

enum stat { RING_FULL, DROPPED, OTHER_QUEUE, NIC_MISSED, FRAGMENTS, NIC_BROKEN, REDIRECTED, PASSED, NIC_DROPPED, FILL_EMPTY,
        INVALID_DESCRIPTORS, STATS };

static const char *const STAT_NAMES[STATS] = {
    [RING_FULL] = "lost.ring-full",         /* the gateway polled too late */
    [DROPPED] = "lost.dropped",             /* no frame of memory was free, or it was too small */
    [OTHER_QUEUE] = "lost.other-queue",     /* came in on a queue that is not received from */
    [NIC_MISSED] = "lost.nic-missed",       /* the host was too slow for the NIC; whose frames they were nobody knows */
    [FRAGMENTS] = "refused.fragments",      /* of our groups */
    [NIC_BROKEN] = "refused.nic-broken",    /* wrong length or frame check sequence */
    [REDIRECTED] = "seen.redirected",       /* for us, by the XDP program's count */
    [PASSED] = "seen.passed",               /* left to the kernel */
    [NIC_DROPPED] = "seen.nic-dropped",     /* by the kernel on their way up, for whatever reason, ours or not */
    [FILL_EMPTY] = "seen.fill-ring-empty",  /* in copy mode each is in lost.dropped too; in zero-copy mode it is no frame */
    [INVALID_DESCRIPTORS] = "seen.invalid-descriptors", /* that we gave the kernel: 0, or something is broken */
};

enum fault { SOUND, BREAKING, BROKEN };

struct port {
    struct device device;
    int claim;
    struct program program;
    struct device_counts before; /* counted before we came, where `counted` */
    bool counted;
    struct device_counts since;
};

struct tb_source {
    /* The receive thread's. */
    struct queue *queues;
    uint32_t queue_count;
    uint32_t next;  /* queue to look at first */
    /* Written once, by the thread that asks for the counts. */
    _Atomic enum fault fault;
    struct text fault_text;

    struct port ports[MOST_INTERFACES];
    int port_count;
    struct memberships memberships;
    struct settings settings;
    struct text notices;
    struct text send_error; /* of the one thread that sends */
    struct text description;
    struct text macs;
};

static int keep_quiet(enum libxdp_print_level level, const char *format, va_list values)
{
    (void)level;
    (void)format;
    (void)values;
    return 0;
}

/* A frame longer than its place in memory would be dropped by the kernel; jumbo frames would come in several pieces. */
static int check_mtu(const struct device *device, const struct settings *settings, struct text *error)
{
    const unsigned headroom = 256; /* XDP_PACKET_HEADROOM (linux/bpf.h) before each frame */
    const unsigned headers = 14 + 2 * 4; /* Ethernet and two VLAN tags, which an MTU does not count */
    unsigned most = settings->frame_size - headroom - headers;
    if (device->mtu <= most) {
        return 0;
    }
    text_fail(error, "%s: its MTU of %u bytes exceeds the %u that fit a frame of %u bytes, and frames in several pieces "
            "(multi-buffer, jumbo) are not supported; ", device->name, device->mtu, most, settings->frame_size);
    if (settings->frame_size < 4096 && device->mtu <= most + 4096 - settings->frame_size) {
        text_add(error, "set frame-size: 4096");
    } else {
        text_add(error, "lower it if the exchange sends none: ip link set dev %s mtu 1500", device->name);
    }
    return -1;
}

static int choose_queues(const struct device *device, struct settings *settings, uint32_t *queues, struct text *error)
{
    if (settings->queue_count == 0) {
        if (device->queues > MOST_QUEUES) {
            return text_fail(error, "%s has %u queues, at most %d can be received from; name some in queues, or lower their "
                    "number: ethtool -L %s combined N", device->name, device->queues, MOST_QUEUES, device->name);
        }
        for (uint32_t i = 0; i < device->queues; i++) {
            queues[i] = i;
        }
        return (int)device->queues;
    }
    for (int i = 0; i < settings->queue_count; i++) {
        queues[i] = settings->queues[i];
        if (queues[i] >= device->queues) {
            return text_fail(error, "%s has no queue %u; its receive queues are 0 to %u (ethtool -l %s)", device->name,
                    queues[i], device->queues - 1, device->name);
        }
    }
    return settings->queue_count;
}

static void describe(struct text *text, const struct port *port, const uint32_t *queues, const struct queue *first, int count)
{
    text_add(text, "%s%s (%s, %s XDP, queue", text->length == 0 ? "AF_XDP on " : "; ", port->device.name,
            port->device.driver[0] == '\0' ? "driver not known" : port->device.driver,
            port->program.native ? "native" : "generic");
    for (int i = 0; i < count; i++) {
        text_add(text, " %u %s", queues[i], first[i].zero_copy ? "zero-copy" : "copy");
    }
    text_add(text, ")");
}

static int claim(struct port *port, struct text *error)
{
    char why[512];
    port->claim = tb_interface_claim(port->device.index, port->device.name, TB_TAKES, why, sizeof why);
    return port->claim >= 0 ? 0 : text_fail(error, "%s", why);
}

static int open_port(struct tb_source *source, const char *name, struct text *error)
{
    const int number = source->port_count;
    struct port *port = &source->ports[number];
    struct settings *settings = &source->settings;
    uint32_t queues[MOST_QUEUES];
    source->port_count++; /* what is open of it is closed with the source */
    port->program.link = -1;
    port->claim = -1;
    if (device_open(&port->device, name, error) != 0 || claim(port, error) != 0 || check_mtu(&port->device, settings, error) != 0) {
        return -1;
    }
    int count = choose_queues(&port->device, settings, queues, error);
    if (count < 0 || program_open(&port->program, &port->device, settings, number, &source->notices, error) != 0) {
        return -1;
    }
    struct queue *first = &source->queues[source->queue_count];
    for (int i = 0; i < count; i++) {
        struct queue *queue = &source->queues[source->queue_count++];
        if (queue_open(queue, &port->device, settings, queues[i], (uint16_t)number, port->program.native, &source->notices,
                    error) != 0
                || program_connect(&port->program, &port->device, queues[i], queue->socket, error) != 0) {
            return -1;
        }
    }
    if (memberships_join(&source->memberships, &port->device, settings, number, error) != 0) {
        return -1;
    }
    port->counted = device_counts(&port->device, &port->before) == 0;
    if (!port->counted) {
        text_line(&source->notices, "%s: the kernel does not tell what the interface lost so far: losses are counted from when it "
                "does", name);
    }
    describe(&source->description, port, queues, first, count);
    const uint8_t *mac = port->device.mac;
    text_line(&source->macs, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
    return 0;
}

static int open_source(struct tb_source *source, const char *lines, struct text *error)
{
    if (settings_read(&source->settings, lines, error) != 0) {
        return -1;
    }
    libxdp_set_print(keep_quiet);
    /* Never moved: libxdp keeps pointers to a queue's rings. */
    source->queues = calloc((size_t)source->settings.interface_count * MOST_QUEUES, sizeof *source->queues);
    if (source->queues == NULL) {
        return text_fail(error, "out of memory");
    }
    for (int i = 0; i < source->settings.interface_count; i++) {
        if (open_port(source, source->settings.interfaces[i], error) != 0) {
            return -1;
        }
    }
    return 0;
}

int32_t tb_source_abi(void)
{
    return TB_SOURCE_ABI;
}

struct tb_source *tb_source_open(const char *settings, char *error, int32_t error_size)
{
    struct text why = {0};
    struct tb_source *source = calloc(1, sizeof *source);
    if (source == NULL) {
        text_fail(&why, "out of memory");
    } else if (open_source(source, settings, &why) == 0) {
        return source;
    }
    tb_source_close(source);
    if (error_size > 0) {
        strncpy(error, why.bytes, (size_t)error_size - 1);
        error[error_size - 1] = '\0';
    }
    return NULL;
}

/*
 * Looks whether an interface has gone away, or lost its program. Not for the receive thread: the kernel answers about a
 * program under its RTNL mutex, which whoever changes any interface of the machine may hold for hundreds of milliseconds.
 */
static void look(struct tb_source *source)
{
    for (int i = 0; i < source->port_count; i++) {
        const struct device *device = &source->ports[i].device;
        enum fault sound = SOUND;
        /* A program stays with an interface that moves to another namespace, our sockets do not. */
        /* Asked in this order: an interface that takes its program along when it is removed is gone by the second answer. */
        bool attached = program_attached(&source->ports[i].program);
        bool present = device_present(device);
        if ((present && attached)
                || !atomic_compare_exchange_strong(&source->fault, &sound, BREAKING)) {
            continue;
        }
        if (!present) {
            text_fail(&source->fault_text, "%s: the network interface is gone: it was removed, or moved to another network "
                    "namespace", device->name);
        } else {
            text_fail(&source->fault_text, "%s: the gateway's XDP program was detached by another program, so that no frame "
                    "comes any more", device->name);
        }
        atomic_store(&source->fault, BROKEN);
    }
}

void tb_source_release(struct tb_source *source)
{
    for (uint32_t i = 0; i < source->queue_count; i++) {
        queue_give_back(&source->queues[i]);
    }
}

int32_t tb_source_poll(struct tb_source *source, struct tb_frame *frames, int32_t limit)
{
    tb_source_release(source);
    if (atomic_load_explicit(&source->fault, memory_order_acquire) == BROKEN) {
        return -1;
    }
    int32_t taken = 0;
    for (uint32_t i = 0; i < source->queue_count && taken < limit; i++) {
        taken += queue_take(&source->queues[source->next], frames + taken, limit - taken);
        if (++source->next == source->queue_count) {
            source->next = 0;
        }
    }
    return taken;
}

int32_t tb_source_send(struct tb_source *source, int32_t port, const void *frame, int32_t length)
{
    if (port < 0 || port >= source->port_count) {
        return text_fail(&source->send_error, "port %d is not between 0 and %d", port, source->port_count - 1);
    }
    return device_send(&source->ports[port].device, frame, length, &source->send_error);
}

static void add_port(struct port *port, uint64_t *totals)
{
    struct tb_redirect_counts program;
    struct device_counts now;
    program_counts(&port->program, &program);
    totals[OTHER_QUEUE] += program.other_queue;
    totals[FRAGMENTS] += program.fragments;
    totals[REDIRECTED] += program.redirected;
    totals[PASSED] += program.passed;
    if (device_counts(&port->device, &now) == 0) {
        if (!port->counted) {
            port->before = now;
            port->counted = true;
        }
        port->since = (struct device_counts){now.missed - port->before.missed, now.broken - port->before.broken,
                now.dropped - port->before.dropped};
    }
    totals[NIC_MISSED] += port->since.missed;
    totals[NIC_BROKEN] += port->since.broken;
    totals[NIC_DROPPED] += port->since.dropped;
}

int32_t tb_source_stats(struct tb_source *source, uint64_t *values, int32_t capacity)
{
    uint64_t totals[STATS] = {0};
    look(source);
    for (uint32_t i = 0; i < source->queue_count; i++) {
        struct xdp_statistics statistics;
        queue_statistics(&source->queues[i], &statistics);
        totals[RING_FULL] += statistics.rx_ring_full;
        totals[DROPPED] += statistics.rx_dropped;
        totals[FILL_EMPTY] += statistics.rx_fill_ring_empty_descs;
        totals[INVALID_DESCRIPTORS] += statistics.rx_invalid_descs;
    }
    for (int i = 0; i < source->port_count; i++) {
        add_port(&source->ports[i], totals);
    }
    for (int32_t i = 0; i < capacity && i < STATS; i++) {
        values[i] = totals[i];
    }
    return STATS;
}

const char *tb_source_stat_name(struct tb_source *source, int32_t index)
{
    (void)source;
    return index >= 0 && index < STATS ? STAT_NAMES[index] : NULL;
}

const char *tb_source_text(struct tb_source *source, const char *topic)
{
    if (strcmp(topic, "error") == 0) {
        return atomic_load(&source->fault) == BROKEN ? source->fault_text.bytes : source->send_error.bytes;
    } else if (strcmp(topic, "describe") == 0) {
        return source->description.bytes;
    } else if (strcmp(topic, "notices") == 0) {
        return source->notices.bytes;
    } else if (strcmp(topic, "mac") == 0) {
        return source->macs.bytes;
    }
    return ""; /* no times either: the kernels this runs on give AF_XDP none without a driver's own metadata */
}

void tb_source_close(struct tb_source *source)
{
    if (source == NULL) {
        return;
    }
    /* Programs first: from then on the kernel has the frames again. */
    for (int i = 0; i < source->port_count; i++) {
        program_close(&source->ports[i].program);
    }
    for (uint32_t i = 0; i < source->queue_count; i++) {
        queue_close(&source->queues[i]);
    }
    for (int i = 0; i < source->port_count; i++) {
        device_close(&source->ports[i].device);
        tb_device_unclaim(source->ports[i].claim);
    }
    memberships_close(&source->memberships);
    free(source->queues);
    free(source);
}
