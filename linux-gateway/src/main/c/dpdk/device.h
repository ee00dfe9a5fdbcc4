/* The device behind a port: whether it can be had, and bringing it into DPDK and out again. */
#ifndef TB_DPDK_DEVICE_H
#define TB_DPDK_DEVICE_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

struct device {
    char arguments[512];       /* as DPDK takes them */
    char name[64];             /* PCI address in full, or the software device's name */
    bool is_pci;
    bool was_promiscuous;      /* that interface, before us */
    char interface[IFNAMSIZ];  /* of the kernel, beneath a software device; "" for none */
    unsigned interface_index;
    uint64_t looped_packets;   /* of a capture file that is played without end; 0 for none */
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

/* Takes it out of DPDK, after its port was closed, and lets go of it. */
void device_release(struct device *device);

#endif
