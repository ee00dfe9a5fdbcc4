/* Emulated virtual interfaces: making them, their filters, their statistics, and sending. */
#include "emulator.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SENDS 512 /* Onload's default ring */
#define DEFAULT_RING 512
#define IP4_LOCAL 1u
#define WITH_VLAN 2u

int ef_vi_alloc_from_pd(ef_vi *vi, ef_driver_handle driver, struct ef_pd *pd, ef_driver_handle pd_driver, int events,
                        int receive_ring, int transmit_ring, ef_vi *event_queue_of, ef_driver_handle event_queue_driver,
                        enum ef_vi_flags flags) {
    (void)driver;
    (void)pd_driver;
    (void)events;
    (void)event_queue_of;
    (void)event_queue_driver;
    if (pd->nic->interfaces == 0) {
        return -EBUSY;
    }
    struct emulated *emulated = calloc(1, sizeof *emulated);
    emulated->nic = pd->nic;
    emulated->flags = (unsigned)flags;
    emulated->clock = EF_VI_SYNC_FLAG_CLOCK_SET | EF_VI_SYNC_FLAG_CLOCK_IN_SYNC;
    emulated->next_discard = -1;
    emulated->send_socket = -1;
    emulated->events = calloc(EVENTS, sizeof *emulated->events);
    int result = 0;
    if (receive_ring != 0) {
        result = pd->nic->x3 ? lending_open(emulated) : descriptors_open(emulated, receive_ring < 0 ? DEFAULT_RING : receive_ring);
    }
    if (transmit_ring != 0) {
        emulated->send_size = SENDS;
        emulated->send_ids = calloc(SENDS, sizeof *emulated->send_ids);
        emulated->send_socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    }
    vi->emulated = emulated;
    pd->nic->interfaces--;
    if (result != 0) {
        ef_vi_free(vi, driver);
    }
    return result;
}

int ef_vi_free(ef_vi *vi, ef_driver_handle driver) {
    (void)driver;
    struct emulated *emulated = vi->emulated;
    emulated->nic->interfaces++;
    if (emulated->wire != NULL) {
        wire_close(emulated->wire);
    }
    for (int i = 0; i < emulated->filter_count; i++) {
        if (emulated->filter_locks[i] >= 0) {
            close(emulated->filter_locks[i]);
        }
    }
    if (emulated->send_socket >= 0) {
        close(emulated->send_socket);
    }
    descriptors_close(emulated);
    free(emulated->lending.memory);
    free(emulated->send_ids);
    free(emulated->events);
    free(emulated);
    vi->emulated = NULL;
    return 0;
}

int ef_vi_get_mac(ef_vi *vi, ef_driver_handle driver, void *out) {
    (void)driver;
    struct ifreq request = {0};
    memcpy(request.ifr_name, vi->emulated->nic->name, IF_NAMESIZE);
    int asking = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int result = ioctl(asking, SIOCGIFHWADDR, &request) == 0 ? 0 : -errno;
    close(asking);
    memcpy(out, request.ifr_hwaddr.sa_data, 6);
    return result;
}

int ef_vi_receive_set_discards(ef_vi *vi, unsigned flags) {
    vi->emulated->discards = flags;
    return 0;
}

uint64_t ef_vi_receive_get_discards(ef_vi *vi) {
    return vi->emulated->discards;
}

void ef_filter_spec_init(ef_filter_spec *spec, enum ef_filter_flags flags) {
    memset(spec, 0, sizeof *spec);
    spec->flags = (unsigned)flags;
}

int ef_filter_spec_set_ip4_local(ef_filter_spec *spec, int protocol, unsigned host, int port) {
    if (spec->type != 0 || protocol != IPPROTO_UDP) {
        return -EPROTONOSUPPORT;
    }
    spec->type = IP4_LOCAL;
    spec->data[0] = host;
    spec->data[1] = (unsigned)port;
    return 0;
}

int ef_filter_spec_set_vlan(ef_filter_spec *spec, int vlan) {
    if (spec->type != IP4_LOCAL) {
        return -EPROTONOSUPPORT;
    }
    spec->type |= WITH_VLAN;
    spec->data[2] = (unsigned)vlan;
    return 0;
}

/* Without replication a group belongs to one program on the machine; it lets go when it ends, however it ends. */
static int take_alone(const struct emulated_nic *nic, const ef_filter_spec *spec) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "efvi-emulator-%d-%u:%u", nic->index, spec->data[0],
                          spec->data[1]);
    int taken = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t size = (socklen_t)(sizeof address.sun_family + 1 + (size_t)length);
    if (bind(taken, (struct sockaddr *)&address, size) != 0) {
        close(taken);
        return -EEXIST;
    }
    return taken;
}

int ef_vi_filter_add(ef_vi *vi, ef_driver_handle driver, const ef_filter_spec *spec, ef_filter_cookie *out) {
    (void)driver;
    (void)out;
    struct emulated *emulated = vi->emulated;
    if (emulated->filter_count >= emulated->nic->filters) {
        return -EBUSY;
    }
    if (emulated->nic->x3 && !emulated->nic->huge_pages) {
        return -ENOMEM; /* as efct_ubufs.c and efct_kbufs.c, which make the queue's buffers here */
    }
    if ((spec->type & WITH_VLAN) != 0 && !emulated->nic->vlan_filters) {
        return -EPROTONOSUPPORT;
    }
    int alone = emulated->nic->replication ? -1 : take_alone(emulated->nic, spec);
    if (alone == -EEXIST) {
        return alone;
    }
    emulated->filter_locks[emulated->filter_count] = alone;
    emulated->filters[emulated->filter_count++] = (struct filter){
        .host = spec->data[0], .port = (uint16_t)spec->data[1], .vlan = (spec->type & WITH_VLAN) != 0 ? (int)spec->data[2] : -1};
    return emulated->wire == NULL ? wire_open(emulated->nic, &emulated->wire) : 0;
}

static const ef_vi_stats_layout LAYOUT = {
    .evsl_data_size = 16,
    .evsl_fields_num = 4,
    .evsl_fields = {{(char *)"RX CRC errors", 0, 4}, {(char *)"RX trunk errors", 4, 4},
                    {(char *)"RX no descriptor errors", 8, 4}, {(char *)"RX abort errors", 12, 4}},
};

int ef_vi_stats_query_layout(ef_vi *vi, const ef_vi_stats_layout **const out) {
    if (vi->emulated->nic->x3) {
        return -EINVAL;
    }
    *out = &LAYOUT;
    return 0;
}

int ef_vi_stats_query(ef_vi *vi, ef_driver_handle driver, void *data, int do_reset) {
    (void)driver;
    (void)do_reset;
    if (vi->emulated->nic->x3) {
        misuse("asked an X3 for statistics, which real ef_vi does not survive");
    }
    memset(data, 0, 16);
    uint32_t drops = vi->emulated->nic->drops_before + vi->emulated->dropped;
    memcpy((uint8_t *)data + 8, &drops, sizeof drops);
    return 0;
}

int ef_vi_transmit(ef_vi *vi, ef_addr base, int length, ef_request_id id) {
    struct emulated *emulated = vi->emulated;
    if (emulated->send_added - emulated->send_removed == emulated->send_size) {
        return -EAGAIN;
    }
    struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = emulated->nic->index, .sll_halen = 6};
    /* Whether the wire takes it is not the sender's business: a NIC that is down swallows frames. */
    (void)!sendto(emulated->send_socket, memory_of(base, length), (size_t)length, 0, (struct sockaddr *)&to, sizeof to);
    emulated->send_ids[emulated->send_added++ % emulated->send_size] = id;
    event_raise(emulated, EF_EVENT_TYPE_TX);
    return 0;
}

int ef_vi_transmit_unbundle(ef_vi *vi, const ef_event *event, ef_request_id *ids) {
    struct emulated *emulated = vi->emulated;
    if (event->generic.type != EF_EVENT_TYPE_TX || emulated->send_added == emulated->send_removed) {
        misuse("unbundled no send");
    }
    ids[0] = emulated->send_ids[emulated->send_removed++ % emulated->send_size];
    return 1;
}
