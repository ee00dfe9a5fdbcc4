package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Lines A and B between simulator and gateway, in memory: losses on one line and on both, and one line some packets
 * behind the other, now this one and now that.
 */
final class SkewedLines implements Channel.PacketOutput {
    private final CheckedGateway gateway;
    private final RandomGenerator random;
    private final double lossOnOne;
    private final double lossOnBoth;
    private final int mostBehind;
    private final List<Queue<ByteBuffer>> lines = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private boolean lossless;
    private long lostOnOne;
    private long lostOnBoth;

    /**
     * Lines in good order.
     *
     * @param lossOnOne  share of packets lost on one line
     * @param lossOnBoth share lost on both
     * @param mostBehind packets that a line is behind the other at most
     */
    SkewedLines(
            final CheckedGateway gateway, final RandomGenerator random, final double lossOnOne,
            final double lossOnBoth, final int mostBehind) {
        this.gateway = gateway;
        this.random = random;
        this.lossOnOne = lossOnOne;
        this.lossOnBoth = lossOnBoth;
        this.mostBehind = mostBehind;
    }

    @Override
    public void send(final long sequence, final ByteBuffer packet) {
        final ByteBuffer copy = ByteBuffer.allocateDirect(packet.remaining()).put(packet.duplicate()).flip();
        // What is lost before the first packet that arrives, no gateway can know of.
        final boolean mayBeLost = !lossless && sequence > 1;
        if (mayBeLost && random.nextDouble() < lossOnBoth) {
            lostOnBoth++;
        } else {
            final int lost = mayBeLost && random.nextDouble() < lossOnOne ? random.nextInt(lines.size()) : -1;
            lostOnOne += lost < 0 ? 0 : 1;
            for (int line = 0; line < lines.size(); line++) {
                if (line != lost) {
                    lines.get(line).add(copy);
                }
            }
        }
        for (final int line : random.nextBoolean() ? new int[] {0, 1} : new int[] {1, 0}) {
            deliver(line, mostBehind == 0 ? 0 : random.nextInt(mostBehind));
        }
    }

    /** Delivers what waits on a line until no more than so many packets do. */
    private void deliver(final int line, final int left) {
        final Queue<ByteBuffer> waiting = lines.get(line);
        while (waiting.size() > left) {
            gateway.onDatagram(waiting.remove(), line);
        }
    }

    /** From here on nothing is lost. */
    void heal() {
        lossless = true;
    }

    /** Delivers everything. */
    void drain() {
        deliver(0, 0);
        deliver(1, 0);
        gateway.end();
    }

    long lostOnOne() {
        return lostOnOne;
    }

    long lostOnBoth() {
        return lostOnBoth;
    }
}
