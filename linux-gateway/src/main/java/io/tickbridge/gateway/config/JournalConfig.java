package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * The journal.
 *
 * @param enabled      whether anything is journalled
 * @param directory    where the queue lives
 * @param ringBytes    bytes of the ring between receive thread and journal thread, a power of two
 * @param blockBytes   bytes by which the queue's file grows
 * @param whenFull     what the gateway does when nothing more can be journalled
 * @param minFree      bytes of the disk that the journal leaves free
 * @param syncInterval ns between two times that what was written is forced to disk; 0 leaves it to the kernel
 * @param keepDays     days of which files are kept, today's included; 0 keeps all
 * @param keepBytes    bytes that the files may take together, today's excepted; 0 sets no bound
 */
public record JournalConfig(
        boolean enabled,
        Path directory,
        int ringBytes,
        long blockBytes,
        WhenFull whenFull,
        long minFree,
        long syncInterval,
        int keepDays,
        long keepBytes) {

    /** Free space that must remain unless configured otherwise: a new day's file, which begins as a hole, can still be begun. */
    public static final long DEFAULT_MIN_FREE = 16 << 20;

    /** What a gateway does whose journal has stopped, for whatever reason: disk full, disk broken, files removed. */
    public enum WhenFull {
        /** Signals are withheld, add-ons are told why, everything else goes on. */
        STOP_SIGNALS,
        /** The gateway goes on without a journal. */
        STOP_JOURNAL,
        /** The gateway stops. */
        STOP
    }

    /**
     * A journal with everything else as it is by default.
     *
     * @param enabled    whether anything is journalled
     * @param directory  where the queue lives
     * @param ringBytes  bytes of the ring, a power of two
     * @param blockBytes bytes by which the queue's file grows
     */
    public JournalConfig(final boolean enabled, final Path directory, final int ringBytes, final long blockBytes) {
        this(enabled, directory, ringBytes, blockBytes, WhenFull.STOP_SIGNALS, DEFAULT_MIN_FREE, 0, 0, 0);
    }
}
