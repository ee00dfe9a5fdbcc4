/*
 * An emulated Solarflare NIC over an ordinary network interface: what its parts share.
 *
 * The wire is an AF_PACKET socket. The NIC works while its event queue is polled: it takes the frames that have come, filters
 * them, writes them into the buffers that were posted, and raises events; so a run depends on the frames alone, not on
 * threads. What the NIC is like stands in the interface's alias (`ip link set DEV alias "efvi:KEY=VALUE,..."`), what happens to
 * it stands in control frames on its wire (Ethernet type 0x88b5, text "efvi KEY=VALUE"), which take effect in their place
 * among the frames.
 *
 *   alias     arch=x2|x3  filters=N  timestamps=0|1  merge=0|1  forced-merge=0|1  packets-events=0|1  vlan-filters=0|1
 *             replication=0|1  shared=0|1 (X3: frames of others too)  lossy=0|1 (drops a frame that finds no buffer; otherwise
 *             the wire waits)  interfaces=N (virtual interfaces to be had)  permission=0|1  huge-pages=0|1 (X3: free
 *             for its buffers)  drops-before=N (X2: what its 32-bit count of drops says at first; -1 is its largest)
 *   control   clock=synced|set|unset|none    what the following frames' times are worth
 *             time=NS                        the following frames' times: this, and one more nanosecond each
 *             discard=checksum|multicast|crc|truncated|rights|event|other|inner|length     of the next frame
 *             event=reset|overflow|no-descriptor|unknown
 *   driver    environment EFVI_EMULATOR_DRIVER=absent|denied
 *
 * Misuse that would corrupt memory or starve a real NIC (a buffer posted twice, a frame released twice or read after the next
 * poll, an address that was never registered) ends the process with a line on standard error.
 */
#ifndef EFVI_EMULATOR_H
#define EFVI_EMULATOR_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include <etherfabric/base.h>
#include <etherfabric/capabilities.h>
#include <etherfabric/ef_vi.h>
#include <etherfabric/efct_vi.h>
#include <etherfabric/memreg.h>
#include <etherfabric/pd.h>
#include <etherfabric/vi.h>

#define FRAME_MOST 9600   /* jumbo frames, with a margin */
#define BATCH 32          /* frames taken from the wire at once */
#define FILTERS_MOST 1024
#define EVENTS 65536      /* events that wait; more than any ring here has descriptors */
#define POISON 0xee       /* what a buffer holds while it belongs to the NIC */

struct emulated_nic {
    char name[IF_NAMESIZE];
    int index;
    bool x3, timestamps, merge, forced_merge, packets_events, vlan_filters, replication, shared, lossy;
    int filters;
    int interfaces;
    bool permission, huge_pages;
    uint32_t drops_before;
};

/* One frame on the wire, as a receiver sees it. */
struct wire_frame {
    int length;
    int64_t time; /* ns since the Unix epoch */
    uint8_t data[FRAME_MOST];
};

struct wire {
    int socket;
    int from, to; /* frames that wait */
    bool unplugged;
    bool was_down; /* its interface, once at least */
    struct wire_frame frames[BATCH];
};

struct filter {
    uint32_t host;
    uint16_t port;
    int vlan; /* -1: any */
};

/* Descriptor ring of an X2. Counts run on; a slot is a count modulo the ring's size. */
struct ring {
    uint32_t size, added, posted, filled, removed;
    ef_request_id *ids;
    uint8_t **buffers;
};

enum slot { SLOT_FREE, SLOT_WAITING, SLOT_LENT };
#define SUPERBUFFERS 4
#define SLOTS 64 /* frames in one superbuffer */
#define SLOT_BYTES 2048

/* An X3's memory: superbuffers, each used again when all frames in it were released. */
struct lending {
    uint8_t *memory;
    enum slot slots[SUPERBUFFERS][SLOTS];
    int64_t times[SUPERBUFFERS][SLOTS];
    int clocks[SUPERBUFFERS][SLOTS];
    uint32_t polls[SUPERBUFFERS][SLOTS];
    int buffer, slot;
};

struct queued_event {
    ef_event event;
    uint32_t first; /* ring: first descriptor; lending: packet */
    uint32_t count;
};

enum { CLOCK_NONE = -1 };

struct emulated {
    struct emulated_nic *nic;
    unsigned flags;
    unsigned discards;
    int prefix;
    uint32_t poll; /* number of the last poll */
    struct wire *wire;
    struct filter filters[FILTERS_MOST];
    int filter_locks[FILTERS_MOST];
    int filter_count;
    struct ring ring;
    struct lending lending;
    struct queued_event *events;
    uint32_t events_from, events_to;
    int clock;         /* EF_VI_SYNC_FLAG_*, or CLOCK_NONE */
    int64_t next_time; /* 0: the wire's */
    int next_discard;  /* -1: none */
    unsigned next_discard_flags;
    uint32_t dropped;
    bool reset;
    int send_socket;
    uint32_t send_size, send_added, send_removed;
    ef_request_id *send_ids;
};

void misuse(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* wire.c */
int wire_open(struct emulated_nic *nic, struct wire **out);
void wire_close(struct wire *wire);
struct wire_frame *wire_peek(struct emulated_nic *nic, struct wire *wire); /* NULL: none now */
void wire_next(struct wire *wire);

/* frames.c */
bool frame_matches(const struct emulated *vi, const uint8_t *frame, int length);
bool frame_checksums_good(const uint8_t *frame, int length);
void frame_finish_checksum(uint8_t *frame, int length);

/* ring.c and lending.c: false when there is no buffer */
int descriptors_open(struct emulated *vi, int size);
void descriptors_close(struct emulated *vi);
bool ring_receive(struct emulated *vi, const struct wire_frame *frame, int64_t time, int discard);
void ring_hand_out(struct emulated *vi, struct queued_event *event);
int lending_open(struct emulated *vi);
bool lending_receive(struct emulated *vi, const struct wire_frame *frame, int64_t time, unsigned discard_flags);
void lending_hand_out(struct emulated *vi, uint32_t packet);
int lending_time(struct emulated *vi, const void *packet, int64_t *time, int *clock);

/* memory.c: where the NIC's address lies in memory, or NULL */
uint8_t *memory_of(ef_addr address, int length);

/* nic.c: what happens on the wire */
void nic_work(struct emulated *vi);
struct queued_event *event_raise(struct emulated *vi, unsigned type);

#endif
