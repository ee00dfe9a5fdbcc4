/*
 * What the parts of the ef_vi backend share: the settings, the open source, and who does what.
 *
 * ef_vi is OpenOnload's layer-2 interface to Solarflare NICs. X2 and earlier (EF10) receive into buffers of ours that are
 * posted on a descriptor ring; X3 (efct) receives into buffers of the driver's that are lent by reference. Either way a
 * frame stays where the NIC wrote it. Onload 9.0's headers or later are needed: they know capabilities of a protection
 * domain and precise timestamps.
 */
#ifndef TB_EFVI_SOURCE_H
#define TB_EFVI_SOURCE_H

#include <net/if.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <etherfabric/base.h>
#include <etherfabric/capabilities.h>
#include <etherfabric/ef_vi.h>
#include <etherfabric/efct_vi.h>
#include <etherfabric/memreg.h>
#include <etherfabric/pd.h>
#include <etherfabric/vi.h>

#include "../tb_source.h"

#define GROUPS_MAX 1024       /* more than any NIC's filter table takes from one program */
#define BUFFER_BYTES 2048     /* ef_memreg wants multiples of this, and no buffer may cross a 4 KiB page of the NIC */
#define EVENT_BATCH 32        /* events taken in one poll: enough for a burst, few enough to stay in the first-level cache */
#define RING_LARGEST 32768    /* no NIC offers more */
#define QUEUE_FRAMES RING_LARGEST /* one poll's events never bring more frames than there are buffers */
#define BURST_MAX 4096        /* most frames handed over in one poll, whatever the caller's limit */
#define SEND_BUFFERS 16       /* membership reports are rare and small */
#define TEXT_BYTES 512
#define NOTICES_BYTES 4096

enum mode { MODE_AUTO, MODE_X2, MODE_X3 };
enum huge_pages { HUGE_AUTO, HUGE_REQUIRE, HUGE_NEVER };

struct group {
    uint32_t address; /* network byte order */
    uint16_t port;    /* network byte order */
};

/* See settings.c for the keys. */
struct settings {
    char interface[IF_NAMESIZE];
    int vlan; /* 0 to 4094, or NO_VLAN */
    enum mode mode;
    int ring;
    int refill_batch;
    bool event_merge;
    bool timestamps;
    enum huge_pages huge_pages;
    bool exclusive_queue;
    bool checksums;
    bool join;
    int group_count;
    struct group groups[GROUPS_MAX];
};
#define NO_VLAN (-1)

/* What is counted where it happens; the rest of the stats is asked of the NIC. Order as in counts.c. */
enum count {
    LOST_CUT_OFF,
    LOST_CUT_SHORT,
    LOST_BUFFER_RIGHTS,
    LOST_EVENT_LOST,
    LOST_EVENT_QUEUE_OVERFLOW,
    LOST_LARGER_THAN_BUFFER,
    REFUSED_CRC_BAD,
    REFUSED_CHECKSUM_BAD,
    REFUSED_INNER_CHECKSUM_BAD,
    REFUSED_MULTICAST_MISMATCH,
    REFUSED_LENGTH_BAD,
    REFUSED_OTHER,
    SEEN_OTHER_VLAN,
    SEEN_FRAMES_WITHOUT_TIME,
    SEEN_FRAMES_CLOCK_UNSET,
    SEEN_FRAMES_CLOCK_UNSYNCED,
    SEEN_REFILLS,
    SEEN_UNKNOWN_EVENTS,
    COUNTS
};

/* What the clock behind the last frame's time was. */
enum clock_state { CLOCK_NONE, CLOCK_UNSYNCED, CLOCK_SYNCED };

/* Memory that the NIC reads or writes. */
struct buffers {
    uint8_t *memory;
    size_t bytes;
    ef_memreg registration;
    bool registered;
};

/* Sending, apart from receiving: an interface of its own, so that no sender touches the receive thread's. */
struct sender {
    pthread_mutex_t lock;
    ef_vi vi;
    bool open;
    struct buffers buffers;
    int free_count;
    ef_request_id free_ids[SEND_BUFFERS];
    uint64_t sent;
    char error[TEXT_BYTES];
};

#define X2_FIGURES 4 /* that are read of the NIC's own */

/* The NIC's own totals, 32 bits wide there; see counts.c. */
struct nic_counts {
    pthread_mutex_t lock;
    const ef_vi_stats_layout *layout; /* NULL where the NIC has none (X3) */
    bool x2_read;                     /* the two below hold something */
    uint64_t x2_last[X2_FIGURES];     /* as read last */
    uint64_t x2_totals[X2_FIGURES];   /* since open */
    int interface_socket;             /* for the port's statistics; -1 without */
    int drops_index;                  /* of the port's drops among its statistics; -1 without */
    int figures;                      /* how many statistics the port has */
    uint64_t drops_at_open;
};

struct tb_source {
    struct settings settings;

    /* The receive thread's, in the order of use. */
    ef_vi vi;
    bool by_reference; /* X3: frames are lent by reference, and there is no ring to fill */
    bool merged;       /* X2: events stand for several frames, whose lengths stand in their prefixes */
    bool timed;
    bool check_vlan; /* in software, since the NIC's filter cannot */
    int prefix;      /* bytes of metadata before a frame */
    int buffer_room; /* bytes that the NIC writes into one buffer, prefix included */
    int scattered;   /* buffers still to come of a frame that did not fit in one */
    int free_count;
    int held_count;
    int queued_from;
    int queued_to;
    ef_request_id *free_ids; /* of buffers that are in nobody's hands */
    ef_addr *addresses;      /* of each buffer, as the NIC knows it */
    int buffer_count;
    struct buffers buffers;
    uint32_t held[BURST_MAX];
    uint32_t queued_handles[QUEUE_FRAMES];
    struct tb_frame queued[QUEUE_FRAMES];

    /* Written by the receive thread, read by another. */
    _Atomic uint64_t counts[COUNTS];
    _Atomic int clock;
    _Atomic bool gone;
    char gone_text[TEXT_BYTES];

    int claim; /* of the interface; -1 without */
    ef_driver_handle driver;
    bool driver_open;
    ef_pd domain;
    bool domain_open;
    bool vi_open;
    int *memberships;
    int membership_count;
    struct nic_counts nic;
    struct sender sender;
    char describe[TEXT_BYTES];
    char mac[18];
    char notices[NOTICES_BYTES];
};

/* Where a message goes. */
struct message {
    char *text;
    int size;
};

/* Writes one line and returns -1. */
int refuse(struct message message, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one line to the notices. */
void notice(struct tb_source *source, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* settings.c: reads `key=value` lines; 0 or -1. */
int settings_read(struct settings *settings, const char *text, struct message error);

/* device.c: driver, protection domain, receive and send interfaces. */
int device_open(struct tb_source *source, struct message error);
void device_close(struct tb_source *source);
bool device_can(struct tb_source *source, enum ef_vi_capability capability);

/* memory.c: memory for the NIC. */
int memory_open(struct tb_source *source, struct buffers *buffers, size_t bytes, enum huge_pages huge,
                struct message error);
void memory_close(struct tb_source *source, struct buffers *buffers);

/* filters.c: which frames the NIC sends here, and the memberships that bring them to the NIC. */
int filters_add(struct tb_source *source, struct message error);
int memberships_join(struct tb_source *source, struct message error);
void memberships_leave(struct tb_source *source);

/* ring.c: the descriptor ring of an X2. */
int ring_open(struct tb_source *source, struct message error);
void ring_refill(struct tb_source *source);
void ring_close(struct tb_source *source);

/* receive.c: events to frames; events.c takes one event apart. */
void frames_release(struct tb_source *source);
void event_take(struct tb_source *source, const ef_event *event);

/* sender.c */
int sender_open(struct tb_source *source, struct message error);
void sender_close(struct tb_source *source);

/* counts.c */
void counts_open(struct tb_source *source);
void counts_close(struct tb_source *source);

/* One writer, any reader: a plain addition with no lock prefix. */
static inline void count(struct tb_source *source, enum count which) {
    uint64_t now = atomic_load_explicit(&source->counts[which], memory_order_relaxed);
    atomic_store_explicit(&source->counts[which], now + 1, memory_order_relaxed);
}

#endif
