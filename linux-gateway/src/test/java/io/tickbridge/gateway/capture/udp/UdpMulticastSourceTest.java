package io.tickbridge.gateway.capture.udp;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets and real multicast, on the loopback interface. Time only ever decides that a test has failed. */
class UdpMulticastSourceTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int PORT = 31_764;
    private static final Subscription A = new Subscription("239.192.31.1", PORT, "lo");
    private static final Subscription B = new Subscription("239.192.31.2", PORT, "lo");
    private static final Subscription NOT_JOINED = new Subscription("239.192.31.3", PORT, "lo");
    private static final UdpSettings SETTINGS = new UdpSettings(1 << 20, ReceiveTimestamps.BURST, 0);
    private static final FrameHandler IGNORE = (buffer, offset, length, receiveTime, port) -> { };

    private final MulticastSender sender = new MulticastSender();
    private long clock = 1_478_961_025_968_272_358L;

    @AfterEach
    void close() {
        sender.close();
    }

    /** A µs of polling the NIC makes it ask each socket instead of asking which are ready. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void receivesEachGroupInOrderAsWholeFrames(final int busyPoll) {
        final FrameFilter filter = new FrameFilter(true, List.of("127.0.0.1"),
                List.of(UdpGroup.of(A.group(), PORT), UdpGroup.of(B.group(), PORT)));
        final int datagrams = 1_000;
        final int[] next = new int[2];
        try (UdpMulticastSource source = open(new UdpSettings(1 << 20, ReceiveTimestamps.BURST, busyPoll), A, B)) {
            for (int sent = 0; sent < datagrams;) {
                for (final int burst = sent + 100; sent < burst; sent++) {
                    sender.sendNumber(A, sent);
                    sender.sendNumber(NOT_JOINED, -1);
                    sender.sendNumber(B, sent);
                }
                final int all = sent;
                pollUntil(source, 7, () -> next[0] == all && next[1] == all, (buffer, offset, length, time, port) -> {
                    final int group = filter.accept(buffer, offset, length);
                    assertTrue(group >= 0, "a rebuilt frame that the filter refuses");
                    assertEquals(next[group]++, buffer.getInt(filter.payloadOffset(), BIG_ENDIAN));
                    assertEquals(Integer.BYTES, filter.payloadLength());
                    assertEquals(sender.port(), buffer.getShort(offset + 34, BIG_ENDIAN) & 0xffff);
                    assertEquals(0x01005E40_1F01L + group, buffer.getLong(offset, BIG_ENDIAN) >>> 16);
                    assertEquals(clock, time);
                    assertEquals(0, port);
                });
            }
            assertEquals(2 * datagrams, source.counts().received());
            assertEquals(0, dropped(source));
            assertEquals(TimestampSource.BURST, source.timestampSource());
            assertTrue(source.isLive());
            assertFalse(source.isExhausted());
        }
    }

    /** Many groups: what came first is handed over first, as the kernel lists the sockets that became ready. */
    @Test
    void handsManyGroupsOverInTheOrderInWhichTheyBecameReady() {
        final List<Subscription> groups = IntStream.range(0, 40)
                .mapToObj(i -> new Subscription("239.192.32." + i, PORT, "lo")).toList();
        final List<Integer> order = IntStream.range(0, 40).mapToObj(i -> i * 17 % 40).toList();
        final List<Integer> received = new ArrayList<>();
        try (UdpMulticastSource source = open(SETTINGS, groups.toArray(Subscription[]::new))) {
            order.forEach(group -> sender.sendNumber(groups.get(group), group));
            pollUntil(source, 64, () -> received.size() == 40, (buffer, offset, length, time, port) ->
                    received.add(buffer.getInt(offset + FrameHeader.LENGTH, BIG_ENDIAN)));
        }
        assertEquals(order, received);
    }

    /** A µs of polling the NIC makes it ask each socket instead of asking which are ready. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noBusyGroupKeepsAnotherWaiting(final int busyPoll) {
        final List<Subscription> groups = List.of(A, B, NOT_JOINED);
        final StringBuilder order = new StringBuilder();
        try (UdpMulticastSource source = open(
                new UdpSettings(1 << 20, ReceiveTimestamps.BURST, busyPoll), groups.toArray(Subscription[]::new))) {
            for (int group = 0; group < groups.size(); group++) {
                for (int i = 0; i < 40; i++) {
                    sender.sendNumber(groups.get(group), group);
                }
            }
            for (int poll = 0; poll < 9; poll++) {
                assertEquals(4, source.poll((buffer, offset, length, time, port) ->
                        order.append((char) ('A' + buffer.getInt(offset + FrameHeader.LENGTH, BIG_ENDIAN))), 4));
            }
        }
        assertEquals("AAAABBBBCCCC".repeat(3), order.toString());
    }

    /** Another socket of this machine that joined a group must not bring it to one that did not. */
    @Test
    void hearsNothingThatOthersJoined() {
        try (UdpMulticastSource other = open(SETTINGS, NOT_JOINED);
                UdpMulticastSource source = open(SETTINGS, A)) {
            sender.sendNumber(NOT_JOINED, 1);
            sender.sendNumber(A, 2);
            pollUntil(source, 10, () -> source.counts().received() == 1, (buffer, offset, length, time, port) ->
                    assertEquals(2, buffer.getInt(offset + FrameHeader.LENGTH, BIG_ENDIAN)));
            assertEquals(0, source.poll(IGNORE, 10));
            pollUntil(other, 10, () -> other.counts().received() == 1, IGNORE);
        }
    }

    @Test
    void leavesWhatExceedsTheLimitForTheNextPoll() {
        final List<Long> times = new ArrayList<>();
        try (UdpMulticastSource source = open(SETTINGS, A)) {
            for (int i = 0; i < 5; i++) {
                sender.sendNumber(A, i);
            }
            final int[] got = new int[1];
            while (got[0] < 5) {
                clock++;
                final int handed = source.poll((buffer, offset, length, time, port) -> {
                    assertEquals(got[0]++, buffer.getInt(offset + FrameHeader.LENGTH, BIG_ENDIAN));
                    times.add(time);
                }, 2);
                assertTrue(handed <= 2);
            }
        }
        // Frames that came with one call share its time.
        assertEquals(List.of(1L, 1L, 2L, 2L, 3L), times.stream().map(time -> time - clock + 3).toList());
    }

    @Test
    void countsBurstsAndEmptyPolls() {
        try (UdpMulticastSource source = open(SETTINGS, A)) {
            assertEquals(0, source.poll(IGNORE, 10));
            sender.sendNumber(A, 1);
            sender.sendNumber(A, 2);
            pollUntil(source, 10, () -> source.counts().received() == 2, IGNORE);
            assertEquals(1, source.counts().bursts());
            assertEquals(1, source.counts().emptyPolls());
        }
    }

    @Test
    void receivesEverySizeThatFitsAndCountsWhatDoesNot() {
        final List<byte[]> received = new ArrayList<>();
        final int most = DatagramBatch.LARGEST_PAYLOAD;
        final int[] lengths = {1, 0, 1_472, 8_972, most, most + 1, 20_000, 2};
        try (UdpMulticastSource source = open(SETTINGS, A)) {
            for (final int length : lengths) {
                sender.send(A, payload(length));
            }
            pollUntil(source, 100, () -> received.size() == 6, (buffer, offset, length, time, port) -> {
                final byte[] payload = new byte[length - FrameHeader.LENGTH];
                buffer.getBytes(offset + FrameHeader.LENGTH, payload);
                received.add(payload);
            });
            assertEquals(2, source.counts().truncated());
            assertEquals(6, source.counts().received());
        }
        int next = 0;
        for (final int length : lengths) {
            if (length <= most) {
                assertArrayEquals(payload(length), received.get(next++));
            }
        }
    }

    @Test
    void countsWhatItTookAlthoughTheHandlerThrows() {
        try (UdpMulticastSource source = open(SETTINGS, A)) {
            for (int i = 0; i < 5; i++) {
                sender.sendNumber(A, i);
            }
            assertThrows(IllegalStateException.class, () -> pollUntil(source, 10, () -> false, (b, o, l, t, p) -> {
                throw new IllegalStateException();
            }));
            assertEquals(5, source.counts().received());
        }
    }

    @Test
    void countsWhatTheKernelDropped() {
        final int datagrams = 2_000;
        try (UdpMulticastSource source = open(new UdpSettings(1 << 16, ReceiveTimestamps.BURST, 0), A, B)) {
            for (int i = 0; i < datagrams; i++) {
                sender.send(i % 2 == 0 ? A : B, payload(1_000));
            }
            final long dropped = dropped(source);
            assertTrue(dropped > 0, "nothing was dropped");
            pollUntil(source, 100, () -> source.counts().received() == datagrams - dropped, IGNORE);
            assertEquals(0, source.poll(IGNORE, 100));
            assertEquals(dropped, dropped(source));
        }
    }

    /** What a datagram tells of drops before it is what the kernel answers when it is asked. */
    @Test
    void isToldOfDropsByTheDatagramsBehindThem() {
        try (GroupSocket socket = GroupSocket.open(A, 0, new UdpSettings(1 << 16, ReceiveTimestamps.BURST, 0))) {
            final DatagramBatch batch = new DatagramBatch(ReceiveTimestamps.BURST, () -> clock,
                    new SourceCounts(), 0);
            for (int i = 0; i < 1_000; i++) {
                sender.send(A, payload(1_000));
            }
            assertEquals(0, socket.toldDrops());
            int received = 0;
            for (int brought = 1; brought > 0;) {
                brought = batch.receive(socket, IGNORE, 64);
                received += brought;
            }
            sender.sendNumber(A, 1);
            assertEquals(1, batch.receive(socket, IGNORE, 64));
            assertEquals(1_000 - received, socket.toldDrops());
            assertEquals(1_000 - received, socket.drops());
        }
    }

    @ParameterizedTest
    @EnumSource(value = ReceiveTimestamps.class, names = "BURST", mode = EnumSource.Mode.EXCLUDE)
    void takesTheKernelsTimesAndSaysWhenTheyStandInForTheNics(final ReceiveTimestamps wanted) {
        final long[] time = new long[1];
        try (UdpMulticastSource source = open(new UdpSettings(1 << 20, wanted, 0), A, B)) {
            final long start = System.nanoTime();
            boolean between = false;
            // The kernel begins to take times a little after it was asked to.
            while (!between) {
                final long before = now();
                sender.sendNumber(source.counts().received() % 2 == 0 ? A : B, 1);
                final long after = now();
                final long all = source.counts().received() + 1;
                pollUntil(source, 10, () -> source.counts().received() == all,
                        (buffer, offset, length, received, port) -> time[0] = received);
                between = before <= time[0] && time[0] <= after;
                assertTrue(System.nanoTime() - start < PATIENCE, () -> before + " " + time[0] + " " + after);
            }
            // Loopback is no NIC.
            assertEquals(TimestampSource.KERNEL, source.timestampSource());
            final int figure = source.counts().figures().stream().map(SourceFigure::name).toList().indexOf("fallback-times");
            assertEquals(wanted == ReceiveTimestamps.NIC ? source.counts().received() : 0, source.counts().total(figure));
        }
    }

    @ParameterizedTest
    @EnumSource(ReceiveTimestamps.class)
    void allocatesNothing(final ReceiveTimestamps timestamps) {
        final int round = 2_000;
        final byte[] payload = payload(300);
        try (UdpMulticastSource source = open(new UdpSettings(8 << 20, timestamps, 0), A, B)) {
            SteadyAllocation.assertNoneIn(() -> sendAside(round, payload), () -> {
                final long wanted = source.counts().received() + round;
                while (source.counts().received() < wanted) {
                    source.poll(IGNORE, 64);
                }
                for (int i = 0; i < round; i++) {
                    source.poll(IGNORE, 64);
                }
            });
            assertEquals(0, dropped(source));
        }
    }

    private void sendAside(final int datagrams, final byte[] payload) {
        for (int i = 0; i < datagrams; i++) {
            sender.send(i % 2 == 0 ? A : B, payload);
        }
    }

    @Test
    void isPolledByAnotherThreadThanOpenedIt() {
        final UdpMulticastSource source = open(SETTINGS, A);
        final int received = CompletableFuture.supplyAsync(() -> {
            assertEquals(0, source.poll(IGNORE, 10));
            sender.sendNumber(A, 1);
            pollUntil(source, 10, () -> source.counts().received() == 1, IGNORE);
            source.close();
            return source.poll(IGNORE, 10);
        }).join();
        assertEquals(0, received);
    }

    @Test
    void isClosedByTheThreadThatPolls() {
        final UdpMulticastSource source = open(SETTINGS, A);
        final ExecutorService owner = Executors.newSingleThreadExecutor();
        CompletableFuture.runAsync(() -> source.poll(IGNORE, 1), owner).join();
        assertThrows(IllegalStateException.class, source::close);
        CompletableFuture.runAsync(source::close, owner).join();
        CompletableFuture.runAsync(source::close, owner).join();
        assertEquals(0, source.poll(IGNORE, 1));
        source.refreshCounts();
        owner.shutdown();
    }

    @Test
    void namesTheInterfaceThatIsMissing() {
        final Subscription missing = new Subscription("239.192.31.1", PORT, "eth99");
        final CaptureException e = assertThrows(CaptureException.class, () -> open(SETTINGS, A, missing));
        assertTrue(e.getMessage().matches("cannot join 239.192.31.1:31764 on eth99: "
                + "no such interface; there are .*\\blo\\b.*"), e.getMessage());
    }

    @Test
    void refusesNothingAndTheSameGroupTwice() {
        assertThrows(IllegalArgumentException.class, () -> open(SETTINGS));
        assertThrows(IllegalArgumentException.class, () -> open(SETTINGS, A, A));
        try (UdpMulticastSource source = open(new UdpSettings(0, ReceiveTimestamps.BURST, 0), A)) {
            assertEquals("UDP multicast: 239.192.31.1:31764 on lo", source.describe());
        }
    }

    @Test
    void refusesSubscriptionsThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new Subscription("10.0.0.1", PORT, "lo"));
        assertThrows(IllegalArgumentException.class, () -> new Subscription("239.0.0.256", PORT, "lo"));
        assertThrows(IllegalArgumentException.class, () -> new Subscription("some.host", PORT, "lo"));
        assertThrows(IllegalArgumentException.class, () -> new Subscription("239.0.0.1", 0, "lo"));
        assertThrows(IllegalArgumentException.class, () -> new Subscription("239.0.0.1", PORT, null));
    }

    private UdpMulticastSource open(final UdpSettings settings, final Subscription... groups) {
        return UdpMulticastSource.open(List.of(groups), settings, () -> clock);
    }

    private static long dropped(final UdpMulticastSource source) {
        source.refreshCounts();
        return source.counts().dropped();
    }

    private static long now() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private static void pollUntil(
            final UdpMulticastSource source, final int limit, final BooleanSupplier done, final FrameHandler handler) {
        final long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertTrue(source.poll(handler, limit) <= limit);
            assertTrue(System.nanoTime() - start < PATIENCE,
                    () -> "still waiting; received " + source.counts().received());
        }
    }

    private static byte[] payload(final int length) {
        final byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (length + 3 * i);
        }
        return payload;
    }
}
