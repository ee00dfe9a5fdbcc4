package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A simulated session as a list of packets, numbered from 1, for tests that send them as they like. */
public final class SessionPackets {
    private static final long FIRST_TIME = 1_800_000_000_000_000_000L;
    private static final long BETWEEN_EVENTS = 1_000; // ns
    private static final int SEQUENCE = 0;
    private static final int SENDING_TIME = 4;

    private SessionPackets() {
    }

    /** Opening and so many events. */
    public static List<byte[]> of(final long seed, final int events) {
        final List<byte[]> packets = new ArrayList<>();
        final Channel channel = new Channel(Simulator.INSTRUMENTS, new SplittableRandom(seed),
                (sequence, packet) -> packets.add(bytes(packet)));
        channel.open(FIRST_TIME);
        for (int i = 1; i <= events; i++) {
            channel.event(FIRST_TIME + i * BETWEEN_EVENTS);
        }
        return packets;
    }

    /** Whether a packet is the last of its event: the simulator sends each packet at its event's own time. */
    public static boolean isLastOfEvent(final List<byte[]> packets, final int index) {
        return index + 1 == packets.size() || sendingTime(packets.get(index)) != sendingTime(packets.get(index + 1));
    }

    /** The same packet under another number. */
    public static byte[] renumbered(final byte[] packet, final long sequence) {
        final byte[] copy = packet.clone();
        little(copy).putInt(SEQUENCE, (int) sequence);
        return copy;
    }

    static byte[] bytes(final ByteBuffer packet) {
        final byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private static long sendingTime(final byte[] packet) {
        return little(packet).getLong(SENDING_TIME);
    }

    private static ByteBuffer little(final byte[] packet) {
        return ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    }
}
