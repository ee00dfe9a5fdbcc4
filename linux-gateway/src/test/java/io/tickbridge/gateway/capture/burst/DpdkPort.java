package io.tickbridge.gateway.capture.burst;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.runtime.RunClock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** DPDK on its software devices, as the tests of its backend open it. */
final class DpdkPort {
    static final int LIMIT = 64;
    static final int MOST_EMPTY_POLLS = 50_000_000;
    static final long PATIENCE = 60_000_000_000L; // ns
    static final FrameHandler NOTHING = (buffer, offset, length, time, port) -> { };

    private DpdkPort() {
    }

    static void requireBackend() {
        boolean built = true;
        try {
            BurstSource.requireLibrary(Backend.DPDK);
        } catch (final CaptureException e) {
            built = false;
        }
        Requirement.is(built, "the DPDK backend (libdpdk-dev)");
    }

    static BurstSettings device(final String device) {
        return new BurstSettings().with("device", device);
    }

    static BurstSource open(final BurstSettings settings) {
        // A running gateway's own clock: the other one makes an Instant for each reading, which the compiler may or may not take away.
        return BurstSource.open(Backend.DPDK, settings, RunClock.start());
    }

    static BurstSource open(final String device) {
        return open(device(device));
    }

    static String refusal(final BurstSettings settings) {
        return assertThrows(CaptureException.class, () -> open(settings).close()).getMessage();
    }

    static FrameHandler into(final List<byte[]> frames) {
        return (buffer, offset, length, time, port) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            frames.add(copy);
        };
    }

    static List<byte[]> framesOf(final PacketSource source, final int count) {
        final List<byte[]> frames = new ArrayList<>();
        for (int empty = 0; frames.size() < count && empty < MOST_EMPTY_POLLS && !source.isExhausted();) {
            empty += source.poll(into(frames), Math.min(LIMIT, count - frames.size())) == 0 ? 1 : 0;
        }
        return frames;
    }

    static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "frame " + i);
        }
    }

    static long figure(final PacketSource source, final String name) {
        source.refreshCounts();
        return IntStream.range(0, source.counts().figures().size())
                .filter(i -> source.counts().figures().get(i).name().equals(name))
                .mapToLong(i -> source.counts().total(i)).findAny().orElseThrow();
    }

    static void sendUntilTaken(final BurstSource sender, final byte[] bytes) {
        final DirectBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length).put(bytes));
        for (int i = 0; ; i++) {
            try {
                sender.send(0, frame, 0, bytes.length);
                return;
            } catch (final CaptureException e) {
                assertTrue(i < MOST_EMPTY_POLLS, e.getMessage());
            }
        }
    }

    /** To 224.0.31.1:14310, from an address and port that the number makes. */
    static byte[] udp(final int flow) {
        return ByteBuffer.allocate(60).put(new byte[] {1, 0, 0x5e, 0, 0x1f, 1, 2, 2, 2, 2, 2, 2, 8, 0})
                .put((byte) 0x45).put((byte) 0).putShort((short) 46).putInt(0).put((byte) 4).put((byte) 17).putShort((short) 0)
                .putInt(0x0a000000 | flow).put(new byte[] {(byte) 224, 0, 31, 1})
                .putShort((short) (1000 + flow)).putShort((short) 14310).putShort((short) 26).array();
    }

    static void sendUntilTaken(final BurstSource sender) {
        for (int i = 0; ; i++) {
            try {
                send(sender, 60);
                return;
            } catch (final CaptureException e) {
                assertTrue(i < MOST_EMPTY_POLLS, e.getMessage());
            }
        }
    }

    static byte[] send(final BurstSource source, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i < 6 ? 0xff : i * 7 + length);
        }
        bytes[12] = (byte) 0x88; // IEEE 802: local experimental EtherType 1, which no kernel answers
        bytes[13] = (byte) 0xb5;
        final DirectBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(length).put(bytes));
        source.send(0, frame, 0, length);
        return bytes;
    }

    /** The interface is watched by a timer of its own; only the end of patience, and no number of polls, says that it failed. */
    static void pollFor(final PacketSource source, final long nanoseconds) {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < nanoseconds) {
            source.poll(NOTHING, LIMIT);
        }
    }

    static String index(final String name) {
        return VethPair.ip("-o link show " + name).split(":")[0];
    }
}
