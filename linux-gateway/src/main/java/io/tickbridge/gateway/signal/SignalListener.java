package io.tickbridge.gateway.signal;

import org.agrona.DirectBuffer;

/** Takes finished signals: the journal, the link. */
public interface SignalListener {
    /** Bytes of a signal body: the Signal message of the link up to, and without, receiveTime. */
    int BODY_LENGTH = 64;

    /**
     * One signal.
     *
     * @param body        memory that holds it, valid until this method returns
     * @param offset      where its {@link #BODY_LENGTH} bytes begin
     * @param receiveTime ns since the Unix epoch when the frame that caused it arrived; not part of the body
     */
    void onSignal(DirectBuffer body, int offset, long receiveTime);
}
