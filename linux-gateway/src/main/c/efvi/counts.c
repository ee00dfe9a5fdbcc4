/*
 * What was lost, refused and seen. Some is counted event by event; what never became an event only the NIC knows.
 *
 * X2: the NIC counts per receive queue, and nothing of another program's. X3: there is no such count, only the port's, so
 * every drop at the port counts as ours: too many where they were another's. And too few where this program was too slow: the
 * driver then takes whole superbuffers of frames away, ef_vi goes on with the one that is there (rx_rollover in Onload's
 * efct_vi.c), and neither an event nor anything that its public interface shows tells of it.
 */
#include "source.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Order of enum count. */
static const char *const NAMES[COUNTS] = {
    "lost.cut-off-for-descriptors",
    "lost.cut-short",
    "lost.buffer-rights",
    "lost.event-lost",
    "lost.event-queue-overflow",
    "lost.larger-than-buffer",
    "refused.crc-bad",
    "refused.checksum-bad",
    "refused.inner-checksum-bad",
    "refused.multicast-mismatch",
    "refused.length-bad",
    "refused.other",
    "seen.other-vlan",
    "seen.frames-without-time",
    "seen.frames-clock-unset",
    "seen.frames-clock-unsynced",
    "seen.refills",
    "seen.unknown-events",
};

/* Of the NIC's own counts, the first two are losses that cause no event; the others do cause one, and are counted there. */
static const char *const X2_NAMES[X2_FIGURES] = {"lost.no-descriptors", "lost.aborted", "seen.nic-crc-errors",
                                                 "seen.nic-truncations"};
/* As the driver names them, spelling included. */
static const char *const X2_FIELDS[X2_FIGURES] = {"RX no descriptor errors", "RX abort errors", "RX CRC errors",
                                                  "RX trunk errors"};

/* What sfc and xilinx_efct call frames dropped at the port for want of a buffer. */
static const char *const DROP_NAMES[] = {"port_rx_nodesc_drops", "rx_nodesc_drops", "rx_nodesc_drop_cnt"};

static int interface_request(struct tb_source *source, void *data) {
    struct ifreq request = {.ifr_data = data};
    strcpy(request.ifr_name, source->settings.interface);
    return ioctl(source->nic.interface_socket, SIOCETHTOOL, &request);
}

static int find_drops(const struct ethtool_gstrings *names) {
    for (size_t wanted = 0; wanted < sizeof DROP_NAMES / sizeof *DROP_NAMES; wanted++) {
        for (uint32_t i = 0; i < names->len; i++) {
            const char *name = (const char *)names->data + (size_t)i * ETH_GSTRING_LEN;
            if (strncmp(name, DROP_NAMES[wanted], ETH_GSTRING_LEN) == 0) {
                return (int)i;
            }
        }
    }
    return -1;
}

static uint64_t port_drops(struct tb_source *source) {
    uint64_t drops = 0;
    size_t size = sizeof(struct ethtool_stats) + (size_t)source->nic.figures * sizeof(uint64_t);
    struct ethtool_stats *stats = calloc(1, size);
    if (stats != NULL) {
        stats->cmd = ETHTOOL_GSTATS;
        stats->n_stats = (uint32_t)source->nic.figures;
        if (interface_request(source, stats) == 0) {
            memcpy(&drops, (const uint8_t *)stats + sizeof *stats + (size_t)source->nic.drops_index * sizeof drops, sizeof drops);
        }
        free(stats);
    }
    return drops;
}

static void open_port_counts(struct tb_source *source) {
    struct nic_counts *nic = &source->nic;
    struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
    nic->interface_socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (nic->interface_socket < 0 || interface_request(source, &driver) != 0 || driver.n_stats == 0) {
        return;
    }
    struct ethtool_gstrings *names = calloc(1, sizeof *names + (size_t)driver.n_stats * ETH_GSTRING_LEN);
    if (names == NULL) {
        return;
    }
    names->cmd = ETHTOOL_GSTRINGS;
    names->string_set = ETH_SS_STATS;
    names->len = driver.n_stats;
    if (interface_request(source, names) == 0) {
        nic->figures = (int)driver.n_stats;
        nic->drops_index = find_drops(names);
    }
    free(names);
    if (nic->drops_index >= 0) {
        nic->drops_at_open = port_drops(source);
    }
}

static void read_x2(struct tb_source *source);

void counts_open(struct tb_source *source) {
    struct nic_counts *nic = &source->nic;
    nic->interface_socket = -1;
    nic->drops_index = -1;
    if (source->by_reference) {
        notice(source, "%s lends frames by reference: what it takes back because the gateway is too slow is counted nowhere, and"
                       " shows as a gap in the feed only; give the receive thread a core of its own", source->settings.interface);
        open_port_counts(source);
        if (nic->drops_index < 0) {
            notice(source, "the driver of %s does not count frames dropped for want of buffers: such a loss shows as a gap in the"
                           " feed only", source->settings.interface);
        }
    } else if (ef_vi_stats_query_layout(&source->vi, &nic->layout) != 0) {
        nic->layout = NULL;
        notice(source, "%s does not count frames dropped for want of descriptors: such a loss shows as a gap in the feed only",
               source->settings.interface);
    }
    read_x2(source);
}

void counts_close(struct tb_source *source) {
    if (source->nic.interface_socket >= 0) {
        close(source->nic.interface_socket);
        source->nic.interface_socket = -1;
    }
}

/* Brings one total up to date; the NIC's is of its few bytes and goes round. */
static void advance(struct nic_counts *nic, const uint8_t *data, int figure) {
    for (int i = 0; i < nic->layout->evsl_fields_num; i++) {
        const ef_vi_stats_field_layout *one = &nic->layout->evsl_fields[i];
        uint64_t value = 0;
        size_t size = (size_t)one->evsfl_size;
        if (strcmp(one->evsfl_name, X2_FIELDS[figure]) == 0 && size >= 1 && size <= sizeof value) {
            memcpy(&value, data + one->evsfl_offset, size); /* little-endian, as all hosts of this NIC */
            if (nic->x2_read) {
                /* Right as long as it is read before it has gone round once: 2^32 drops take minutes at any rate. */
                nic->x2_totals[figure] += (value - nic->x2_last[figure]) & (UINT64_MAX >> (64 - 8 * size));
            }
            nic->x2_last[figure] = value;
            return;
        }
    }
}

/* What the NIC counted before the first call is not ours. */
static void read_x2(struct tb_source *source) {
    struct nic_counts *nic = &source->nic;
    if (nic->layout == NULL || atomic_load_explicit(&source->gone, memory_order_acquire)) {
        return; /* the totals stay */
    }
    uint8_t *data = calloc(1, (size_t)nic->layout->evsl_data_size);
    if (data != NULL && ef_vi_stats_query(&source->vi, source->driver, data, 0) == 0) {
        for (int i = 0; i < X2_FIGURES; i++) {
            advance(nic, data, i);
        }
        nic->x2_read = true;
    }
    free(data);
}

static int figures(const struct tb_source *source) {
    return source->by_reference ? 1 : X2_FIGURES;
}

int32_t tb_source_stats(struct tb_source *source, uint64_t *values, int32_t capacity) {
    uint64_t all[COUNTS + X2_FIGURES + 1];
    int total = COUNTS + figures(source) + 1;
    for (int i = 0; i < COUNTS; i++) {
        all[i] = atomic_load_explicit(&source->counts[i], memory_order_relaxed);
    }
    pthread_mutex_lock(&source->nic.lock);
    if (source->by_reference) {
        all[COUNTS] = source->nic.drops_index < 0 ? 0 : port_drops(source) - source->nic.drops_at_open;
    } else {
        read_x2(source);
        memcpy(&all[COUNTS], source->nic.x2_totals, sizeof source->nic.x2_totals);
    }
    pthread_mutex_unlock(&source->nic.lock);
    pthread_mutex_lock(&source->sender.lock);
    all[total - 1] = source->sender.sent;
    pthread_mutex_unlock(&source->sender.lock);
    memcpy(values, all, (size_t)(capacity < total ? capacity : total) * sizeof *values);
    return total;
}

const char *tb_source_stat_name(struct tb_source *source, int32_t index) {
    int from_nic = index - COUNTS;
    if (index < 0 || from_nic > figures(source)) {
        return NULL;
    } else if (index < COUNTS) {
        return NAMES[index];
    } else if (from_nic == figures(source)) {
        return "seen.frames-sent";
    }
    return source->by_reference ? "lost.port-drops" : X2_NAMES[from_nic];
}
