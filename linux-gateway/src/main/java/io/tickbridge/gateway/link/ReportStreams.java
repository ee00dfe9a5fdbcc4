package io.tickbridge.gateway.link;

import org.agrona.collections.Long2LongHashMap;

/**
 * The last report taken of each stream, across its connections: SPECIFICATION.md, section 6a. Bounded: when there are too
 * many streams, all are forgotten but for what each says of itself when it connects again. One thread.
 */
final class ReportStreams {
    /** Runs of add-ons in one run of the gateway; each that restarts counts anew. */
    private static final int MOST_STREAMS = 4096;
    private static final long NONE = -1;

    private final Long2LongHashMap last = new Long2LongHashMap(NONE);

    /** The last number taken of a stream; of an unknown one, that before the first it will send. */
    long begin(final long stream, final long firstSequence) {
        final long known = last.get(stream);
        if (known != NONE) {
            return known;
        }
        if (last.size() >= MOST_STREAMS) {
            last.clear();
        }
        last.put(stream, firstSequence - 1);
        return firstSequence - 1;
    }

    /** A report was taken. */
    void took(final long stream, final long sequence) {
        last.put(stream, sequence);
    }

    long last(final long stream) {
        return last.get(stream);
    }
}
