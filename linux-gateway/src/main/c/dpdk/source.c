/* The DPDK backend: one port, polled in place. */
#include "device.h"
#include "port.h"
#include "tb_source.h"
#include "watch.h"

#include <rte_ethdev.h>
#include <rte_lcore.h>
#include <rte_mbuf.h>
#include <rte_mbuf_dyn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 4096      /* frames a poll: what `receive.burst` allows */
#define LEAST_ASKED 32 /* vector drivers deliver nothing to who asks for less than a few */
#define OWN_STATS 7

struct tb_source {
    /* The receive thread's. */
    struct rte_mbuf **handed, **waiting, **end; /* in `burst`: Java has [handed, waiting), [waiting, end) is for later polls */
    struct rte_mempool *pool;
    uint16_t port_id, queues, queue;
    bool has_clock, registered;
    struct rte_mbuf *burst[MOST];
    uint64_t segmented;

    /* Others', on other cache lines. */
    pthread_mutex_t sending __rte_cache_aligned;
    struct watch watch;
    uint64_t sent;
    struct rte_eth_stats before, last;
    uint64_t xstats_before[MAX_XSTATS], last_xstats[MAX_XSTATS];
    struct device device;
    struct port port;
    struct notices notices;
    char error[512], send_error[256];
};

int32_t tb_source_abi(void) { return TB_SOURCE_ABI; }

static void stop(struct tb_source *s) {
    port_stop(&s->port);
    device_release(&s->device);
    port_free(&s->port);
    if (s->registered) {
        rte_thread_unregister();
    }
    free(s);
}

static int start(struct tb_source *s, const struct settings *settings, char *error, int32_t error_size) {
    if (device_claim(&s->device, settings->device, error, error_size) != 0) {
        return -1;
    }
    uint32_t buffers = port_buffers(settings, s->device.looped_packets, settings->descriptors);
    if (environment_start(settings, port_bytes(buffers), &s->notices, error, error_size) != 0) {
        return -1;
    }
    /* DPDK keeps caches of packet buffers for threads that it knows. */
    if (rte_lcore_id() == LCORE_ID_ANY) {
        s->registered = rte_thread_register() == 0;
        if (!s->registered) {
            notice(&s->notices, "DPDK has no place for another receive thread; receiving costs more time");
        }
    }
    char what[400];
    if (device_attach(&s->device, error, error_size) != 0) {
        return -1;
    }
    if (port_start(&s->port, s->device.port, settings, s->device.looped_packets, &s->notices, what, sizeof what) != 0) {
        snprintf(error, error_size, "%s: %s", settings->device, what);
        return -1;
    }
    return 0;
}

static void read_statistics(struct tb_source *s, struct rte_eth_stats *stats, uint64_t *xstats) {
    rte_eth_stats_get(s->port_id, stats);
    if (s->port.xstat_count > 0) {
        rte_eth_xstats_get_by_id(s->port_id, s->port.xstat_ids, xstats, (unsigned)s->port.xstat_count);
    }
}

struct tb_source *tb_source_open(const char *text, char *error, int32_t error_size) {
    struct settings *settings = malloc(sizeof *settings);
    struct tb_source *s = aligned_alloc(RTE_CACHE_LINE_SIZE, RTE_ALIGN_CEIL(sizeof *s, RTE_CACHE_LINE_SIZE));
    memset(s, 0, sizeof *s);
    s->device.claim = -1;
    int failed = settings_read(settings, text, error, error_size) != 0 || start(s, settings, error, error_size) != 0;
    free(settings);
    if (failed) {
        stop(s);
        return NULL;
    }
    s->handed = s->waiting = s->end = s->burst;
    s->pool = s->port.pool;
    s->port_id = s->port.id;
    s->queues = s->port.queues;
    s->has_clock = s->port.has_clock;
    pthread_mutex_init(&s->sending, NULL);
    read_statistics(s, &s->before, s->xstats_before);
    s->last = s->before;
    memcpy(s->last_xstats, s->xstats_before, sizeof s->last_xstats);
    watch_start(&s->watch, &s->device, &s->port);
    return s;
}

/* Gives back what Java has seen. */
static inline void give_back(struct tb_source *s) {
    struct rte_mbuf **from = s->handed, **to = s->handed, **end = s->waiting;
    for (; from < end; from++) {
        struct rte_mbuf *m = rte_pktmbuf_prefree_seg(*from);
        if (likely(m != NULL && m->pool == s->pool)) {
            *to++ = m;
        } else if (m != NULL) {
            rte_mempool_put(m->pool, m); /* a driver's own pool */
        }
    }
    if (to > s->handed) {
        rte_mempool_put_bulk(s->pool, (void *const *)s->handed, (unsigned)(to - s->handed));
    }
    s->handed = s->waiting;
}

void tb_source_release(struct tb_source *s) { give_back(s); }

/* A frame in several buffers cannot be read in place: 2 KB hold any frame of ordinary size, so it is none of a feed's. */
static uint16_t refuse_segmented(struct tb_source *s, uint16_t count) {
    uint16_t kept = 0;
    for (uint16_t i = 0; i < count; i++) {
        if (s->burst[i]->nb_segs == 1) {
            s->burst[kept++] = s->burst[i];
        } else {
            rte_pktmbuf_free(s->burst[i]);
            __atomic_store_n(&s->segmented, s->segmented + 1, __ATOMIC_RELAXED);
        }
    }
    return kept;
}

/* The next queue in turn that has something. */
static inline uint16_t receive(struct tb_source *s, uint16_t limit) {
    for (uint16_t tried = 0; tried < s->queues; tried++) {
        uint16_t queue = s->queue;
        s->queue = (uint16_t)(queue + 1 == s->queues ? 0 : queue + 1);
        uint16_t count = rte_eth_rx_burst(s->port_id, queue, s->burst, limit);
        if (count > 0) {
            unsigned segments = 0;
            for (uint16_t i = 0; i < count; i++) {
                segments |= s->burst[i]->nb_segs;
            }
            return likely(segments == 1) ? count : refuse_segmented(s, count);
        }
    }
    return 0;
}

static inline uint16_t flags(const struct rte_mbuf *m) {
    const uint64_t good = RTE_MBUF_F_RX_IP_CKSUM_GOOD | RTE_MBUF_F_RX_L4_CKSUM_GOOD;
    return (m->ol_flags & (RTE_MBUF_F_RX_IP_CKSUM_MASK | RTE_MBUF_F_RX_L4_CKSUM_MASK)) == good ? TB_CHECKSUMS_GOOD : 0;
}

int32_t tb_source_poll(struct tb_source *s, struct tb_frame *frames, int32_t limit) {
    give_back(s);
    if (s->waiting == s->end) {
        s->handed = s->waiting = s->burst;
        s->end = s->burst + receive(s, (uint16_t)RTE_MIN(RTE_MAX(limit, LEAST_ASKED), MOST));
        if (unlikely(s->end == s->burst)) {
            if (unlikely(watch_sees_it_gone(&s->watch))) {
                snprintf(s->error, sizeof s->error, "%s%s%s was removed; bring it back and start the gateway again",
                         s->device.interface[0] ? "interface " : "device ",
                         s->device.interface[0] ? s->device.interface : s->device.name,
                         s->device.interface[0] ? ", beneath the port," : "");
                return -1;
            }
            return 0;
        }
    }
    struct rte_mbuf **from = s->waiting, **end = RTE_MIN(s->end, from + limit);
    struct tb_frame *to = frames;
    if (!s->has_clock) {
        for (; from < end; from++, to++) {
            const struct rte_mbuf *m = *from;
            to->address = (uintptr_t)m->buf_addr + m->data_off;
            to->time = TB_NO_TIME;
            to->length = m->data_len;
            to->port = 0;
            to->flags = flags(m);
            rte_prefetch0((void *)(uintptr_t)to->address);
        }
    } else {
        const struct clock_line line = nic_clock_line(&s->port.clock);
        for (; from < end; from++, to++) {
            const struct rte_mbuf *m = *from;
            const bool timed = (m->ol_flags & s->port.time_flag) != 0;
            to->address = (uintptr_t)m->buf_addr + m->data_off;
            to->time = timed ? clock_line_time(&line, *RTE_MBUF_DYNFIELD(m, s->port.time_offset, rte_mbuf_timestamp_t *)) : TB_NO_TIME;
            to->length = m->data_len;
            to->port = 0;
            to->flags = flags(m);
            rte_prefetch0((void *)(uintptr_t)to->address);
        }
    }
    s->waiting = from;
    return (int32_t)(to - frames);
}

int32_t tb_source_send(struct tb_source *s, int32_t port, const void *frame, int32_t length) {
    pthread_mutex_lock(&s->sending);
    struct rte_mbuf *m = NULL;
    if (port != 0 || !s->port.has_transmit) {
        snprintf(s->send_error, sizeof s->send_error, "%s cannot send on port %d", s->device.name, port);
    } else if (watch_sees_it_gone(&s->watch)) {
        snprintf(s->send_error, sizeof s->send_error, "%s was removed", s->device.name);
    } else if ((m = rte_pktmbuf_alloc(s->port.transmit_pool)) == NULL) {
        snprintf(s->send_error, sizeof s->send_error, "%s has not sent the frames before yet", s->device.name);
    } else {
        char *data = length > 0 ? rte_pktmbuf_append(m, (uint16_t)RTE_MIN(length, UINT16_MAX)) : NULL;
        if (data == NULL) {
            snprintf(s->send_error, sizeof s->send_error, "a frame of %d bytes does not fit", length);
        } else {
            memcpy(data, frame, (size_t)length);
            if (rte_eth_tx_burst(s->port_id, 0, &m, 1) == 1) {
                __atomic_add_fetch(&s->sent, 1, __ATOMIC_RELAXED);
                pthread_mutex_unlock(&s->sending);
                return 0;
            }
            snprintf(s->send_error, sizeof s->send_error, "%s does not take it: is its link up?", s->device.name);
        }
    }
    rte_pktmbuf_free(m);
    pthread_mutex_unlock(&s->sending);
    return -1;
}

int32_t tb_source_stats(struct tb_source *s, uint64_t *values, int32_t capacity) {
    pthread_mutex_lock(&s->watch.control);
    if (!watch_sees_it_gone(&s->watch)) {
        read_statistics(s, &s->last, s->last_xstats);
    }
    const struct rte_eth_stats now = s->last;
    pthread_mutex_unlock(&s->watch.control);
    const uint64_t own[OWN_STATS] = {now.imissed - s->before.imissed,
                                     now.rx_nombuf - s->before.rx_nombuf,
                                     now.ierrors - s->before.ierrors,
                                     __atomic_load_n(&s->segmented, __ATOMIC_RELAXED),
                                     now.ipackets - s->before.ipackets,
                                     __atomic_load_n(&s->watch.link_downs, __ATOMIC_RELAXED),
                                     __atomic_load_n(&s->sent, __ATOMIC_RELAXED)};
    int32_t count = OWN_STATS + s->port.xstat_count;
    for (int32_t i = 0; i < count && i < capacity; i++) {
        values[i] = i < OWN_STATS ? own[i] : s->last_xstats[i - OWN_STATS] - s->xstats_before[i - OWN_STATS];
    }
    return count;
}

const char *tb_source_stat_name(struct tb_source *s, int32_t index) {
    static const char *const names[OWN_STATS] = {"lost.missed", "lost.no-buffer", "refused.errors", "refused.segmented",
                                                 "seen.received", "seen.link-downs", "seen.sent"};
    if (index < 0 || index >= OWN_STATS + s->port.xstat_count) {
        return NULL;
    }
    return index < OWN_STATS ? names[index] : s->port.xstat_names[index - OWN_STATS];
}

const char *tb_source_text(struct tb_source *s, const char *topic) {
    if (strcmp(topic, "error") == 0) return s->error[0] != 0 ? s->error : s->send_error;
    if (strcmp(topic, "describe") == 0) return s->port.description;
    if (strcmp(topic, "notices") == 0) return s->notices.text;
    /* Calibrated against this machine's clock, by software: the NIC itself vouches for nothing. */
    if (strcmp(topic, "time") == 0) return s->has_clock ? "nic-unsynced" : "";
    if (strcmp(topic, "mac") == 0) return s->port.address;
    return "";
}

void tb_source_close(struct tb_source *s) {
    if (s == NULL) {
        return;
    }
    watch_stop(&s->watch);
    give_back(s);
    rte_pktmbuf_free_bulk(s->waiting, (unsigned)(s->end - s->waiting));
    pthread_mutex_destroy(&s->sending);
    stop(s);
}
