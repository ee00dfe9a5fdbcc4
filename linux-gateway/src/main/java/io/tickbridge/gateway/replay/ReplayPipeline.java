package io.tickbridge.gateway.replay;

import org.agrona.DirectBuffer;

/** What turned frames into signals when the journal was written, built once more from the same configuration. */
public interface ReplayPipeline {

    /**
     * One journalled frame, in its place.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      bytes of the frame
     * @param receiveTime ns since the Unix epoch
     * @param line        the configured feed line it came in on, from 0 over all feeds
     */
    void onFrame(DirectBuffer buffer, int offset, int length, long receiveTime, int line);

    /** The run stopped in order: whatever the live pipeline did then, do it now. Not called for a run that was cut. */
    void onEndOfInput();
}
