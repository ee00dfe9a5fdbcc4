/* Opens the NIC: driver, protection domain, and the virtual interface that receives. Each refusal says what to do. */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The checksums a NIC can refuse frames for before they cost anything. */
#define VERIFIED (EF_VI_DISCARD_RX_L3_CSUM_ERR | EF_VI_DISCARD_RX_L4_CSUM_ERR)
/* Other errors of a frame that the NIC can tell, none of which is ever handed over as good. */
#define BROKEN (EF_VI_DISCARD_RX_ETH_FCS_ERR | EF_VI_DISCARD_RX_ETH_LEN_ERR)

bool device_can(struct tb_source *source, enum ef_vi_capability capability) {
    unsigned long value = 0;
    return ef_pd_capabilities_get(source->driver, &source->domain, source->driver, capability, &value) == 0 && value != 0;
}

static int open_driver(struct tb_source *source, struct message error) {
    int result = ef_driver_open(&source->driver);
    if (result == 0) {
        source->driver_open = true;
        return 0;
    }
    switch (-result) {
        case ENOENT:
        case ENODEV:
        case ENXIO:
            return refuse(error, "OpenOnload's driver is not loaded (no /dev/sfc_char): install OpenOnload, run"
                                 " `onload_tool reload`, or choose another capture.source");
        case EACCES:
        case EPERM:
            return refuse(error, "no permission for /dev/sfc_char: run as a user who may open it, or as root");
        default:
            return refuse(error, "OpenOnload's driver does not open: %s", strerror(-result));
    }
}

static int open_domain(struct tb_source *source, struct message error) {
    const char *name = source->settings.interface;
    if (if_nametoindex(name) == 0) {
        return refuse(error, "no interface %s: `ip link` lists what there is", name);
    }
    int result = ef_pd_alloc_by_name(&source->domain, source->driver, name, EF_PD_DEFAULT);
    if (result >= 0) {
        source->domain_open = true;
        return 0;
    }
    switch (-result) {
        case ENODEV:
        case ENXIO:
        case EINVAL:
        case EOPNOTSUPP:
            return refuse(error, "%s is no interface of a NIC that ef_vi can drive (%s): name the physical interface of a"
                                 " Solarflare NIC, not a VLAN, bond or bridge on it, or choose another capture.source", name,
                          strerror(-result));
        case EACCES:
        case EPERM:
            return refuse(error, "no permission to use %s: run as root, or see /proc/driver/sfc_resource for interfaces"
                                 " that Onload was told to leave alone", name);
        default:
            return refuse(error, "%s: no protection domain: %s", name, strerror(-result));
    }
}

static int choose_kind(struct tb_source *source, struct message error) {
    const struct settings *settings = &source->settings;
    source->by_reference = device_can(source, EF_VI_CAP_RX_REF);
    if (settings->mode == MODE_X2 && source->by_reference) {
        return refuse(error, "%s: mode=x2, but this NIC lends frames by reference as an X3 does: set mode x3 or auto",
                      settings->interface);
    }
    if (settings->mode == MODE_X3 && !source->by_reference) {
        return refuse(error, "%s: mode=x3, but this NIC receives into a ring as an X2 does: set mode x2 or auto",
                      settings->interface);
    }
    return 0;
}

static unsigned choose_flags(struct tb_source *source) {
    const struct settings *settings = &source->settings;
    unsigned flags = EF_VI_FLAGS_DEFAULT;
    if (settings->timestamps) {
        source->timed = device_can(source, EF_VI_CAP_HW_RX_TIMESTAMPING);
        if (source->timed) {
            flags |= EF_VI_RX_TIMESTAMPS;
        } else {
            notice(source, "%s gives no receive times: frames get the gateway's clock", settings->interface);
        }
    }
    if (settings->event_merge && source->by_reference) {
        notice(source, "event-merge has no meaning on %s, which lends frames by reference", settings->interface);
    } else if (settings->event_merge) {
        source->merged = device_can(source, EF_VI_CAP_RX_MERGE);
        if (source->merged) {
            flags |= EF_VI_RX_EVENT_MERGE;
        } else {
            notice(source, "the firmware of %s does not merge events: each frame has its own", settings->interface);
        }
    }
    if (!source->by_reference && device_can(source, EF_VI_CAP_RX_FORCE_EVENT_MERGING)) {
        source->merged = true; /* the queue merges whether asked or not, and says so here */
        flags |= EF_VI_RX_EVENT_MERGE;
    }
    return flags;
}

static int refuse_ring(struct tb_source *source, int result, struct message error) {
    unsigned long sizes = 0;
    const char *name = source->settings.interface;
    ef_pd_capabilities_get(source->driver, &source->domain, source->driver, EF_VI_CAP_RXQ_SIZES, &sizes);
    if (!source->by_reference && sizes != 0 && (sizes & (unsigned long)source->settings.ring) == 0) {
        char list[128] = "";
        for (unsigned long size = 1; size != 0 && size <= RING_LARGEST; size <<= 1) {
            if ((sizes & size) != 0) {
                size_t used = strlen(list);
                snprintf(list + used, sizeof list - used, " %lu", size);
            }
        }
        return refuse(error, "%s: rx-ring=%d is not among the sizes of this NIC:%s", name, source->settings.ring, list);
    }
    switch (-result) {
        case EBUSY:
        case ENOSPC:
            return refuse(error, "%s: the NIC has no virtual interface left: stop another ef_vi or Onload program on it",
                          name);
        case ELIBACC:
        case EPROTO:
            return refuse(error, "%s: the ef_vi library (%s) and the loaded driver are of different Onload versions:"
                                 " run `onload_tool reload`, or build this backend against the installed Onload", name,
                          ef_vi_version_str());
        default:
            return refuse(error, "%s: no virtual interface: %s", name, strerror(-result));
    }
}

static int open_interface(struct tb_source *source, struct message error) {
    unsigned flags = choose_flags(source);
    /* No own size for an X3's queue: the driver owns its buffers. No transmit ring: sending has its own interface. */
    int ring = source->by_reference ? -1 : source->settings.ring;
    int result = ef_vi_alloc_from_pd(&source->vi, source->driver, &source->domain, source->driver, -1, ring, 0, NULL, -1,
                                     (enum ef_vi_flags)flags);
    if (result < 0) {
        return refuse_ring(source, result, error);
    }
    source->vi_open = true;
    source->prefix = source->by_reference ? 0 : ef_vi_receive_prefix_len(&source->vi);
    ef_vi_receive_set_discards(&source->vi, BROKEN | (source->settings.checksums ? VERIFIED : 0));
    if (source->settings.checksums && (ef_vi_receive_get_discards(&source->vi) & VERIFIED) != VERIFIED) {
        notice(source, "%s does not verify IPv4 and UDP checksums", source->settings.interface);
    }
    return 0;
}

static void describe(struct tb_source *source) {
    uint8_t mac[6] = {0};
    if (ef_vi_get_mac(&source->vi, source->driver, mac) == 0) {
        snprintf(source->mac, sizeof source->mac, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
                 mac[5]);
    }
    const char *shape = source->by_reference ? "X3, frames by reference" : source->merged ? "X2, merged events" : "X2";
    snprintf(source->describe, sizeof source->describe, "%s (%s, ring %d, NIC times %s, ef_vi %s)",
             source->settings.interface, shape, source->by_reference ? 0 : source->settings.ring, source->timed ? "on" : "off",
             ef_vi_version_str());
}

int device_open(struct tb_source *source, struct message error) {
    if (open_driver(source, error) != 0 || open_domain(source, error) != 0 || choose_kind(source, error) != 0
        || open_interface(source, error) != 0) {
        return -1;
    }
    describe(source);
    return 0;
}

void device_close(struct tb_source *source) {
    if (source->vi_open) {
        ef_vi_free(&source->vi, source->driver);
    }
}
