/* Finds out why a device cannot be had, in words, where DPDK would say "Invalid argument". */
#define _GNU_SOURCE
#include "device.h"

#include "../device_claim.h"
#include "environment.h"
#include "pcap_packets.h"
#include "rights.h"

#include <dirent.h>
#include <errno.h>
#include <rte_dev.h>
#include <rte_ethdev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PCI_DEVICES "/sys/bus/pci/devices/"

/* Kernel drivers with which DPDK works. The mlx and mana drivers stay in charge and share their NIC with it. */
static const char *const DRIVERS[] = {"vfio-pci", "uio_pci_generic", "igb_uio", "mlx4_core", "mlx5_core", "mana"};

/* Completes a PCI address by its domain; false when the text is none. */
static bool pci_address(const char *text, char *address, size_t size) {
    unsigned domain = 0, bus, slot, function;
    int end = 0;
    if (!(sscanf(text, "%4x:%2x:%2x.%1x%n", &domain, &bus, &slot, &function, &end) == 4 && text[end] == 0)) {
        domain = 0;
        end = 0;
        if (!(sscanf(text, "%2x:%2x.%1x%n", &bus, &slot, &function, &end) == 3 && text[end] == 0)) {
            return false;
        }
    }
    snprintf(address, size, "%04x:%02x:%02x.%x", domain, bus, slot, function);
    return true;
}

/* The name of the kernel's interface of a PCI device, or "". */
static void pci_interface(const char *address, char *name, size_t size) {
    char path[128];
    snprintf(path, sizeof path, PCI_DEVICES "%s/net", address);
    name[0] = 0;
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.') {
            snprintf(name, size, "%.32s", entry->d_name);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

static int look_at_pci(const char *address, char *error, int32_t error_size) {
    char path[128], target[256], interface[64];
    snprintf(path, sizeof path, PCI_DEVICES "%s", address);
    if (access(path, F_OK) != 0) {
        snprintf(error, error_size, "this machine has no PCI device %s; `dpdk-devbind.py --status-dev net` lists those it has", address);
        return -1;
    }
    snprintf(path, sizeof path, PCI_DEVICES "%s/driver", address);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) {
        snprintf(error, error_size, "PCI device %s has no driver; give it to DPDK: driverctl set-override %s vfio-pci, or "
                 "dpdk-devbind.py --bind=vfio-pci %s", address, address, address);
        return -1;
    }
    target[length] = 0;
    const char *driver = strrchr(target, '/') != NULL ? strrchr(target, '/') + 1 : target;
    for (size_t i = 0; i < sizeof DRIVERS / sizeof *DRIVERS; i++) {
        if (strcmp(driver, DRIVERS[i]) == 0) {
            return 0;
        }
    }
    pci_interface(address, interface, sizeof interface);
    snprintf(error, error_size, "PCI device %s%s%s%s is still driven by the kernel's %s; give it to DPDK, which takes it from the "
             "kernel: driverctl set-override %s vfio-pci, or dpdk-devbind.py --bind=vfio-pci %s",
             address, interface[0] != 0 ? " (interface " : "", interface, interface[0] != 0 ? ")" : "", driver, address, address);
    return -1;
}

/* The value of one of the arguments, or "". */
static void argument(const char *arguments, const char *key, char *value, size_t size) {
    size_t length = strlen(key);
    value[0] = 0;
    for (const char *at = strchr(arguments, ','); at != NULL; at = strchr(at, ',')) {
        at++;
        if (strncmp(at, key, length) == 0 && at[length] == '=') {
            snprintf(value, size, "%.*s", (int)strcspn(at + length + 1, ","), at + length + 1);
            return;
        }
    }
}

/*
 * Which argument names an interface that must be there, which says how many queues the device has, and what becomes of the
 * interface's frames. Others make an interface of that name (net_tap), or hide devices in their arguments (net_failsafe,
 * net_bonding): their own business.
 */
static const struct {
    const char *driver, *interface, *queues;
    enum tb_use use;
    unsigned rights;
} OVER_INTERFACES[] = {
    {"net_af_packet", "iface", "qpairs", TB_COPIES, RIGHT_NET_RAW},
    {"eth_af_packet", "iface", "qpairs", TB_COPIES, RIGHT_NET_RAW},
    {"net_af_xdp", "iface", "queue_count", TB_TAKES, RIGHT_NET_RAW | RIGHT_NET_ADMIN | RIGHT_BPF},
    {"net_pcap", "rx_iface", NULL, TB_COPIES, RIGHT_NET_RAW},
    {"net_pcap", "rx_iface_in", NULL, TB_COPIES, RIGHT_NET_RAW},
    {"net_pcap", "iface", NULL, TB_COPIES, RIGHT_NET_RAW},
    {"net_tap", "remote", NULL, TB_TAKES, RIGHT_NET_ADMIN}, /* by a redirection at the interface (tc) */
};

/* A software device's name is its driver's with a number or word behind. */
static bool is_driven_by(const struct device *d, const char *driver) { return strncmp(d->name, driver, strlen(driver)) == 0; }

static int look_at_interface(struct device *d, enum tb_use *use, char *error, int32_t error_size) {
    for (size_t i = 0; i < sizeof OVER_INTERFACES / sizeof *OVER_INTERFACES; i++) {
        char name[256], queues[16] = "";
        if (!is_driven_by(d, OVER_INTERFACES[i].driver)) {
            continue;
        }
        argument(d->arguments, OVER_INTERFACES[i].interface, name, sizeof name);
        if (OVER_INTERFACES[i].queues != NULL) {
            argument(d->arguments, OVER_INTERFACES[i].queues, queues, sizeof queues);
            d->queues = (uint16_t)atoi(queues);
        }
        if (name[0] == 0) {
            continue;
        }
        if (interface_find(&d->interface, name) != 0) {
            snprintf(error, error_size, "%s: this machine has no network interface %s; `ip link` lists those it has", d->name, name);
            return -1;
        }
        if (rights_check(OVER_INTERFACES[i].rights, d->name, error, error_size) != 0) {
            return -1;
        }
        *use = OVER_INTERFACES[i].use;
        interface_name(&d->interface, d->interface_was); /* of which an alternative may have been given */
        return 0;
    }
    return 0;
}

static int look_at_file(struct device *d, char *error, int32_t error_size) {
    char file[sizeof d->arguments], loop[8];
    argument(d->arguments, "rx_pcap", file, sizeof file);
    argument(d->arguments, "infinite_rx", loop, sizeof loop);
    if (file[0] != 0 && access(file, R_OK) != 0) {
        snprintf(error, error_size, "%s: cannot read %s: %s; name a readable pcap or pcapng file", d->name, file, strerror(errno));
        return -1;
    }
    if (file[0] != 0 && loop[0] == '1') {
        d->looped_packets = pcap_packets(file);
    }
    d->plays_once = file[0] != 0 && d->looped_packets == 0;
    return 0;
}

int device_claim(struct device *d, const char *text, char *error, int32_t error_size) {
    char address[16], what[128], kernels[64] = "";
    enum tb_use use = TB_TAKES;
    memset(d, 0, sizeof *d);
    d->claim = -1;
    d->interface.membership = -1;
    snprintf(d->arguments, sizeof d->arguments, "%s", text);
    /* Arguments may follow a PCI address, too. */
    snprintf(d->name, sizeof d->name, "%.*s", (int)strcspn(text, ","), text);
    d->is_pci = pci_address(d->name, address, sizeof address);
    if (d->is_pci) {
        const char *more = strchr(text, ',');
        snprintf(d->name, sizeof d->name, "%s", address);
        snprintf(d->arguments, sizeof d->arguments, "%s%.400s", address, more == NULL ? "" : more);
        if (look_at_pci(d->name, error, error_size) != 0) {
            return -1;
        }
        snprintf(what, sizeof what, "PCI device %s", d->name);
        pci_interface(d->name, kernels, sizeof kernels); /* of a driver that shares its NIC with DPDK */
    } else if (look_at_interface(d, &use, error, error_size) != 0 || look_at_file(d, error, error_size) != 0) {
        return -1;
    } else if (d->interface.index != 0) {
        snprintf(what, sizeof what, "interface %s", d->interface_was);
    } else {
        return 0; /* made for this source alone */
    }
    unsigned index = d->is_pci ? if_nametoindex(kernels) : d->interface.index;
    d->claim = index == 0 ? tb_pci_claim(d->name, what, error, error_size) : tb_interface_claim(index, what, use, error, error_size);
    return d->claim < 0 ? -1 : 0;
}

int device_attach(struct device *d, char *error, int32_t error_size) {
    char said[500];
    uint16_t other;
    if (rte_eth_dev_get_port_by_name(d->name, &other) == 0) {
        /* Probed again it would be found, and be shared. */
        snprintf(error, error_size, "%s is open already in this process; give a second software device another number", d->name);
        return -1;
    }
    environment_forget_words();
    environment_quieten();
    int result = rte_dev_probe(d->arguments);
    if (result == 0 && rte_eth_dev_get_port_by_name(d->name, &d->port) == 0) {
        d->attached = true;
        return 0;
    }
    if (result == 0) {
        rte_eal_hotplug_remove(d->is_pci ? "pci" : "vdev", d->name); /* some other kind of device, which is not kept */
    }
    char lacking[200];
    snprintf(error, error_size, "DPDK cannot use %s: %s%s%s%s; a software device is a driver's name with a number "
             "(net_af_packet0), and each driver is in a Debian package of its own (librte-net-af-packet23)",
             d->name, result == 0 ? "it is no network device" : result == -1 ? "its driver refuses it" : strerror(-result),
             *environment_last_words(said, sizeof said) != 0 ? ": " : "", said, rights_to_lock(lacking, sizeof lacking));
    return -1;
}

bool device_is_gone(const struct device *d) {
    char path[128];
    if (d->is_pci) {
        snprintf(path, sizeof path, PCI_DEVICES "%s", d->name);
        return access(path, F_OK) != 0;
    }
    char name[IF_NAMESIZE];
    return d->interface.index != 0 && !interface_name(&d->interface, name);
}

void device_detach(struct device *d) {
    if (d->attached) {
        struct rte_eth_dev_info info;
        struct rte_device *device = rte_eth_dev_info_get(d->port, &info) == 0 ? info.device : NULL;
        rte_eth_dev_close(d->port);
        if (device != NULL) {
            rte_dev_remove(device);
        }
        d->attached = false;
    }
}

void device_release(struct device *d) {
    device_detach(d);
    if (d->interface.index != 0) {
        interface_release(&d->interface);
    }
    tb_device_unclaim(d->claim);
    d->claim = -1;
}
