/* The DPDK backend: one port, polled in place. */
#include "device.h"
#include "kernel_sockets.h"
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
#define OWN_STATS 8

struct tb_source {
    /* The receive thread's. */
    struct rte_mbuf **handed, **waiting, **end; /* in `burst`: Java has [handed, waiting), [waiting, end) is for later polls */
    struct rte_mempool *pool;
    uint16_t port_id, queues, queue;
    bool has_clock, registered;
    bool plain; /* what Java has goes back to the pool as it is */
    bool drained; /* a poll found nothing: of a capture that is played once, its end */
    struct rte_mbuf *burst[MOST];
    uint64_t segmented;

    /* Others', on other cache lines. */
    pthread_mutex_t sending __rte_cache_aligned;
    struct watch watch;
    uint64_t sent;
    struct rte_eth_stats before, last;
    uint64_t xstats_before[MAX_XSTATS], last_xstats[MAX_XSTATS];
    struct device device;
    struct kernel_sockets sockets;
    struct port port;
    struct notices notices;
    char error[512], send_error[256];
};

int32_t tb_source_abi(void) { return TB_SOURCE_ABI; }

static void stop(struct tb_source *s) {
    port_stop(&s->port);
    device_release(&s->device);
    if (s->port.over_kernel_sockets) {
        kernel_sockets_close(&s->sockets);
    }
    port_free(&s->port);
    if (s->registered) {
        rte_thread_unregister();
    }
    free(s);
}

static int start_port(struct tb_source *s, const struct settings *settings, char *error, int32_t error_size) {
    char what[400];
    if (device_attach(&s->device, error, error_size) != 0) {
        return -1;
    }
    if (port_start(&s->port, &s->device, settings, &s->notices, what, sizeof what) != 0) {
        snprintf(error, error_size, "%s: %s", settings->device, what);
        return -1;
    }
    return 0;
}

static int start(struct tb_source *s, const struct settings *settings, char *error, int32_t error_size) {
    if (device_claim(&s->device, settings->device, error, error_size) != 0) {
        return -1;
    }
    uint32_t buffers = port_buffers(settings, RTE_MAX(settings->queues, s->device.queues), s->device.looped_packets, settings->descriptors);
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
    kernel_sockets_before(&s->sockets);
    int result = start_port(s, settings, error, error_size);
    if (result != 0 && s->port.stuck) {
        port_stop(&s->port);
        device_detach(&s->device);
        port_free(&s->port);
        s->port = (struct port){0};
        struct settings *unsteered = malloc(sizeof *unsteered);
        if (unsteered != NULL) {
            *unsteered = *settings;
            unsteered->steering = false;
            notice(&s->notices, "steering: the port did not leave isolated mode, so the device was opened anew without");
            result = start_port(s, unsteered, error, error_size);
        }
        free(unsteered);
    }
    /* After a failure too: what the driver made until then is left to us to close. */
    if (s->port.over_kernel_sockets) {
        kernel_sockets_find(&s->sockets, s->device.interface.index);
    } else {
        s->sockets = (struct kernel_sockets){0};
    }
    return result;
}

static void read_statistics(struct tb_source *s, struct rte_eth_stats *stats, uint64_t *xstats) {
    rte_eth_stats_get(s->port_id, stats);
    stats->imissed += kernel_sockets_drops(&s->sockets);
    if (s->port.xstat_count > 0) {
        rte_eth_xstats_get_by_id(s->port_id, s->port.xstat_ids, xstats, (unsigned)s->port.xstat_count);
    }
}

struct tb_source *tb_source_open(const char *text, char *error, int32_t error_size) {
    struct settings *settings = malloc(sizeof *settings);
    struct tb_source *s = aligned_alloc(RTE_CACHE_LINE_SIZE, RTE_ALIGN_CEIL(sizeof *s, RTE_CACHE_LINE_SIZE));
    if (settings == NULL || s == NULL) {
        snprintf(error, error_size, "out of memory: a DPDK source needs %zu bytes", sizeof *settings + sizeof *s);
        free(settings);
        free(s);
        return NULL;
    }
    memset(s, 0, sizeof *s);
    s->device.claim = -1;
    s->device.interface.membership = -1;
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

/*
 * A buffer that nobody else holds, in one piece, with its bytes inside: what a NIC's driver delivers as a rule. Such a one goes
 * back to the pool as it is. Compared in one read, as drivers write it: rte_mbuf_core.h, `rearm_data`, has data_off, refcnt,
 * nb_segs, port, 16 bits each.
 */
#define HOLDERS_AND_SEGMENTS 0x0000ffffffff0000ULL
#define ONE_AND_ONE 0x0000000100010000ULL
#define BYTES_ELSEWHERE (RTE_MBUF_F_INDIRECT | RTE_MBUF_F_EXTERNAL)

_Static_assert(RTE_BYTE_ORDER == RTE_LITTLE_ENDIAN, "the mask is for little-endian machines");

static inline uint64_t oddities(const struct tb_source *s, const struct rte_mbuf *m) {
    uint64_t rearm;
    memcpy(&rearm, (const char *)m + offsetof(struct rte_mbuf, rearm_data), sizeof rearm);
    return ((rearm & HOLDERS_AND_SEGMENTS) ^ ONE_AND_ONE) | (m->ol_flags & BYTES_ELSEWHERE) | ((uintptr_t)m->pool ^ (uintptr_t)s->pool);
}

/* Gives back what Java has seen. */
static inline void give_back(struct tb_source *s) {
    if (s->waiting > s->handed) {
        const unsigned count = (unsigned)(s->waiting - s->handed);
        if (likely(s->plain)) {
            rte_mempool_put_bulk(s->pool, (void *const *)s->handed, count);
        } else {
            rte_pktmbuf_free_bulk(s->handed, count);
        }
        s->handed = s->waiting;
    }
}

void tb_source_release(struct tb_source *s) { give_back(s); }

/* A frame in several buffers cannot be read in place: 2 KB hold any frame of ordinary size, so it is none of a feed's. */
static void refuse_segmented(struct tb_source *s) {
    struct rte_mbuf **to = s->waiting;
    for (struct rte_mbuf **from = s->waiting; from < s->end; from++) {
        if ((*from)->nb_segs == 1) {
            *to++ = *from;
        } else {
            rte_pktmbuf_free(*from);
            __atomic_store_n(&s->segmented, s->segmented + 1, __ATOMIC_RELAXED);
        }
    }
    s->end = to;
}

/* The next queue in turn that has something. */
static inline uint16_t receive(struct tb_source *s, uint16_t limit) {
    for (uint16_t tried = 0; tried < s->queues; tried++) {
        uint16_t queue = s->queue;
        s->queue = (uint16_t)(queue + 1 == s->queues ? 0 : queue + 1);
        uint16_t count = rte_eth_rx_burst(s->port_id, queue, s->burst, limit);
        if (count > 0) {
            return count;
        }
    }
    return 0;
}

/* Writes the table for the frames that wait, at most `limit`; gives back whether all of them are ordinary. */
static __rte_always_inline bool fill(struct tb_source *s, struct tb_frame *to, struct rte_mbuf **end, bool has_clock) {
    const struct clock_line line = has_clock ? nic_clock_line(&s->port.clock) : (struct clock_line){0};
    uint64_t odd = 0;
    for (struct rte_mbuf **from = s->waiting; from < end; from++, to++) {
        const struct rte_mbuf *m = *from;
        const bool timed = has_clock && (m->ol_flags & s->port.time_flag) != 0;
        odd |= oddities(s, m);
        to->address = (uintptr_t)m->buf_addr + m->data_off;
        to->time = timed ? clock_line_time(&line, *RTE_MBUF_DYNFIELD(m, s->port.time_offset, rte_mbuf_timestamp_t *)) : TB_NO_TIME;
        to->length = m->data_len;
        to->port = 0;
        to->flags = 0;
        rte_prefetch0((void *)(uintptr_t)to->address);
    }
    return odd == 0;
}

static int32_t removed(struct tb_source *s) {
    const bool beneath = s->device.interface.index != 0;
    snprintf(s->error, sizeof s->error, "%s %s%s was removed; bring it back and start the gateway again",
             beneath ? "interface" : "device", beneath ? s->device.interface_was : s->device.name, beneath ? ", beneath the port," : "");
    return -1;
}

int32_t tb_source_poll(struct tb_source *s, struct tb_frame *frames, int32_t limit) {
    give_back(s);
    if (likely(s->waiting == s->end)) {
        s->handed = s->waiting = s->burst;
        s->end = s->burst + receive(s, (uint16_t)RTE_MIN(RTE_MAX(limit, LEAST_ASKED), MOST));
        if (unlikely(s->end == s->burst)) {
            __atomic_store_n(&s->drained, true, __ATOMIC_RELAXED);
            return unlikely(watch_sees_it_gone(&s->watch)) ? removed(s) : 0;
        }
    }
    struct rte_mbuf **end = RTE_MIN(s->end, s->waiting + limit);
    /* Compiled twice, so that what the port has not costs nothing. */
    s->plain = s->has_clock ? fill(s, frames, end, true) : fill(s, frames, end, false);
    if (unlikely(!s->plain)) {
        refuse_segmented(s);
        end = RTE_MIN(s->end, s->waiting + limit);
        s->plain = fill(s, frames, end, s->has_clock);
    }
    const int32_t count = (int32_t)(end - s->waiting);
    s->waiting = end;
    return count;
}

int32_t tb_source_send(struct tb_source *s, int32_t port, const void *frame, int32_t length) {
    pthread_mutex_lock(&s->sending);
    struct rte_mbuf *m = NULL;
    if (port != 0 || s->port.transmit_queues == 0) {
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
                                     __atomic_load_n(&s->watch.link_ups, __ATOMIC_RELAXED),
                                     __atomic_load_n(&s->sent, __ATOMIC_RELAXED)};
    int32_t count = OWN_STATS + s->port.xstat_count;
    for (int32_t i = 0; i < count && i < capacity; i++) {
        values[i] = i < OWN_STATS ? own[i] : s->last_xstats[i - OWN_STATS] - s->xstats_before[i - OWN_STATS];
    }
    return count;
}

const char *tb_source_stat_name(struct tb_source *s, int32_t index) {
    static const char *const names[OWN_STATS] = {"lost.missed", "lost.no-buffer", "refused.errors", "refused.segmented",
                                                 "seen.received", "seen.link-downs", "seen.link-ups",
                                                 "seen.sent"};
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
    if (strcmp(topic, "ended") == 0) {
        return s->device.plays_once && __atomic_load_n(&s->drained, __ATOMIC_RELAXED)
                   ? "the capture is played to its end (infinite_rx=1 plays it again and again)" : "";
    }
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
