package io.tickbridge.gateway.pipeline;

import org.agrona.DirectBuffer;

/** Takes a copy of each frame that the filter accepted, before it is processed. */
@FunctionalInterface
public interface FrameRecorder {
    /** Records nothing. */
    FrameRecorder NONE = (buffer, offset, length, receiveTime, group) -> { };

    /**
     * One accepted frame.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      its bytes
     * @param receiveTime ns since the Unix epoch
     * @param group       which configured line it belongs to: lines are numbered through all feeds, from 0
     */
    void onFrame(DirectBuffer buffer, int offset, int length, long receiveTime, int group);
}
