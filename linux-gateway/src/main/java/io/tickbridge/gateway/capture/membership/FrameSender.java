package io.tickbridge.gateway.capture.membership;

import org.agrona.DirectBuffer;

/** Sends what is rare, on a thread that is not the one that receives. */
@FunctionalInterface
public interface FrameSender {

    /**
     * Sends one frame.
     *
     * @param port   on which of the source's ports, from 0
     * @param buffer memory outside the Java heap
     * @param offset of the Ethernet header
     * @param length bytes, without frame check sequence
     * @throws io.tickbridge.gateway.capture.CaptureException when it cannot be sent; says why
     */
    void send(int port, DirectBuffer buffer, int offset, int length);
}
