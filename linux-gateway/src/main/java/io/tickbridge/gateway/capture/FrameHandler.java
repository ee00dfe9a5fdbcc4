package io.tickbridge.gateway.capture;

import org.agrona.DirectBuffer;

/** Takes frames from a {@link PacketSource}, on the thread that polls it. */
@FunctionalInterface
public interface FrameHandler {

    /**
     * One frame, Ethernet header first, without frame check sequence.
     *
     * @param buffer      memory that holds the frame, valid until this method returns
     * @param offset      where the frame begins
     * @param length      bytes captured
     * @param receiveTime ns since the Unix epoch when the frame arrived: the capture's, the NIC's, or the
     *                    clock read at the start of the burst
     * @param port        which of the source's interfaces or queues it came in on, from 0
     */
    void onFrame(DirectBuffer buffer, int offset, int length, long receiveTime, int port);
}
