package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Control messages that the loopback interface never brings: a NIC's times, and messages that make no sense. Laid out as
 * the C compiler does on 64-bit Linux (cmsg(3), linux/errqueue.h).
 */
class ControlMessagesTest {
    private final UnsafeBuffer memory = CallMemory.of(ControlMessages.ROOM);
    private final ControlMessages messages = new ControlMessages();
    private final GroupSocket socket = GroupSocket.open(new Subscription("239.192.33.1", 31_765, "lo"), 0,
            new UdpSettings(0, ReceiveTimestamps.BURST, 0));

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void prefersTheNicsTimeAndFallsBackToTheKernels() {
        timestamping(1_700_000_000, 1, 1_700_000_001, 999_999_999);
        messages.read(memory, 0, 64, socket);
        assertEquals(1_700_000_001_999_999_999L, messages.time());
        assertEquals(TimestampSource.NIC_UNSYNCED, messages.timeSource());
        timestamping(1_700_000_000, 1, 0, 0);
        messages.read(memory, 0, 64, socket);
        assertEquals(1_700_000_000_000_000_001L, messages.time());
        assertEquals(TimestampSource.KERNEL, messages.timeSource());
        messages.read(memory, 0, 0, socket);
        assertEquals(ControlMessages.NO_TIME, messages.time());
        assertEquals(TimestampSource.BURST, messages.timeSource());
    }

    @Test
    void readsEveryMessageOfADatagram() {
        header(0, 20, 1, 40); // SO_RXQ_OVFL: 4 bytes, padded to 24 with the header
        memory.putInt(16, 7);
        header(24, 32, 1, 35); // SCM_TIMESTAMPNS
        memory.putLong(40, 5);
        memory.putLong(48, 6);
        messages.read(memory, 0, 56, socket);
        assertEquals(7, socket.toldDrops());
        assertEquals(5_000_000_006L, messages.time());
        assertEquals(TimestampSource.KERNEL, messages.timeSource());
    }

    @Test
    void passesOverWhatItDidNotAskForAndStopsAtNonsense() {
        header(0, 32, 0, 35); // another level
        memory.putLong(16, 5);
        header(32, 32, 1, 99); // another type
        messages.read(memory, 0, 64, socket);
        assertEquals(ControlMessages.NO_TIME, messages.time());
        for (final long length : new long[] {0, 15, 65, -1, Long.MAX_VALUE, Integer.MAX_VALUE, (1L << 32) + 32, 1L << 32}) {
            header(0, length, 1, 35);
            messages.read(memory, 0, 64, socket);
            assertEquals(ControlMessages.NO_TIME, messages.time(), () -> "length " + length);
        }
        header(0, 16, 0, 35); // behind another one, so that its length and place together exceed an int
        header(16, Integer.MAX_VALUE, 1, 35);
        memory.putLong(32, 5);
        messages.read(memory, 0, 64, socket);
        assertEquals(ControlMessages.NO_TIME, messages.time());
        header(0, 24, 1, 35); // half a time
        messages.read(memory, 0, 24, socket);
        assertEquals(ControlMessages.NO_TIME, messages.time());
    }

    private void timestamping(final long kernelSeconds, final long kernelNanos, final long nicSeconds, final long nicNanos) {
        header(0, 64, 1, 37); // SCM_TIMESTAMPING
        memory.putLong(16, kernelSeconds);
        memory.putLong(24, kernelNanos);
        memory.putLong(48, nicSeconds);
        memory.putLong(56, nicNanos);
    }

    private void header(final int offset, final long length, final int level, final int type) {
        memory.putLong(offset, length);
        memory.putInt(offset + 8, level);
        memory.putInt(offset + 12, type);
    }
}
