/* Sets a DPDK port up to receive, taking what it offers and saying what it does not. */
#include "port.h"

#include "steering.h"

#include <ctype.h>
#include <rte_errno.h>
#include <rte_ethdev.h>
#include <rte_mbuf.h>
#include <rte_mbuf_dyn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CACHE RTE_MEMPOOL_CACHE_MAX_SIZE /* of buffers, for the receive thread: bursts come from it and go back to it */
#define CACHES 3 /* a cache keeps up to half as much again; receive thread, and whoever set the port up */
#define LEAST_BUFFERS 8191   /* drivers over AF_XDP and vmxnet3 keep several thousand for themselves */
#define MORE_BUFFERS 4096ULL /* of them for each further queue of net_af_xdp: its fill ring */
#define BUFFER_BYTES 2560ULL /* data room of 2 KB, headroom, mbuf and mempool headers, rounded up */
#define TRANSMIT_BUFFERS 255 /* group membership reports: a few a second at most */
#define TRANSMIT_DESCRIPTORS 256
#define LINK_LOOKS 30
#define LINK_PAUSE_US 100000 /* 3 s in all, in which gigabit Ethernet over copper is up */
#define MAX_READ_XSTATS 1024

/* Extended statistics that tell why frames were broken or lost, as far as they are in no other number. */
static const char *const XSTATS[] = {
    "rx_crc_errors", "rx_align_errors", "rx_length_errors", "rx_undersize_errors", "rx_undersized_errors", "rx_oversize_errors",
    "rx_oversized_errors", "rx_fragmented_errors", "rx_fragment_errors", "rx_jabber_errors", "rx_symbol_errors",
    "rx_no_buffer_count", "rx_phy_discard_packets", "rx_phy_crc_errors", "rx_xoff_packets", "rx_flow_control_xoff_packets"};

uint32_t port_buffers(const struct settings *s, uint16_t queues, uint64_t looped_packets, uint16_t descriptors) {
    if (s->buffers != 0) {
        return s->buffers;
    }
    uint64_t least = LEAST_BUFFERS + (queues > 1 ? queues - 1 : 0) * MORE_BUFFERS;
    uint64_t wanted = (uint64_t)queues * (descriptors + looped_packets) + 2ULL * s->burst + CACHES * CACHE * 3 / 2;
    return (uint32_t)(wanted < least ? least : wanted);
}

uint64_t port_bytes(uint32_t buffers) { return buffers * BUFFER_BYTES; }

static int fail(char *error, int32_t error_size, const char *what, int reason) {
    char said[400];
    snprintf(error, error_size, "%s: %s%s%s", what, rte_strerror(-reason), *environment_last_words(said, sizeof said) ? ": " : "",
             said);
    return -1;
}

static int make_pools(struct port *p, uint32_t buffers, char *error, int32_t error_size) {
    char name[RTE_MEMPOOL_NAMESIZE];
    int socket = rte_eth_dev_socket_id(p->id);
    snprintf(name, sizeof name, "tb_rx_%u", p->id);
    p->pool = rte_pktmbuf_pool_create(name, buffers, CACHE, 0, RTE_MBUF_DEFAULT_BUF_SIZE, socket < 0 ? SOCKET_ID_ANY : socket);
    snprintf(name, sizeof name, "tb_tx_%u", p->id);
    p->transmit_pool = p->pool == NULL ? NULL
                                       : rte_pktmbuf_pool_create(name, TRANSMIT_BUFFERS, 0, 0, RTE_MBUF_DEFAULT_BUF_SIZE,
                                                                 socket < 0 ? SOCKET_ID_ANY : socket);
    if (p->transmit_pool == NULL) {
        snprintf(error, error_size,
                 "%u packet buffers (%llu MB) do not fit into DPDK's memory: %s; set memory higher, free huge pages, or set buffers "
                 "lower; of several sources in one process the first sets the memory",
                 buffers, (unsigned long long)(port_bytes(buffers) >> 20), rte_strerror(rte_errno));
        return -1;
    }
    return 0;
}

/*
 * Drivers whose device has as many queues as its arguments say, each open from the start: what arrives on one that is not polled
 * is lost, and counted by nobody.
 */
static const char *const OPEN_ALL[] = {"net_af_packet", "net_af_xdp", "net_pcap"};

static const char *const PAIRED[] = {"net_af_xdp", "net_tap"};

static bool is_one_of(const char *driver, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(driver, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool pairs_queues(const char *driver) { return is_one_of(driver, PAIRED, sizeof PAIRED / sizeof *PAIRED); }

static int choose_queues(struct port *p, const struct settings *s, const struct rte_eth_dev_info *info,
                         struct rte_eth_conf *configuration, struct notices *notices, char *error, int32_t error_size) {
    bool all = is_one_of(info->driver_name, OPEN_ALL, sizeof OPEN_ALL / sizeof *OPEN_ALL);
    p->queues = s->queues;
    if (info->max_rx_queues == 0) {
        snprintf(error, error_size, "the port has no receive queue; for net_pcap name rx_pcap= or rx_iface=");
        return -1;
    }
    if (p->queues > info->max_rx_queues) {
        notice(notices, "queues: %u wanted, the port has %u", s->queues, info->max_rx_queues);
        p->queues = info->max_rx_queues;
    } else if (all && p->queues < info->max_rx_queues) {
        notice(notices, "queues: %u wanted, but the device is given %u, all of which are received from", s->queues, info->max_rx_queues);
        p->queues = info->max_rx_queues;
    }
    uint64_t spread = info->flow_type_rss_offloads & (RTE_ETH_RSS_IP | RTE_ETH_RSS_UDP);
    if (p->queues > 1 && spread != 0) {
        configuration->rxmode.mq_mode = RTE_ETH_MQ_RX_RSS;
        configuration->rx_adv_conf.rss_conf.rss_hf = spread;
    } else if (p->queues > 1 && !all) {
        notice(notices, "queues: %u, but the port cannot spread frames over them by itself (RSS)", p->queues);
    }
    return 0;
}

/* net_af_xdp receives from the queues that its arguments name; the others are left to the kernel. */
static void warn_of_other_queues(const struct device *d, const char *text, struct notices *notices) {
    unsigned has = d->interface.index == 0 || strncmp(text, "net_af_xdp", strlen("net_af_xdp")) != 0
                           ? 0
                           : interface_receive_queues(&d->interface);
    unsigned takes = d->queues == 0 ? 1 : d->queues;
    if (has > takes) {
        notice(notices, "interface %s has %u receive queues and the device takes %u of them: frames that arrive on another are not "
                        "received; add queue_count=%u to the device, lower their number (ethtool -L %s), or use capture.source: afxdp",
               d->interface_was, has, takes, has, d->interface_was);
    }
}

/* What DPDK's packet sockets have where nothing is said: 512 frames of 2 KB (DPDK's guide of the AF_PACKET driver). */
static void warn_of_small_ring(const struct rte_eth_dev_info *info, const char *text, struct notices *notices) {
    if (strcmp(info->driver_name, "net_af_packet") == 0 && strstr(text, ",framecnt=") == NULL) {
        notice(notices, "the ring of the packet socket has its default of 512 frames (framesz=2048): at 10,000 packets a second it is "
                        "full, and frames are missed, when the receive thread is kept away for 50 ms; add framecnt=16384 to the device");
    }
}

static void choose_offloads(struct port *p, const struct settings *s, const struct rte_eth_dev_info *info,
                            struct rte_eth_conf *configuration, struct notices *notices) {
    if (s->timestamps && (info->rx_offload_capa & RTE_ETH_RX_OFFLOAD_TIMESTAMP) != 0) {
        if (rte_mbuf_dyn_rx_timestamp_register(&p->time_offset, &p->time_flag) == 0) {
            configuration->rxmode.offloads |= RTE_ETH_RX_OFFLOAD_TIMESTAMP;
            p->has_clock = true;
        } else {
            notice(notices, "timestamps: no room for them in packet buffers: %s", rte_strerror(rte_errno));
        }
    }
}

/* The kernel takes a queue back from a closed AF_XDP socket later than close returns: in its own time, mostly within 300 ms. */
static int set_up_receive_queue(struct port *p, uint16_t queue, uint16_t descriptors, const struct rte_eth_rxconf *configuration,
                                bool is_lent) {
    const struct timespec between = {.tv_nsec = 50 * 1000 * 1000};
    int result = -1;
    for (int attempt = 0; result != 0 && attempt < (is_lent ? 40 : 1); attempt++) {
        if (attempt > 0) {
            nanosleep(&between, NULL);
        }
        result = rte_eth_rx_queue_setup(p->id, queue, descriptors, rte_eth_dev_socket_id(p->id), configuration, p->pool);
    }
    return result;
}

static int set_up_queues(struct port *p, const struct settings *s, const struct rte_eth_dev_info *info, uint64_t looped_packets,
                         const struct rte_eth_conf *configuration, struct notices *notices, char *error, int32_t error_size) {
    uint16_t receive = s->descriptors, transmit = TRANSMIT_DESCRIPTORS;
    int result = rte_eth_dev_adjust_nb_rx_tx_desc(p->id, &receive, &transmit);
    if (result != 0) {
        return fail(error, error_size, "cannot choose the number of descriptors", result);
    }
    if (receive != s->descriptors) {
        notice(notices, "descriptors: %u wanted, the port takes %u", s->descriptors, receive);
    }
    if (make_pools(p, port_buffers(s, p->queues, looped_packets, receive), error, error_size) != 0) {
        return -1;
    }
    int socket = rte_eth_dev_socket_id(p->id);
    struct rte_eth_rxconf queue = info->default_rxconf;
    queue.offloads = configuration->rxmode.offloads;
    for (uint16_t q = 0; q < p->queues; q++) {
        result = set_up_receive_queue(p, q, receive, &queue, strcmp(info->driver_name, "net_af_xdp") == 0);
        if (result != 0) {
            return fail(error, error_size, "cannot set up a receive queue", result);
        }
    }
    for (uint16_t q = 0; q < p->transmit_queues; q++) {
        result = rte_eth_tx_queue_setup(p->id, q, transmit, socket, NULL);
        if (result != 0) {
            return fail(error, error_size, "cannot set up a transmit queue", result);
        }
    }
    return 0;
}

static void take_multicast(struct port *p, struct device *d, const struct settings *s, struct notices *notices) {
    if (p->over_kernel_sockets && interface_take(&d->interface, s->promiscuous, s->all_multicast) == 0) {
        return;
    }
    int promiscuous = s->promiscuous ? rte_eth_promiscuous_enable(p->id) : 0;
    if (promiscuous != 0) {
        notice(notices, "promiscuous: the port does not offer it: %s", rte_strerror(-promiscuous));
    }
    if (!s->all_multicast || rte_eth_allmulticast_enable(p->id) == 0 || (s->promiscuous && promiscuous == 0)) {
        return;
    }
    if (rte_eth_promiscuous_enable(p->id) == 0) {
        notice(notices, "all-multicast: the port does not offer it; it takes every frame instead (promiscuous)");
    } else {
        notice(notices, "all-multicast: the port offers neither it nor promiscuous mode; it delivers what it delivers");
    }
}

static void choose_xstats(struct port *p) {
    static struct rte_eth_xstat_name names[MAX_READ_XSTATS]; /* too large for a Java thread's stack; opening is not reentrant */
    int count = rte_eth_xstats_get_names(p->id, names, MAX_READ_XSTATS);
    for (int i = 0; i < count && i < MAX_READ_XSTATS && p->xstat_count < MAX_XSTATS; i++) {
        for (size_t k = 0; k < sizeof XSTATS / sizeof *XSTATS; k++) {
            if (strcmp(names[i].name, XSTATS[k]) == 0) {
                char *name = p->xstat_names[p->xstat_count];
                snprintf(name, sizeof p->xstat_names[0], "seen.%s", names[i].name + strlen("rx_"));
                for (; *name != 0; name++) {
                    *name = *name == '_' ? '-' : (char)tolower(*name);
                }
                p->xstat_ids[p->xstat_count++] = (uint64_t)i;
            }
        }
    }
}

static void describe(struct port *p, const struct rte_eth_dev_info *info, const struct settings *s, bool steered) {
    struct rte_ether_addr mac;
    if (rte_eth_macaddr_get(p->id, &mac) == 0) {
        const uint8_t *a = mac.addr_bytes;
        snprintf(p->address, sizeof p->address, "%02x:%02x:%02x:%02x:%02x:%02x", a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    snprintf(p->description, sizeof p->description, "%.150s, driver %s, %u queue%s%s%s", s->device, info->driver_name, p->queues,
             p->queues == 1 ? "" : "s", steered ? ", steered by the NIC" : "", p->has_clock ? ", times by the NIC" : "");
}

bool port_link_is_up(const struct port *p, const struct device *d) {
    struct rte_eth_link link;
    if (p->over_kernel_sockets) {
        return interface_is_up(&d->interface); /* the drivers say up whatever it is */
    }
    return rte_eth_link_get_nowait(p->id, &link) == 0 && link.link_status == RTE_ETH_LINK_UP;
}

/* A NIC that was just started agrees with its switch first. */
static void await_link(const struct port *p, const struct device *d, struct notices *notices) {
    for (int i = 0; i < LINK_LOOKS && !port_link_is_up(p, d); i++) {
        usleep(LINK_PAUSE_US);
    }
    if (!port_link_is_up(p, d)) {
        notice(notices, "the link is down: nothing arrives until it comes up (ethtool shows why)");
    }
}

int port_start(struct port *p, struct device *d, const struct settings *s, struct notices *notices, char *error,
               int32_t error_size) {
    const uint16_t id = d->port;
    struct rte_eth_dev_info info;
    struct rte_eth_conf configuration = {0};
    p->id = id;
    environment_forget_words();
    int result = rte_eth_dev_info_get(id, &info);
    if (result != 0) {
        return fail(error, error_size, "cannot ask the port what it offers", result);
    }
    bool steered = steering_isolate(id, s, notices);
    /* Where the driver can tell at once that the device was pulled out. */
    configuration.intr_conf.rmv = info.dev_flags != NULL && (*info.dev_flags & RTE_ETH_DEV_INTR_RMV) != 0;
    if (choose_queues(p, s, &info, &configuration, notices, error, error_size) != 0) {
        return -1;
    }
    p->over_kernel_sockets = strcmp(info.driver_name, "net_af_packet") == 0 || strcmp(info.driver_name, "net_af_xdp") == 0;
    warn_of_other_queues(d, s->device, notices);
    warn_of_small_ring(&info, s->device, notices);
    choose_offloads(p, s, &info, &configuration, notices);
    /* One to send on is all that is used, but some want as many as receive. */
    p->transmit_queues = pairs_queues(info.driver_name) ? p->queues : info.max_tx_queues > 0 ? 1 : 0;
    result = rte_eth_dev_configure(id, p->queues, p->transmit_queues, &configuration);
    if (result != 0) {
        return fail(error, error_size, "cannot configure the port", result);
    }
    if (set_up_queues(p, s, &info, d->looped_packets, &configuration, notices, error, error_size) != 0) {
        return -1;
    }
    result = rte_eth_dev_start(id);
    if (result != 0) {
        return fail(error, error_size, "cannot start the port", result);
    }
    p->started = true;
    take_multicast(p, d, s, notices);
    if (steered) {
        enum steering result_of_rules = steering_start(id, s, notices);
        p->stuck = result_of_rules == STUCK;
        if (p->stuck) {
            snprintf(error, error_size, "the port took part of the steering rules and does not leave isolated mode, in which it may "
                                        "deliver nothing; set steering: false");
            return -1;
        }
        steered = result_of_rules == STEERED;
        if (steered && p->queues > 1) {
            notice(notices, "steering: its rules bring every group to the first of the %u queues; set queues: 1, or steering: false to "
                            "spread them", p->queues);
        }
    }
    if (p->has_clock && !nic_clock_start(&p->clock, id)) {
        notice(notices, "timestamps: the NIC gives them in a clock that cannot be read (rte_eth_read_clock); receive times are the "
                        "gateway's own");
        p->has_clock = false;
    }
    await_link(p, d, notices);
    choose_xstats(p);
    describe(p, &info, s, steered);
    return 0;
}

void port_stop(struct port *p) {
    if (p->started) {
        rte_eth_dev_stop(p->id);
        p->started = false;
    }
}

void port_free(struct port *p) {
    rte_mempool_free(p->pool);
    rte_mempool_free(p->transmit_pool);
    p->pool = NULL;
    p->transmit_pool = NULL;
}
