package io.tickbridge.gateway.capture.efvi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.capture.burst.BurstSettings;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole ef_vi backend, over an emulated NIC on a real network interface of the kernel's. */
class EfViReceiveTest {
    private static final String GROUP = WireFrames.GROUP + ':' + WireFrames.PORT;
    private static final String[] CME_LINES = {"224.0.31.64:14340", "224.0.32.64:15340"};

    @TempDir
    private static Path directory;

    /** The shapes in which a NIC tells of frames. */
    enum Shape {
        SINGLE("efvi:", false),
        MERGED("efvi:", true),
        MERGED_UNASKED("efvi:forced-merge=1", false),
        MERGED_BY_FRAMES("efvi:packets-events=1", true),
        BY_REFERENCE("efvi:arch=x3", false);

        private final String alias;
        private final boolean merge;

        Shape(final String alias, final boolean merge) {
            this.alias = alias;
            this.merge = merge;
        }

        EmulatedNic nic() {
            return new EmulatedNic(directory, alias);
        }

        BurstSettings settings(final EmulatedNic nic, final String... groups) {
            return nic.settings(groups).with("event-merge", merge).with("huge-pages", "never");
        }
    }

    @BeforeAll
    static void build() {
        EmulatedNic.useLibrary(directory);
    }

    @AfterAll
    static void forget() {
        System.clearProperty("tickbridge.native");
    }

    private static List<Long> numbers(final long first, final int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    /** 10,000 frames wait on the wire before the first poll: many times what the ring holds. */
    @ParameterizedTest
    @EnumSource
    void handsOverTheCmeCaptureByteForByte(final Shape shape) {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final Received wanted = new Received();
        try (PacketSource file = CaptureFiles.open(capture, 0)) {
            while (!file.isExhausted()) {
                file.poll(wanted, 64);
            }
        }
        assertEquals(10_000, wanted.frames.size());
        try (EmulatedNic nic = shape.nic();
                BurstSource source = nic.open(shape.settings(nic, CME_LINES).with("rx-ring", 512).with("refill-batch", 64))) {
            nic.play(capture);
            final Received received = Received.of(source, wanted.frames.size());
            assertEquals(wanted.frames.size(), received.frames.size());
            for (int i = 0; i < wanted.frames.size(); i++) {
                assertArrayEquals(wanted.frames.get(i), received.frames.get(i), "frame " + i);
            }
            assertEquals(Map.of(), Received.counts(source));
        }
    }

    /** A burst of one, an odd one, and the most there can be, each with frames left over for the next. */
    @ParameterizedTest
    @EnumSource
    void keepsToTheLimitOfABurst(final Shape shape) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            int first = 0;
            for (final int limit : new int[] {1, 7, 4096}) {
                nic.play(new WireFrames().datagrams(first, 500));
                final Received received = new Received();
                while (received.frames.size() < 500) {
                    assertTrue(source.poll(received, limit) <= limit);
                }
                assertEquals(numbers(first, 500), received.numbers());
                first += 500;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothing(final Shape shape) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().datagrams(0, 11_000));
            final long[] sum = new long[1];
            final FrameHandler handler = (buffer, offset, length, time, port) -> sum[0] += buffer.getByte(offset + length - 1);
            final long[] frames = new long[1];
            SteadyAllocation.assertNoneIn(() -> {
                for (long end = frames[0] + 1000; frames[0] < end;) {
                    frames[0] += source.poll(handler, 64);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, checksum, refused.checksum-bad", "SINGLE, crc, refused.crc-bad",
        "SINGLE, multicast, refused.multicast-mismatch", "SINGLE, truncated, lost.cut-short",
        "SINGLE, rights, lost.buffer-rights", "SINGLE, event, lost.event-lost", "SINGLE, other, refused.other",
        "SINGLE, inner, refused.inner-checksum-bad",
        "MERGED, checksum, refused.checksum-bad", "MERGED, crc, refused.crc-bad", "MERGED, truncated, lost.cut-short",
        "MERGED_BY_FRAMES, crc, refused.crc-bad",
        "BY_REFERENCE, checksum, refused.checksum-bad", "BY_REFERENCE, crc, refused.crc-bad",
        "BY_REFERENCE, length, refused.length-bad", "BY_REFERENCE, inner, refused.inner-checksum-bad",
        "BY_REFERENCE, other, refused.other",
    })
    void countsADiscardUnderItsReasonAndGoesOn(final Shape shape, final String discard, final String counted) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().datagrams(0, 3).control("discard=" + discard).datagram(99).datagrams(3, 2000));
            assertEquals(numbers(0, 2003), Received.of(source, 2003).numbers());
            assertEquals(Map.of(counted, 1L), Received.counts(source));
        }
    }

    /** Not told to the NIC: it finds it out. */
    @ParameterizedTest
    @EnumSource
    void handsOverNothingWithABadChecksum(final Shape shape) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            final byte[] payload = WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 99, 64);
            payload[payload.length - 1] ^= 1;
            final byte[] header = WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 99, 64);
            header[22] ^= 1;
            nic.play(new WireFrames().datagram(0).with(payload).datagram(1).with(header).datagram(2));
            assertEquals(numbers(0, 3), Received.of(source, 3).numbers());
            assertEquals(Map.of("refused.checksum-bad", 2L), Received.counts(source));
        }
    }

    /** Where the configuration does not check, the NIC must not either: a recorded feed may have wrong checksums. */
    @ParameterizedTest
    @EnumSource
    void handsOverABadChecksumWhereNobodyChecks(final Shape shape) {
        final byte[] payload = WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 99, 64);
        payload[payload.length - 1] ^= 1;
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP).with("checksums", false))) {
            nic.play(new WireFrames().with(payload).datagram(0));
            assertEquals(List.of(99L, 0L), Received.of(source, 2).numbers());
            assertEquals(Map.of(), Received.counts(source));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "MERGED", "MERGED_BY_FRAMES"})
    void countsAFrameThatNeedsSeveralBuffersOnceAndGivesAllOfThemBack(final Shape shape) {
        final WireFrames frames = new WireFrames();
        final int rounds = 400; // five buffers each: the ring would run dry if one stayed behind
        for (int i = 0; i < rounds; i++) {
            frames.datagram(i).with(WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 99, 8000));
        }
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP).with("rx-ring", 512))) {
            nic.play(frames);
            assertEquals(numbers(0, rounds), Received.of(source, rounds).numbers());
            assertEquals(Map.of("lost.larger-than-buffer", (long) rounds), Received.counts(source));
        }
    }

    @Test
    void countsAFrameThatAnX3CannotHold() {
        try (EmulatedNic nic = Shape.BY_REFERENCE.nic(); BurstSource source = nic.open(nic.settings(GROUP))) {
            nic.play(new WireFrames().with(WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 99, 4000)).datagram(0));
            assertEquals(numbers(0, 1), Received.of(source, 1).numbers());
            assertEquals(Map.of("refused.length-bad", 1L), Received.counts(source));
        }
    }

    /**
     * Every frame is delivered or counted, and the NIC works on when there are buffers again. Its count was not 0 when we
     * came, and goes round on the way.
     */
    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "MERGED", "MERGED_BY_FRAMES"})
    void countsWhatTheNicDroppedForWantOfDescriptors(final Shape shape) {
        try (EmulatedNic nic = new EmulatedNic(directory, shape.alias + ",lossy=1,drops-before=-3");
                BurstSource source = nic.open(shape.settings(nic, GROUP).with("rx-ring", 512).with("refill-batch", 16))) {
            nic.play(new WireFrames().datagrams(0, 2000));
            final Received received = new Received();
            long lost = 0;
            for (final long end = System.nanoTime() + 30_000_000_000L;
                    received.frames.size() + lost < 2000 && System.nanoTime() < end;) {
                source.poll(received, 64);
                lost = Received.counts(source).getOrDefault("lost.no-descriptors", 0L);
            }
            assertEquals(2000, received.frames.size() + lost, () -> "of " + received.frames.size() + " received");
            assertTrue(lost > 0);
            assertEquals(lost, source.counts().dropped());
            assertEquals(numbers(0, 496), received.numbers().subList(0, 496)); // what the first filling of the ring held
            nic.play(new WireFrames().datagrams(5000, 10));
            assertEquals(numbers(5000, 10), Received.of(source, 10).numbers());
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheNicsTimesAndSaysWhatTheyAreWorth(final Shape shape) {
        final long at = 1_700_000_000_123_456_789L;
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().control("time=" + at).datagrams(0, 20));
            assertEquals(LongStream.range(at, at + 20).boxed().toList(), Received.of(source, 20).times);
            assertEquals(TimestampSource.NIC, source.timestampSource());

            nic.play(new WireFrames().control("clock=set").datagrams(0, 2));
            assertEquals(List.of(at + 20, at + 21), Received.of(source, 2).times);
            assertEquals(TimestampSource.NIC_UNSYNCED, source.timestampSource());

            nic.play(new WireFrames().control("clock=unset").datagrams(0, 2));
            assertEquals(List.of(-1L, -1L), Received.of(source, 2).times, "a clock that was never set tells no time of day");
            assertEquals(TimestampSource.BURST, source.timestampSource());

            nic.play(new WireFrames().control("clock=none").datagram(0));
            assertEquals(List.of(-1L), Received.of(source, 1).times);

            nic.play(new WireFrames().control("clock=synced").datagram(0));
            assertEquals(List.of(at + 25), Received.of(source, 1).times);
            assertEquals(TimestampSource.NIC, source.timestampSource());
            assertEquals(Map.of("seen.frames-clock-unsynced", 2L, "seen.frames-clock-unset", 2L, "seen.frames-without-time", 1L),
                    Received.counts(source));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheGatewaysClockWhereTheNicHasNone(final Shape shape) {
        try (EmulatedNic nic = new EmulatedNic(directory, shape.alias + ",timestamps=0");
                BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().datagrams(0, 2));
            assertEquals(List.of(-1L, -1L), Received.of(source, 2).times);
            assertEquals(TimestampSource.BURST, source.timestampSource());
        }
    }

    @ParameterizedTest
    @EnumSource
    void receivesTheConfiguredGroupsOnly(final Shape shape) {
        try (EmulatedNic nic = shape.nic();
                BurstSource source = nic.open(shape.settings(nic, GROUP, "239.7.7.2:17002", GROUP))) {
            nic.play(new WireFrames()
                    .with(WireFrames.datagram("239.7.7.3", WireFrames.PORT, 90, 64))
                    .with(WireFrames.datagram(WireFrames.GROUP, 17002, 91, 64))
                    .with(WireFrames.datagram("239.7.7.2", 17002, 1, 64))
                    .datagram(2));
            assertEquals(List.of(1L, 2L), Received.of(source, 2).numbers());
        }
    }

    /** Whether the NIC can filter by VLAN or the backend must. */
    @ParameterizedTest
    @CsvSource({"vlan-filters=1, 0", "vlan-filters=0, 2"})
    void receivesTheConfiguredVlanOnly(final String alias, final long sorted) {
        final byte[] datagram = WireFrames.datagram(WireFrames.GROUP, WireFrames.PORT, 7, 64);
        final byte[] right = WireFrames.tagged(datagram, 141);
        try (EmulatedNic nic = new EmulatedNic(directory, "efvi:" + alias);
                BurstSource source = nic.open(nic.settings(GROUP).with("vlan", 141))) {
            nic.play(new WireFrames().with(WireFrames.tagged(datagram, 142)).with(datagram).with(right));
            final Received received = Received.of(source, 1);
            assertEquals(1, received.frames.size());
            assertArrayEquals(right, received.frames.get(0));
            assertEquals(sorted == 0 ? Map.of() : Map.of("seen.other-vlan", sorted), Received.counts(source));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, reset, reset or removed", "MERGED, reset, reset or removed", "BY_REFERENCE, reset, reset or removed",
        "SINGLE, overflow, event queue overflowed",
    })
    void endsClearlyAfterTheLastGoodFrame(final Shape shape, final String event, final String why) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().datagrams(0, 100).control("event=" + event));
            final Received received = new Received();
            final CaptureException end = assertThrows(CaptureException.class, () -> received.until(source, 101, 64));
            assertEquals(numbers(0, 100), received.numbers());
            assertTrue(end.getMessage().contains(nic.name() + ": ") && end.getMessage().contains(why), end.getMessage());
            assertThrows(CaptureException.class, () -> source.poll(received, 64));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SINGLE", "BY_REFERENCE"})
    void endsClearlyWhenTheInterfaceIsRemoved(final Shape shape) {
        try (EmulatedNic nic = shape.nic(); BurstSource source = nic.open(shape.settings(nic, GROUP))) {
            nic.play(new WireFrames().datagrams(0, 10));
            final Received received = Received.of(source, 10);
            nic.unplug();
            final CaptureException end = assertThrows(CaptureException.class, () -> received.until(source, 11, 64));
            assertTrue(end.getMessage().contains("reset or removed"), end.getMessage());
        }
    }

    @Test
    void countsWhatItDoesNotKnow() {
        try (EmulatedNic nic = Shape.SINGLE.nic(); BurstSource source = nic.open(nic.settings(GROUP))) {
            nic.play(new WireFrames().control("event=unknown").control("event=no-descriptor").datagram(0));
            Received.of(source, 1);
            assertEquals(Map.of("seen.unknown-events", 1L, "lost.cut-off-for-descriptors", 1L), Received.counts(source));
        }
    }

    /** An X3 may show frames that another program asked for; the frame filter sorts them out. */
    @Test
    void passesOnWhatAnX3SharesWithOthers() {
        try (EmulatedNic nic = new EmulatedNic(directory, "efvi:arch=x3,shared=1");
                BurstSource source = nic.open(nic.settings(GROUP))) {
            nic.play(new WireFrames().with(WireFrames.datagram("239.9.9.9", 1, 5, 64)).datagram(6));
            assertEquals(List.of(5L, 6L), Received.of(source, 2).numbers());
        }
    }

    /** Each opens an interface of its own, and the NIC gives each a copy. */
    @Test
    void twoSourcesOnOneNicReceiveTheSame() {
        try (EmulatedNic nic = Shape.SINGLE.nic();
                BurstSource first = nic.open(nic.settings(GROUP).with("huge-pages", "never"));
                BurstSource second = nic.open(nic.settings(GROUP).with("huge-pages", "never"))) {
            nic.play(new WireFrames().datagrams(0, 1000));
            assertEquals(numbers(0, 1000), Received.of(first, 1000).numbers());
            assertEquals(numbers(0, 1000), Received.of(second, 1000).numbers());
        }
    }

    private static Stream<Shape> shapes() {
        return Stream.of(Shape.values());
    }

    /** Opened and closed again and again: nothing stays behind that a later one would miss. */
    @Test
    void opensAgainAfterClose() {
        shapes().forEach(shape -> {
            try (EmulatedNic nic = shape.nic()) {
                for (int i = 0; i < 8; i++) {
                    try (BurstSource source = nic.open(shape.settings(nic, GROUP))) {
                        nic.play(new WireFrames().datagrams(i, 5));
                        assertEquals(numbers(i, 5), Received.of(source, 5).numbers());
                    }
                }
            }
        });
    }
}
