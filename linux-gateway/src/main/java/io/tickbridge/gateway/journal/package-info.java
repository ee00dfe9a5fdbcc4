/**
 * The journal: one Chronicle Queue with the configuration, every accepted frame and every signal in one order.
 *
 * <p>Three steps, each with one writer. The receive thread copies into a ring ({@link
 * io.tickbridge.gateway.journal.JournalRecorder}); the journal thread takes from the ring, seals each record with
 * its number and checksum and appends it to the queue ({@link io.tickbridge.gateway.journal.Journal} starts and
 * ends it); afterwards anyone reads ({@link io.tickbridge.gateway.journal.JournalReader}). What a record looks like
 * is in {@code RecordLayout} and in {@code linux-gateway/JOURNAL.md}.
 *
 * <p>May depend on {@code signal} and {@code config}.
 */
package io.tickbridge.gateway.journal;
