package io.tickbridge.gateway.link;

import org.agrona.collections.Long2LongHashMap;

/**
 * The last report taken of each stream, across its connections: SPECIFICATION.md, section 6a. Bounded: when there are too
 * many streams, those are forgotten that were not heard of for longest, but for what each says of itself when it connects
 * again. Only who may report has streams here. One thread.
 */
final class ReportStreams {
    /** Runs of add-ons in one run of the gateway; each that restarts counts anew. */
    static final int MOST_STREAMS = 4096;
    private static final long NONE = -1;

    /** Streams heard of since there was no room for a new one, and those of the time before that. */
    private Long2LongHashMap recent = new Long2LongHashMap(NONE);
    private Long2LongHashMap earlier = new Long2LongHashMap(NONE);

    /** The last number taken of a stream; of an unknown one, that before the first it will send. */
    long begin(final long stream, final long firstSequence) {
        final long known = last(stream);
        final long last = known == NONE ? firstSequence - 1 : known;
        took(stream, last);
        return last;
    }

    /** A report was taken. */
    void took(final long stream, final long sequence) {
        if (recent.size() >= MOST_STREAMS / 2 && !recent.containsKey(stream)) {
            final Long2LongHashMap oldest = earlier;
            earlier = recent;
            recent = oldest;
            recent.clear();
        }
        recent.put(stream, sequence);
    }

    long last(final long stream) {
        final long last = recent.get(stream);
        return last == NONE ? earlier.get(stream) : last;
    }
}
