package io.tickbridge.gateway.capture.udp;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets and real multicast, on the loopback interface. Time only ever decides that a test has failed. */
class UdpMulticastSourceTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int PORT = 31_764;
    private static final Subscription A = new Subscription("239.192.31.1", PORT, "lo");
    private static final Subscription B = new Subscription("239.192.31.2", PORT, "lo");
    private static final Subscription NOT_JOINED = new Subscription("239.192.31.3", PORT, "lo");
    private static final FrameHandler IGNORE = (buffer, offset, length, receiveTime, port) -> { };

    private final MulticastSender sender = new MulticastSender();
    private long clock = 1_478_961_025_968_272_358L;

    @AfterEach
    void close() {
        sender.close();
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class)
    void receivesEachGroupInOrderAsWholeFrames(final Transport transport) {
        final FrameFilter filter = new FrameFilter(true, List.of("127.0.0.1"),
                List.of(UdpGroup.of(A.group(), PORT), UdpGroup.of(B.group(), PORT)));
        final int datagrams = 1_000;
        final int[] next = new int[2];
        try (UdpMulticastSource source = open(transport, 1 << 20, A, B)) {
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
            source.refreshCounts();
            assertEquals(0, source.counts().dropped());
            assertTrue(source.isLive());
            assertFalse(source.isExhausted());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void keepsWhatExceedsTheLimitForTheNextPoll(final Transport transport) {
        final List<Long> times = new ArrayList<>();
        try (UdpMulticastSource source = open(transport, 1 << 20, A)) {
            for (int i = 0; i < 5; i++) {
                sender.sendNumber(A, i);
            }
            final int[] got = new int[1];
            while (got[0] < 5) {
                clock++;
                final int handed = source.poll((buffer, offset, length, time, port) -> {
                    assertEquals(got[0]++, buffer.getInt(offset + FrameHeader.LENGTH, BIG_ENDIAN));
                    times.add(time);
                }, 1);
                assertTrue(handed <= 1);
            }
        }
        // Frames of one burst share its time, however many polls it takes to hand them over.
        final int batch = DatagramTransport.valueOf(transport.name()).batch();
        assertEquals((5 + batch - 1) / batch, times.stream().distinct().count());
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void receivesEverySizeThatFitsAndCountsWhatDoesNot(final Transport transport) {
        final List<byte[]> received = new ArrayList<>();
        final int[] lengths = {1, 0, 1_472, 8_972, DatagramTransport.SLOT - 1, DatagramTransport.SLOT, 20_000, 2};
        try (UdpMulticastSource source = open(transport, 1 << 20, A)) {
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
            if (length < DatagramTransport.SLOT) {
                assertArrayEquals(payload(length), received.get(next++));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void countsWhatTheKernelDropped(final Transport transport) {
        final int datagrams = 2_000;
        try (UdpMulticastSource source = open(transport, 1 << 16, A, B)) {
            for (int i = 0; i < datagrams; i++) {
                sender.send(i % 2 == 0 ? A : B, payload(1_000));
            }
            source.refreshCounts();
            final long dropped = source.counts().dropped();
            assertTrue(dropped > 0, "nothing was dropped");
            pollUntil(source, 100, () -> source.counts().received() == datagrams - dropped, IGNORE);
            assertEquals(0, source.poll(IGNORE, 100));
            source.refreshCounts();
            assertEquals(dropped, source.counts().dropped());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void isPolledByAnotherThreadThanOpenedIt(final Transport transport) {
        final UdpMulticastSource source = openOnly(transport, 1 << 20, A);
        final int received = CompletableFuture.supplyAsync(() -> {
            assertEquals(0, source.poll(IGNORE, 10));
            sender.sendNumber(A, 1);
            pollUntil(source, 10, () -> source.counts().received() == 1, IGNORE);
            source.close();
            return source.poll(IGNORE, 10);
        }).join();
        assertEquals(0, received);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void isClosedByTheThreadThatPolls(final Transport transport) {
        final UdpMulticastSource source = openOnly(transport, 1 << 20, A);
        final ExecutorService owner = Executors.newSingleThreadExecutor();
        CompletableFuture.runAsync(source::join, owner).join();
        assertThrows(IllegalStateException.class, source::close);
        CompletableFuture.runAsync(source::close, owner).join();
        source.close();
        assertEquals(0, source.poll(IGNORE, 1));
        owner.shutdown();
    }

    @Test
    void namesTheInterfaceThatIsMissing() {
        final Subscription missing = new Subscription("239.192.31.1", PORT, "eth99");
        for (final Transport transport : Transport.values()) {
            final CaptureException e =
                    assertThrows(CaptureException.class, () -> openOnly(transport, 0, A, missing));
            assertTrue(e.getMessage().matches("cannot join 239.192.31.1:31764 on eth99 \\(.*\\): "
                    + "no such interface; there are .*\\blo\\b.*"), e.getMessage());
        }
    }

    @Test
    void refusesNothingAndTheSameGroupTwice() {
        assertThrows(IllegalArgumentException.class, () -> openOnly(Transport.NIO, 0));
        assertThrows(IllegalArgumentException.class, () -> openOnly(Transport.NIO, 0, A, A));
        try (UdpMulticastSource source = openOnly(Transport.NIO, 0, A)) {
            assertEquals("UDP multicast through nio: 239.192.31.1:31764 on lo", source.describe());
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

    private UdpMulticastSource open(final Transport transport, final int receiveBuffer, final Subscription... groups) {
        final UdpMulticastSource source = openOnly(transport, receiveBuffer, groups);
        source.join();
        return source;
    }

    private UdpMulticastSource openOnly(
            final Transport transport, final int receiveBuffer, final Subscription... groups) {
        if (transport != Transport.AUTO) {
            final Optional<String> obstacle = DatagramTransport.valueOf(transport.name()).obstacle();
            assumeTrue(obstacle.isEmpty(), () -> "skipped: " + transport + ": " + obstacle);
        }
        return UdpMulticastSource.open(List.of(groups), transport, receiveBuffer, () -> clock);
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
