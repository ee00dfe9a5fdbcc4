package io.tickbridge.integration.exchange;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Two lines for each feed between exchange and gateway, on which things go wrong by seed: what arrives are whole Ethernet
 * frames, in the order of their arrival. Time is the exchange's, so nothing here waits.
 */
final class FaultyWire {
    private static final int LINES = 2;
    private static final long LATENCY = 20_000L; // ns
    private static final long JITTER = 2_000L;
    private static final long REORDERING = 40_000L;
    private static final int LONGEST_BURST = 40; // packets
    private static final int LONGEST_LAG = 60;

    private final Transport transport;
    private final RandomGenerator random;
    private final FrameOutput output;
    private final BiFunction<Feed, Integer, InetSocketAddress> groups;
    private final Line[][] lines = new Line[Feed.values().length][LINES];
    private final int[] burstOnBoth = new int[Feed.values().length];
    private final PriorityQueue<Arrival> onTheWay = new PriorityQueue<>(
            Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));
    private FaultPlan plan;
    private long sent;
    private long lostOnBoth;

    /** Takes what arrives. */
    @FunctionalInterface
    interface FrameOutput {
        /** One frame. */
        void onArrival(Arrival arrival);
    }

    /**
     * A frame that arrives.
     *
     * @param time   ns since the Unix epoch
     * @param number order among those that arrive at the same time
     * @param tag    what the sender called its packet
     * @param sound  whether the packet can be used: it is as it was sent, or a later version of the same
     */
    record Arrival(long time, long number, Feed feed, int line, long tag, boolean sound, byte[] frame) {
    }

    /** What a line does at the moment. */
    private static final class Line {
        private int burst;
        private int lagging;
        private long lag;
        /** Without reordering, a line keeps its packets in order. */
        private long latest;
    }

    FaultyWire(final FaultPlan plan, final Transport transport, final RandomGenerator random, final FrameOutput output) {
        this(plan, transport, random, output, Endpoint::of);
    }

    /** A wire whose lines have groups of their own. */
    FaultyWire(
            final FaultPlan plan, final Transport transport, final RandomGenerator random, final FrameOutput output,
            final BiFunction<Feed, Integer, InetSocketAddress> groups) {
        this.transport = transport;
        this.groups = groups;
        this.plan = plan;
        this.random = random;
        this.output = output;
        for (final Line[] feed : lines) {
            Arrays.setAll(feed, line -> new Line());
        }
    }

    /** From here on nothing goes wrong; what is on its way still may. */
    void heal() {
        follow(FaultPlan.NONE);
    }

    /** From here on other things go wrong; what has begun to, ends. */
    void follow(final FaultPlan another) {
        plan = another;
        Arrays.fill(burstOnBoth, 0);
        for (final Line[] feed : lines) {
            for (final Line line : feed) {
                line.burst = 0;
                line.lagging = 0;
            }
        }
    }

    /** Packets of the incremental feed that no line carried, corrupt ones apart. */
    long lostOnBoth() {
        return lostOnBoth;
    }

    /** Sends a packet on both lines of a feed. */
    void send(final Feed feed, final long tag, final byte[] packet, final long time) {
        final FaultPlan faults = plan.of(feed);
        final int place = feed.ordinal();
        if (burstOnBoth[place] == 0 && happens(faults.lossOnBoth())) {
            burstOnBoth[place] = happens(faults.bursts()) ? random.nextInt(2, LONGEST_BURST) : 1;
        }
        if (burstOnBoth[place] > 0) {
            burstOnBoth[place]--;
            lostOnBoth += feed == Feed.INCREMENTAL ? 1 : 0;
            return;
        }
        for (int number = 0; number < LINES; number++) {
            final Line line = lines[place][number];
            if (line.burst == 0 && happens(faults.lossOnOne())) {
                line.burst = happens(faults.bursts()) ? random.nextInt(2, LONGEST_BURST) : 1;
            }
            if (line.burst > 0) {
                line.burst--;
                continue;
            }
            carry(faults, feed, number, tag, packet, time);
        }
    }

    private void carry(
            final FaultPlan faults, final Feed feed, final int number, final long tag, final byte[] packet,
            final long time) {
        final Line line = lines[feed.ordinal()][number];
        if (line.lagging == 0 && happens(faults.lag())) {
            line.lagging = random.nextInt(1, LONGEST_LAG);
            line.lag = random.nextLong(faults.longestLag());
        }
        long arrival = time + LATENCY + random.nextLong(JITTER);
        if (line.lagging > 0) {
            line.lagging--;
            arrival += line.lag;
        }
        if (happens(faults.reordered())) {
            arrival += random.nextLong(REORDERING);
        } else {
            arrival = Math.max(arrival, line.latest + 1);
            line.latest = arrival;
        }
        final boolean damaged = happens(faults.damaged());
        byte[] payload = packet;
        if (damaged) {
            payload = transport.damaged(packet, random);
        } else if (happens(faults.extended())) {
            payload = transport.extended(packet, random);
        }
        byte[] frame = UdpFrame.of(groups.apply(feed, number), payload);
        boolean sound = !damaged;
        if (payload.length > 0 && happens(faults.badChecksums())) {
            frame[random.nextInt(UdpFrame.HEADERS, frame.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            sound = false;
        } else if (happens(faults.cut())) {
            frame = Arrays.copyOf(frame, random.nextInt(1, frame.length));
            sound = false;
        }
        onTheWay.add(new Arrival(arrival, sent++, feed, number, tag, sound, frame));
        if (happens(faults.duplicates())) {
            onTheWay.add(new Arrival(arrival + random.nextLong(REORDERING), sent++, feed, number, tag, sound, frame));
        }
    }

    /** A frame comes by another way than the lines, and unharmed. */
    void bring(final Feed feed, final int line, final long tag, final byte[] frame, final long time) {
        onTheWay.add(new Arrival(time, sent++, feed, line, tag, true, frame));
    }

    /** Delivers what arrives before this time. */
    void advance(final long time) {
        while (!onTheWay.isEmpty() && onTheWay.peek().time() < time) {
            output.onArrival(onTheWay.remove());
        }
    }

    /** Delivers everything. */
    void drain() {
        advance(Long.MAX_VALUE);
    }

    private boolean happens(final double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
