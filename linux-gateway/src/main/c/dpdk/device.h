/* The device behind a port: whether it can be had, and bringing it into DPDK and out again. */
#ifndef TB_DPDK_DEVICE_H
#define TB_DPDK_DEVICE_H

#include "interface.h"

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

struct device {
    char arguments[512];       /* as DPDK takes them */
    char name[64];             /* PCI address in full, or the software device's name */
    bool is_pci;
    struct interface interface; /* beneath a software device; its index is 0 for none */
    char interface_was[IFNAMSIZ]; /* its name when it was opened */
    uint16_t queues;           /* that the arguments ask for; 0 where they ask for none */
    uint64_t looped_packets;   /* of a capture file that is played without end; 0 for none */
    bool plays_once;           /* a capture file, which ends */
    int claim;
    bool attached;
    uint16_t port;
};

/* Looks, before DPDK does, whether the device is there, is free and is ours from now on. 0, or -1 with the reason. */
int device_claim(struct device *device, const char *text, char *error, int32_t error_size);

/* Brings it into DPDK, which must run. */
int device_attach(struct device *device, char *error, int32_t error_size);

/* Whether it has vanished since. Makes system calls. */
bool device_is_gone(const struct device *device);

/* Takes it out of DPDK, after its port was stopped. */
void device_detach(struct device *device);

/* Takes it out of DPDK and lets go of it. */
void device_release(struct device *device);

#endif
