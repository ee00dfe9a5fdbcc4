/* Loads the XDP program of one interface, attaches it by a link, reads its counts. */
#include "program.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The compiled program, carried inside this library: nothing to find at run time, nothing to be of another version. */
#include "redirect_object.h"

/* libbpf speaks through a function for the whole process; what it last said explains a refusal. */
static _Thread_local char said[256];

static int listen_to_libbpf(enum libbpf_print_level level, const char *format, va_list values)
{
    if (level == LIBBPF_WARN) {
        vsnprintf(said, sizeof said, format, values);
        said[strcspn(said, "\n")] = '\0';
    }
    return 0;
}

static int fail_to_load(const struct device *device, int code, struct text *error)
{
    if (code == EPERM) {
        return text_fail(error, "%s: no permission to load an XDP program; give the gateway the capabilities CAP_BPF, "
                "CAP_NET_ADMIN and CAP_NET_RAW (systemd: AmbientCapabilities=), or run it as root", device->name);
    }
    return text_fail(error, "%s: the XDP program could not be loaded: %s (%s); this needs Linux 5.9 or later", device->name,
            strerror(code), said);
}

static int load(struct program *program, const struct device *device, const struct settings *settings, int interface,
        struct text *error)
{
    LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "tickbridge");
    libbpf_set_print(listen_to_libbpf);
    said[0] = '\0';
    program->object = bpf_object__open_mem(redirect_object, sizeof redirect_object, &options);
    if (program->object == NULL) {
        return fail_to_load(device, errno, error);
    }
    uint32_t destinations = 0;
    for (int i = 0; i < settings->group_count; i++) {
        destinations += settings->groups[i].interface == interface;
    }
    struct bpf_map *sockets = bpf_object__find_map_by_name(program->object, "sockets");
    struct bpf_map *wanted = bpf_object__find_map_by_name(program->object, "wanted");
    struct bpf_map *counts = bpf_object__find_map_by_name(program->object, "counts");
    bpf_map__set_max_entries(sockets, device->queues);
    bpf_map__set_max_entries(wanted, 2 * destinations); /* each with its port, and its group alone for fragments */
    int result = bpf_object__load(program->object);
    if (result != 0) {
        return fail_to_load(device, -result, error);
    }
    program->sockets = bpf_map__fd(sockets);
    program->wanted = bpf_map__fd(wanted);
    program->counts = bpf_map__fd(counts);
    return 0;
}

static int fill_wanted(const struct program *program, const struct device *device, const struct settings *settings,
        int interface, struct text *error)
{
    const __u8 yes = 1;
    for (int i = 0; i < settings->group_count; i++) {
        const struct wanted_group *group = &settings->groups[i];
        struct tb_destination with_port = {.group = group->address.s_addr, .port = htons(group->port)};
        struct tb_destination without = {.group = group->address.s_addr};
        if (group->interface == interface && (bpf_map_update_elem(program->wanted, &with_port, &yes, BPF_ANY) != 0
                || bpf_map_update_elem(program->wanted, &without, &yes, BPF_ANY) != 0)) {
            return text_fail(error, "%s: the XDP program did not take a group: %s", device->name, strerror(errno));
        }
    }
    return 0;
}

/* Which program is there already, and what to do. */
static void describe_other(const struct device *device, struct text *text)
{
    LIBBPF_OPTS(bpf_xdp_query_opts, query);
    struct bpf_prog_info info = {0};
    __u32 size = sizeof info;
    int fd = -1;
    if (bpf_xdp_query((int)device->index, 0, &query) == 0) {
        __u32 id = query.prog_id != 0 ? query.prog_id : query.drv_prog_id != 0 ? query.drv_prog_id : query.skb_prog_id;
        fd = bpf_prog_get_fd_by_id(id);
    }
    if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size) != 0) {
        text_add(text, "another XDP program is attached to it already; stop what attached it");
    } else if (strcmp(info.name, "tickbridge") == 0) {
        text_add(text, "another gateway receives from it already (XDP program %u); two cannot share an interface, stop "
                "that one", info.id);
    } else {
        text_add(text, "the XDP program %s (id %u) is attached to it already; stop what attached it, or take it off: "
                "ip link set dev %s xdp off", info.name, info.id, device->name);
    }
    if (fd >= 0) {
        close(fd);
    }
}

static int fail_to_attach(const struct device *device, bool native, int code, struct text *error)
{
    if (code == EBUSY || code == EEXIST) {
        text_fail(error, "%s: ", device->name);
        describe_other(device, error);
        return -1;
    }
    if (code == EPERM) {
        return text_fail(error, "%s: no permission to attach an XDP program; give the gateway the capability CAP_NET_ADMIN, or "
                "run it as root", device->name);
    }
    return text_fail(error, "%s: the XDP program could not be attached in %s mode: %s; %s", device->name,
            native ? "native" : "generic", strerror(code),
            native ? "its driver may lack XDP, or want another MTU or fewer queues for it; `attach: generic` works with any"
                   : "the kernel's log may say more");
}

static int attach(struct program *program, const struct device *device, enum wish wish, struct text *notices,
        struct text *error)
{
    int code = bpf_program__fd(bpf_object__find_program_by_name(program->object, "tickbridge"));
    LIBBPF_OPTS(bpf_link_create_opts, options, .flags = XDP_FLAGS_DRV_MODE);
    program->native = wish != WISH_SECOND;
    int refused = 0;
    if (program->native) {
        program->link = bpf_link_create(code, (int)device->index, BPF_XDP, &options);
        refused = program->link < 0 ? errno : 0;
    }
    bool occupied = refused == EBUSY || refused == EEXIST;
    if (!program->native || (refused != 0 && wish == WISH_AUTO && !occupied)) {
        options.flags = XDP_FLAGS_SKB_MODE;
        program->native = false;
        if (refused != 0) {
            text_line(notices, "%s: its driver (%s) does not run XDP programs here (%s); generic mode instead, which copies "
                    "every frame and costs more", device->name, device->driver, strerror(refused));
        }
        program->link = bpf_link_create(code, (int)device->index, BPF_XDP, &options);
        refused = program->link < 0 ? errno : 0;
    }
    return refused == 0 ? 0 : fail_to_attach(device, program->native, refused, error);
}

int program_open(struct program *program, const struct device *device, const struct settings *settings, int interface,
        struct text *notices, struct text *error)
{
    *program = (struct program){.link = -1, .cpus = libbpf_num_possible_cpus()};
    if (program->cpus < 1) {
        return text_fail(error, "the number of CPUs cannot be read from /sys/devices/system/cpu/possible: %s",
                strerror(-program->cpus));
    }
    program->per_cpu = calloc((size_t)program->cpus, sizeof *program->per_cpu);
    if (program->per_cpu == NULL) {
        return text_fail(error, "out of memory");
    }
    if (load(program, device, settings, interface, error) != 0
            || fill_wanted(program, device, settings, interface, error) != 0) {
        return -1;
    }
    return attach(program, device, settings->attach, notices, error);
}

int program_connect(const struct program *program, const struct device *device, uint32_t queue, int socket,
        struct text *error)
{
    if (bpf_map_update_elem(program->sockets, &queue, &socket, BPF_ANY) != 0) {
        return text_fail(error, "%s queue %u: the XDP program did not take its socket: %s", device->name, queue,
                strerror(errno));
    }
    return 0;
}

bool program_attached(const struct program *program)
{
    struct bpf_link_info info = {0};
    __u32 size = sizeof info;
    return bpf_obj_get_info_by_fd(program->link, &info, &size) == 0 && info.xdp.ifindex != 0;
}

void program_counts(const struct program *program, struct tb_redirect_counts *sum)
{
    const __u32 first = 0;
    *sum = (struct tb_redirect_counts){0};
    if (bpf_map_lookup_elem(program->counts, &first, program->per_cpu) != 0) {
        return;
    }
    for (int i = 0; i < program->cpus; i++) {
        sum->redirected += program->per_cpu[i].redirected;
        sum->other_queue += program->per_cpu[i].other_queue;
        sum->fragments += program->per_cpu[i].fragments;
        sum->passed += program->per_cpu[i].passed;
    }
}

void program_close(struct program *program)
{
    if (program->link >= 0) {
        close(program->link);
    }
    bpf_object__close(program->object);
    free(program->per_cpu);
}
