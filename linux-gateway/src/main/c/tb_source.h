/*
 * What every receive backend offers to the gateway: one flat interface, one shared library a backend.
 *
 * Vendor fast paths are macros and inline functions, which no Java binding can call, so a backend wraps them. The
 * gateway makes one call a burst: tb_source_poll gives back the burst before and brings the next. Packet bytes are never
 * copied: a frame's address points into the driver's own memory, and stays readable until the next tb_source_poll,
 * tb_source_release or tb_source_close.
 *
 * Threads: tb_source_open, tb_source_poll, tb_source_release and tb_source_close are called by the receive thread alone.
 * tb_source_stats, tb_source_send and tb_source_text may be called by one other thread at the same time, until
 * tb_source_close is called; a backend keeps what they touch apart from what polling touches.
 */
#ifndef TB_SOURCE_H
#define TB_SOURCE_H

#include <stdint.h>

/* Raised with any change below; the gateway refuses a library that answers another number. */
#define TB_SOURCE_ABI 2

/* A frame has no time of its own: the gateway gives it the clock read at the start of the burst. */
#define TB_NO_TIME 0

/* tb_frame.flags */
#define TB_CLOCK_SYNCED 1u /* the NIC says that the clock behind `time` is set and in sync */
/*
 * Nothing tells that the NIC verified checksums: the gateway's filter does so itself, on every source alike, for bytes that it
 * reads anyway. A NIC's word covers neither the way from it into memory nor those NICs that are known to be wrong.
 */

/* 24 bytes, native byte order, no padding: the Java side reads it by offset. */
struct tb_frame {
    uint64_t address; /* of the Ethernet header's first byte */
    int64_t time;     /* ns since the Unix epoch when the NIC received it, or TB_NO_TIME */
    uint32_t length;  /* bytes at `address`, without frame check sequence */
    uint16_t port;    /* which of the source's ports or queues, from 0 */
    uint16_t flags;
};

/* What a stat's number means, by the first word of its name; see tb_source_stat_name. */
/*   "lost.REASON"     frames that reached the NIC or kernel for us and can no longer be had: counted as losses          */
/*   "refused.REASON"  frames that the NIC found broken (bad checksum, bad length): counted, and no loss of good data    */
/*   "seen.WHAT"       anything else worth a line in `tickbridge stat`                                                   */

struct tb_source;

/* TB_SOURCE_ABI of the library. */
int32_t tb_source_abi(void);

/* The processor's time stamp counter, read when all before it is done: for measurements. */
uint64_t tb_source_cycles(void);

/*
 * Opens a source. `settings` is `key=value` lines, each ended by '\n'; a backend documents its keys, takes every value
 * literally and refuses a key that it does not know. On failure returns NULL and writes one line, NUL-terminated and cut
 * to `error_size`, that says what, where and what to do.
 */
struct tb_source *tb_source_open(const char *settings, char *error, int32_t error_size);

/*
 * Gives back the burst before and fills `frames` with what is there now, oldest first, at most `limit`. Returns how many,
 * 0 when there is nothing, or -1 when the source can never deliver again (device gone): tb_source_text then says why.
 */
int32_t tb_source_poll(struct tb_source *source, struct tb_frame *frames, int32_t limit);

/* Gives back the last burst without asking for another. */
void tb_source_release(struct tb_source *source);

/*
 * Sends one frame, for what is rare (group membership reports). `port` as in tb_frame. Returns 0, or -1 with the reason
 * in tb_source_text.
 */
int32_t tb_source_send(struct tb_source *source, int32_t port, const void *frame, int32_t length);

/*
 * Reads running totals since open, in the order of tb_source_stat_name; may take system calls. Returns how many there
 * are; writes at most `capacity`.
 */
int32_t tb_source_stats(struct tb_source *source, uint64_t *values, int32_t capacity);

/* Name of a stat, lower case letters, digits and '-' after the first '.'; NULL past the last. Fixed from open to close. */
const char *tb_source_stat_name(struct tb_source *source, int32_t index);

/*
 * Text about the source, by topic, NUL-terminated and owned by the source; "" when there is none:
 *   "error"      why the last call failed
 *   "describe"   device, driver and mode that were chosen, one line
 *   "notices"    what could not be had as configured and what was done instead, one a line (hugepages, steering, copy mode)
 *   "time"       where frames' times come from: "nic", "nic-unsynced", "kernel", or "" for none
 *   "ended"      that nothing will come any more although nothing has failed: a capture was played to its end
 *   "mac"        the ports' Ethernet addresses, aa:bb:cc:dd:ee:ff, one a line in the order of tb_frame.port
 */
const char *tb_source_text(struct tb_source *source, const char *topic);

/* Releases the device and all memory. NULL is allowed. */
void tb_source_close(struct tb_source *source);

#endif
