package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The exchange's replay server and the way to it, in memory and by seed: on some days nobody answers, on the others most
 * requests are answered after a while, whole or in part, in time or too late.
 */
final class ReplayedPackets implements GapWatch {
    /** Number of the recovery line in what arrives. */
    static final int LINE = 2;
    private static final int MOST_PACKETS = 2_000;
    private static final long SHORTEST = 20_000L; // ns for an answer
    private static final long LONGEST = 15_000_000L; // longer than packets are waited for

    private final FaultyWire wire;
    private final RandomGenerator random;
    private final boolean answers;
    private final InetSocketAddress line;
    private final Map<Long, Packet> packets = new HashMap<>();
    private long now;

    private record Packet(int number, byte[] bytes) {
    }

    ReplayedPackets(final FaultyWire wire, final RandomGenerator random) {
        this.wire = wire;
        this.random = random;
        this.answers = random.nextBoolean();
        try {
            line = new InetSocketAddress(InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(RecoveryLine.address(0)).array()), RecoveryLine.PORT);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The exchange sent a packet, which it can send again. */
    void sent(final long sequence, final int number, final byte[] bytes) {
        packets.put(sequence, new Packet(number, bytes));
    }

    /** Packets of the old count are no longer to be had. */
    void forget() {
        packets.clear();
    }

    /** It is this time where the gateway is. */
    void now(final long time) {
        now = time;
    }

    @Override
    public void onMissing(final long stream, final long session, final long from, final long to) {
        if (!answers || to - from >= MOST_PACKETS || random.nextInt(6) == 0) {
            return;
        }
        final long last = random.nextInt(6) == 0 ? from + (to - from) / 2 : to;
        long time = now + SHORTEST + (random.nextInt(8) == 0 ? random.nextLong(LONGEST) : random.nextLong(SHORTEST));
        for (long sequence = from; sequence <= last; sequence++) {
            final Packet packet = packets.get(sequence);
            if (packet == null) {
                return;
            }
            time += random.nextLong(1_000);
            wire.bring(Feed.INCREMENTAL, LINE, packet.number, UdpFrame.of(line, packet.bytes), time);
        }
    }
}
