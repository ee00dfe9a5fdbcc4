/*
 * The XDP program of one interface, attached by a link: the kernel takes it off when this process lets go of it, however it
 * ends. (libxdp's own loader attaches by netlink, which outlives the process.)
 */
#ifndef TB_AFXDP_PROGRAM_H
#define TB_AFXDP_PROGRAM_H

#include <stdbool.h>

#include "device.h"
#include "redirect.h"
#include "settings.h"

struct bpf_object;

struct program {
    struct bpf_object *object;
    int link;     /* file descriptor, or -1 */
    int sockets;  /* map: queue to AF_XDP socket */
    int wanted;   /* map: what to take */
    int counts;   /* map */
    int cpus;     /* that the kernel may ever have */
    bool native;  /* runs in the driver, not behind it */
    struct tb_redirect_counts *per_cpu; /* room to read the counts into */
};

/* Loads and attaches, with no socket yet; 0, or -1 with the reason in `error`. Closed by program_close either way. */
int program_open(struct program *program, const struct device *device, const struct settings *settings, int interface,
        struct text *notices, struct text *error);

/* Sends a queue's frames to a socket from now on; 0, or -1 with the reason in `error`. */
int program_connect(const struct program *program, const struct device *device, uint32_t queue, int socket,
        struct text *error);

/* Whether it is still attached: not when the interface is gone, or somebody took the program off. */
bool program_attached(const struct program *program);

/* Sums over CPUs; for one thread at a time. */
void program_counts(const struct program *program, struct tb_redirect_counts *sum);

void program_close(struct program *program);

#endif
