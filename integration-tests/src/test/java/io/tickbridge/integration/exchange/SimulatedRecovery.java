package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotFault;
import io.tickbridge.gateway.feed.nasdaq.Glimpse;
import io.tickbridge.gateway.feed.nasdaq.MoldGapFill;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Re-requests and snapshots in the exchange's time, without threads or sockets: the gateway's bytes go to the simulated
 * servers, which fail in every way by seed, and what comes back arrives later as frames of the recovery and snapshot lines.
 */
final class SimulatedRecovery implements GapWatch {
    private static final InetSocketAddress RECOVERY = line(RecoveryLine.PORT);
    private static final InetSocketAddress SNAPSHOT = line(RecoveryLine.SNAPSHOT_PORT);
    private static final long WAY = 50_000L; // ns there and back, at least
    private static final long TOO_LATE = 30_000_000L;
    private static final long BETWEEN = 30_000L; // at most between two datagrams of an answer
    private static final long PAUSE = 500_000L;

    private final MoldGapFill fill = new MoldGapFill();
    private final Glimpse glimpse = new Glimpse(GlimpseLogin.USERNAME, GlimpseLogin.PASSWORD);
    private final MoldRequests requests;
    private final GlimpseLogin logins;
    private final RandomGenerator random;
    private final LongSupplier exchangeTime;
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[64]);
    private final PriorityQueue<Arrival> onTheWay = new PriorityQueue<>(
            Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));
    private final NasdaqChannel channel;
    private long cutEvents;
    private long number;
    /** When the frame came that the gateway looks at. */
    private long now;
    /** On some days no hole is filled. */
    private final boolean neverFills;
    private boolean healed;
    private boolean wanted;
    private long stream;
    private long session;
    private long nextAttempt;
    private final Map<SnapshotFault, Long> faults = new EnumMap<>(SnapshotFault.class);
    private long overdue;
    private long snapshots;
    /** One snapshot's datagrams come behind those of the one before, as through a queue. */
    private long latestOfSnapshots;

    /** A frame for the gateway. */
    record Arrival(long time, long number, boolean isSnapshot, byte[] frame) {
    }

    SimulatedRecovery(final NasdaqChannel channel, final RandomGenerator random, final LongSupplier exchangeTime) {
        this.channel = channel;
        this.requests = new MoldRequests(channel);
        this.logins = new GlimpseLogin(channel);
        this.random = random;
        this.exchangeTime = exchangeTime;
        this.neverFills = random.nextInt(3) == 0;
    }

    private static InetSocketAddress line(final int port) {
        final int address = RecoveryLine.address(0);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array()), port);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Servers do as specified from now on. */
    void heal() {
        healed = true;
    }

    /** Snapshots that were handed over whole. */
    long snapshots() {
        return snapshots;
    }

    /** Re-sent answers that ended in the midst of an event. */
    long cutEvents() {
        return cutEvents;
    }

    private void countCut(final byte[] answer, final long ofStream, final long ofSession) {
        final byte[] name = ByteBuffer.allocate(10).putLong(ofSession).putShort((short) ofStream).array();
        final List<byte[]> messages = channel.messages(new String(name, StandardCharsets.US_ASCII).stripTrailing());
        final long next = answer.length < 20 ? 0
                : ByteBuffer.wrap(answer).getLong(10) + ByteBuffer.wrap(answer).getShort(18);
        if (next > 1 && next <= messages.size() && MoldRequests.isSplit(messages, (int) next - 1)) {
            cutEvents++;
        }
    }

    /** What arrives before this time; null when nothing does. */
    Arrival next(final long before) {
        return onTheWay.isEmpty() || onTheWay.peek().time() >= before ? null : onTheWay.remove();
    }

    /** The gateway looks at a frame that arrived then. */
    void at(final long time) {
        now = time;
    }

    @Override
    public void onMissing(final long ofStream, final long ofSession, final long from, final long to) {
        if (neverFills && !healed) {
            return;
        }
        long time = now + WAY + random.nextLong(random.nextInt(8) == 0 && !healed ? TOO_LATE : 4 * WAY);
        long next = from;
        for (int server = 0; server < 3 && next <= to; server++) {
            final MoldRequests.Manner manner = healed || random.nextInt(3) > 0 ? MoldRequests.Manner.GOOD
                    : MoldRequests.Manner.values()[random.nextInt(MoldRequests.Manner.values().length)];
            long before;
            do {
                before = next;
                final long last = Math.min(to, next + fill.mostByDatagram() - 1);
                final int length = fill.request(request, ofStream, ofSession, next, last);
                final byte[] answer = requests.answer(ByteBuffer.wrap(request.byteArray(), 0, length).slice(), manner);
                time += 1 + random.nextLong(BETWEEN);
                final long arrival = time;
                final long result = answer.length == 0 ? GapFill.REFUSED : fill.answer(new UnsafeBuffer(answer), answer.length,
                        ofStream, ofSession, next, last, (buffer, bytes) -> onTheWay.add(arrival(arrival, false, buffer, bytes)));
                next = result == GapFill.REFUSED ? next : result;
                if (result != GapFill.REFUSED) {
                    countCut(answer, ofStream, ofSession);
                }
            } while (next > before && next <= to);
        }
    }

    @Override
    public void onSnapshotWanted(final long ofStream, final long ofSession) {
        wanted = true;
        stream = ofStream;
        session = ofSession;
        nextAttempt = exchangeTime.getAsLong() + random.nextLong(PAUSE);
        breakOff();
    }

    @Override
    public void onSnapshotUnusable(final SnapshotFault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    @Override
    public void onSnapshotOverdue() {
        overdue++;
        wanted = true;
    }

    /** Snapshots that the gateway could make no use of, by why. */
    Map<SnapshotFault, Long> faults() {
        return faults;
    }

    /** Times that the gateway missed the rest of a snapshot. */
    long overdue() {
        return overdue;
    }

    @Override
    public void onSnapshotSettled() {
        wanted = false;
        breakOff();
    }

    /** What is on its way already may still arrive, or may not. */
    private void breakOff() {
        if (random.nextBoolean()) {
            onTheWay.removeIf(Arrival::isSnapshot);
        }
    }

    /** Asks for a snapshot when it is time. */
    void step() {
        if (!wanted || exchangeTime.getAsLong() < nextAttempt) {
            return;
        }
        final GlimpseLogin.Manner manner = healed || random.nextBoolean() ? GlimpseLogin.Manner.GOOD
                : GlimpseLogin.Manner.values()[random.nextInt(GlimpseLogin.Manner.values().length)];
        final long start = exchangeTime.getAsLong();
        final long[] time = {Math.max(start + WAY, latestOfSnapshots)};
        // On its way to the gateway the beginning may be lost, or the end, or all of it.
        final int lost = healed ? 0 : random.nextInt(8);
        final List<Arrival> frames = new ArrayList<>();
        final int length = glimpse.login(request, stream, session);
        final List<byte[]> packets = logins.answer(ByteBuffer.wrap(request.byteArray(), 0, length).slice(), manner, start);
        try {
            for (final byte[] packet : packets) {
                final boolean complete = glimpse.onPacket(new UnsafeBuffer(packet), packet.length, (buffer, bytes) -> {
                    time[0] += 1 + random.nextLong(BETWEEN);
                    latestOfSnapshots = time[0];
                    frames.add(arrival(time[0], true, buffer, bytes));
                });
                if (complete) {
                    wanted = false;
                    snapshots++;
                    onTheWay.addAll(frames.subList(lost == 1 ? 1 : lost == 2 ? frames.size() : 0,
                            frames.size() - (lost == 3 ? 1 : 0)));
                    return;
                }
            }
        } catch (final ProtocolException e) {
            // As if the connection had been closed.
        }
        onTheWay.addAll(frames);
        nextAttempt = time[0] + random.nextLong(PAUSE);
    }

    private Arrival arrival(final long time, final boolean isSnapshot, final DirectBuffer buffer, final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(0, payload);
        return new Arrival(time, number++, isSnapshot, UdpFrame.of(isSnapshot ? SNAPSHOT : RECOVERY, payload));
    }
}
