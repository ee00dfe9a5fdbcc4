package io.tickbridge.gateway.capture;

import java.util.Optional;

/**
 * Frames, a burst at a time.
 *
 * <p>One thread polls a source for as long as it is open. {@link #poll} never blocks and allocates nothing
 * once the source is warm.
 */
public interface PacketSource extends AutoCloseable {

    /**
     * Hands over the frames that are there, oldest first.
     *
     * @param handler takes each frame; the frame's memory is the source's again when the handler returns
     * @param limit   most frames to hand over, at least 1
     * @return frames handed over; 0 when none is there now
     */
    int poll(FrameHandler handler, int limit);

    /**
     * Whether no frame can ever come again: the end of a file. A live source never is.
     *
     * @return true when every later {@link #poll} would return 0
     */
    boolean isExhausted();

    /**
     * How an exhausted source came to a bad end: a file that was cut short.
     *
     * @return one line that says what and where; empty when all is well
     */
    default Optional<String> truncation() {
        return Optional.empty();
    }

    /**
     * Whether frames are lost when the reader is slow. A file waits; the wire does not.
     *
     * @return true for a live source
     */
    boolean isLive();

    /**
     * What this source is, for logs: kind and file or interface.
     *
     * @return one line
     */
    String describe();

    /**
     * Whose clock the frames' receive times are read from.
     *
     * @return the clock of the frames to come; a NIC's may fall out of sync
     */
    TimestampSource timestampSource();

    /**
     * What the source lost or refused so far. Safe to read from any thread.
     *
     * @return the source's counts, the same object for the life of the source
     */
    SourceCounts counts();

    /**
     * Brings those counts up to date that only the layer below knows. May take system calls: for a thread that is not in
     * a hurry.
     */
    default void refreshCounts() {
        // A source whose counts are always up to date has nothing to do.
    }

    @Override
    void close();
}
