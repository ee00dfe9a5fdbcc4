package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * IEX's gap fill servers and the way to them, in memory and by seed: on some days nobody answers, on the others most
 * requests are answered after a while, whole or in part, by UDP or TCP, in time or too late. What they send goes through the
 * gateway's own reading of answers.
 */
final class IexAnswers implements GapWatch {
    private static final int LINE = 2;
    private static final int MOST_BY_UDP = 1_000;
    private static final long SHORTEST = 20_000L; // ns for an answer
    private static final long LONGEST = 15_000_000L; // longer than segments are waited for

    private final FaultyWire wire;
    private final RandomGenerator random;
    private final Supplier<IexSession> session;
    private final GapFill gapFill;
    private final boolean answers;
    private final InetSocketAddress line;
    private long now;

    IexAnswers(
            final FaultyWire wire, final RandomGenerator random, final boolean answers, final GapFill gapFill,
            final Supplier<IexSession> session) {
        this.wire = wire;
        this.random = random;
        this.gapFill = gapFill;
        this.session = session;
        this.answers = answers;
        try {
            line = new InetSocketAddress(InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(RecoveryLine.address(0)).array()), RecoveryLine.PORT);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** It is this time where the gateway is. */
    void now(final long time) {
        now = time;
    }

    @Override
    public void onMissing(final long stream, final long session, final long from, final long to) {
        if (!answers || (int) session != this.session.get().number() || random.nextInt(6) == 0) {
            return;
        }
        final long last = random.nextInt(6) == 0 ? from + (to - from) / 2 : to;
        final long arrival = now + SHORTEST + (random.nextInt(8) == 0 ? random.nextLong(LONGEST) : random.nextLong(SHORTEST));
        final List<byte[]> segments = this.session.get().again(
                (int) from, (int) last, random.nextBoolean() ? MOST_BY_UDP : 1 + random.nextInt(5), now);
        long next = from;
        for (final byte[] segment : segments) {
            next = gapFill.answer(new UnsafeBuffer(segment), segment.length, stream, session, next, to, (buffer, length) -> {
                final byte[] bytes = new byte[length];
                buffer.getBytes(0, bytes);
                wire.bring(Feed.INCREMENTAL, LINE, 0, UdpFrame.of(line, bytes), arrival);
            });
        }
    }
}
