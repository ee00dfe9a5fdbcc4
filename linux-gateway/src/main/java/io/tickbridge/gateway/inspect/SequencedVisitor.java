package io.tickbridge.gateway.inspect;

import org.agrona.DirectBuffer;

/** Takes the datagrams of a capture after arbitration: each once and in order, or each as it is there. */
public interface SequencedVisitor {

    /**
     * One UDP payload.
     *
     * @param channel     the channel it belongs to
     * @param line        its line, from 0; 0 for all when lines were made one
     * @param sequence    its own number; -1 when it is too short to have one
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      its bytes
     * @param receiveTime ns since the Unix epoch, as captured
     */
    void onDatagram(
            CaptureChannel channel, int line, long sequence, DirectBuffer buffer, int offset, int length, long receiveTime);

    /**
     * No line of the capture holds these packets.
     *
     * @param channel the channel
     * @param from    first missing number
     * @param to      last missing number
     */
    void onGap(CaptureChannel channel, long from, long to);
}
