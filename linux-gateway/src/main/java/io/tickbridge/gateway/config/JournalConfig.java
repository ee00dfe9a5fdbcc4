package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * The journal.
 *
 * @param enabled    whether anything is journalled
 * @param directory  where the queue lives
 * @param ringBytes  bytes of the ring between receive thread and journal thread, a power of two
 * @param blockBytes bytes by which the queue's file grows
 */
public record JournalConfig(boolean enabled, Path directory, int ringBytes, long blockBytes) {
}
