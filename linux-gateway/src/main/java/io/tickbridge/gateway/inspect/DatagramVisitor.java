package io.tickbridge.gateway.inspect;

import org.agrona.DirectBuffer;

/** Takes the datagrams of a capture file. */
@FunctionalInterface
public interface DatagramVisitor {

    /**
     * One UDP payload.
     *
     * @param channel     the channel it belongs to
     * @param line        its line, from 0 (A)
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      its bytes
     * @param receiveTime ns since the Unix epoch, as captured
     */
    void onDatagram(CaptureChannel channel, int line, DirectBuffer buffer, int offset, int length, long receiveTime);
}
