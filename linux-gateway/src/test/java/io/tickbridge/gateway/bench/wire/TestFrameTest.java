package io.tickbridge.gateway.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpFrame;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test frames are what the gateway's own filter lets through, checksums verified. */
class TestFrameTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024, 1280, 1518})
    void isAWholeDatagramToTheGroup(final int size) {
        final UnsafeBuffer frame = TestFrames.frame(size, 7, 11, 13);
        final UdpFrame udp = new UdpFrame(true);

        assertNull(udp.wrap(frame, 0, frame.capacity()));
        assertTrue(udp.checksumHolds());
        assertEquals(TestFrame.GROUP, Ipv4Address.format(udp.destinationAddress()));
        assertEquals(TestFrame.SENDER, Ipv4Address.format(udp.sourceAddress()));
        assertEquals(TestFrame.PORT, udp.destinationPort());
        assertEquals(size - 46, udp.payloadLength());
        assertTrue(TestFrame.is(frame, 0, frame.capacity()));
        assertEquals(7, TestFrame.trial(frame, 0));
        assertEquals(11, TestFrame.number(frame, 0));
        assertEquals(13, TestFrame.scheduled(frame, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 30, 36})
    void anotherTypeGroupOrPortIsNoTestFrame(final int changed) {
        final UnsafeBuffer frame = TestFrames.frame(64, 7, 11, 13);
        frame.putByte(changed, (byte) (frame.getByte(changed) ^ 1));

        assertFalse(TestFrame.is(frame, 0, frame.capacity()));
    }
}
