/*
 * What was lost, refused and seen. Some is counted event by event; what never became an event only the NIC knows.
 *
 * X2: the NIC counts per receive queue, and nothing of another program's. X3: there is no such count, only the port's, so
 * every drop at the port counts as ours; that may be too many, never too few.
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
#define X2_FIGURES 4
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

void counts_open(struct tb_source *source) {
    struct nic_counts *nic = &source->nic;
    nic->interface_socket = -1;
    nic->drops_index = -1;
    if (source->by_reference) {
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
}

void counts_close(struct tb_source *source) {
    if (source->nic.interface_socket >= 0) {
        close(source->nic.interface_socket);
        source->nic.interface_socket = -1;
    }
}

/* A total since the interface was made, in the NIC's few bytes. */
static uint64_t field(const struct nic_counts *nic, const uint8_t *data, const char *name) {
    for (int i = 0; i < nic->layout->evsl_fields_num; i++) {
        const ef_vi_stats_field_layout *one = &nic->layout->evsl_fields[i];
        uint64_t value = 0;
        if (strcmp(one->evsfl_name, name) == 0 && one->evsfl_size <= (int)sizeof value) {
            memcpy(&value, data + one->evsfl_offset, (size_t)one->evsfl_size); /* little-endian, as all hosts of this NIC */
            return value;
        }
    }
    return 0;
}

static void read_x2(struct tb_source *source, uint64_t *values) {
    memset(values, 0, X2_FIGURES * sizeof *values);
    if (source->nic.layout == NULL || atomic_load_explicit(&source->gone, memory_order_acquire)) {
        return;
    }
    uint8_t *data = calloc(1, (size_t)source->nic.layout->evsl_data_size);
    if (data != NULL && ef_vi_stats_query(&source->vi, source->driver, data, 0) == 0) {
        for (int i = 0; i < X2_FIGURES; i++) {
            values[i] = field(&source->nic, data, X2_FIELDS[i]);
        }
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
        read_x2(source, &all[COUNTS]);
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
