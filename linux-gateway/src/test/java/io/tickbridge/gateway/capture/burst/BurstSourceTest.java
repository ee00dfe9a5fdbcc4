package io.tickbridge.gateway.capture.burst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java side of the boundary, over a library whose frames come from memory. */
class BurstSourceTest {
    private static final int GIVEN_BACK = 0xdd;

    @TempDir
    private static Path directory;

    private static BackendFunctions functions;

    private final AtomicLong clockReadings = new AtomicLong();

    /** What a handler was given. */
    private record Seen(long number, int length, long time, int port) {
    }

    @BeforeAll
    static void build() {
        NativeBuild.run(directory, Map.of());
        // Another library with the same names, which gives back otherwise: neither must call the other's.
        assertThrows(CaptureException.class,
                () -> BackendLibrary.at(Backend.EFVI, NativeBuild.library(directory, "stale")));
        functions = BackendLibrary.at(Backend.EFVI, NativeBuild.library(directory, "memory"));
    }

    private BurstSource open(final BurstSettings settings) {
        return BurstSource.open(Backend.EFVI, functions, settings, clockReadings::incrementAndGet);
    }

    private static BurstSettings settings() {
        return new BurstSettings();
    }

    private static FrameHandler into(final List<Seen> seen) {
        return (buffer, offset, length, time, port) -> seen.add(
                new Seen(buffer.getLong(offset, ByteOrder.nativeOrder()), length, time, port));
    }

    @Test
    void handsOverABurstInOrderWithTheDriversTimes() {
        final List<Seen> seen = new ArrayList<>();
        try (BurstSource source = open(settings().with("burst", 3).with("length", 60).with("time", 5_000))) {
            assertEquals(3, source.poll(into(seen), 64));
            assertEquals(List.of(new Seen(0, 60, 5000, 65_535), new Seen(1, 60, 5001, 65_534), new Seen(2, 60, 5002, 65_533)),
                    seen);
            assertEquals(0, clockReadings.get());
        }
    }

    @Test
    void readsTheClockOnceInABurstWithoutTimesAndNotForAnEmptyOne() {
        final List<Seen> seen = new ArrayList<>();
        try (BurstSource source = open(settings().with("burst", 5).with("bursts", 2))) {
            source.poll(into(seen), 64);
            source.poll(into(seen), 64);
            assertEquals(0, source.poll(into(seen), 64));
        }
        assertEquals(List.of(1L, 1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L, 2L), seen.stream().map(Seen::time).toList());
        assertEquals(2, clockReadings.get());
    }

    @Test
    void asksForNoMoreThanTheLimit() {
        try (BurstSource source = open(settings().with("burst", 100_000))) {
            assertEquals(10, source.poll((b, o, l, t, p) -> { }, 10));
            assertEquals(FrameTable.ENTRIES, source.poll((b, o, l, t, p) -> { }, Integer.MAX_VALUE));
        }
    }

    @Test
    void aFrameIsThereUntilTheNextPollAndGoneAfter() {
        final UnsafeBuffer kept = new UnsafeBuffer(0, 0);
        try (BurstSource source = open(settings().with("burst", 1).with("bursts", 1))) {
            source.poll((buffer, offset, length, time, port) -> kept.wrap(buffer, offset, length), 8);
            assertEquals(0, kept.getByte(20));
            source.poll((b, o, l, t, p) -> { }, 8);
            assertEquals(GIVEN_BACK, kept.getByte(20) & 0xff);
        }
    }

    @Test
    void theBurstOfAHandlerThatThrowsIsGivenBackToo() {
        try (BurstSource source = open(settings().with("burst", 3))) {
            assertThrows(IllegalStateException.class, () -> source.poll((b, o, l, t, p) -> {
                throw new IllegalStateException();
            }, 8));
            source.poll((b, o, l, t, p) -> { }, 8);
            source.refreshCounts();
            assertEquals(3, source.counts().total(2));
        }
    }

    @Test
    void countsWhatItHandsOverAndTakesTheLibrarysTotals() {
        try (BurstSource source = open(settings().with("burst", 2).with("bursts", 3))) {
            for (int i = 0; i < 5; i++) {
                source.poll((b, o, l, t, p) -> { }, 8);
            }
            assertEquals(List.of(SourceFigure.lost("ring"), new SourceFigure(SourceFigure.Kind.REFUSED, "checksum"),
                    new SourceFigure(SourceFigure.Kind.SEEN, "released"), new SourceFigure(SourceFigure.Kind.SEEN, "sent")),
                    source.counts().figures());
            assertEquals(0, source.counts().dropped());
            source.refreshCounts();
            assertEquals(6, source.counts().received());
            assertEquals(3, source.counts().bursts());
            assertEquals(2, source.counts().emptyPolls());
            assertEquals(10, source.counts().dropped());
            assertEquals(7, source.counts().total(1));
            assertEquals(6, source.counts().total(2));
        }
    }

    @Test
    void aStatOfNoKnownKindIsRefused() {
        assertEquals("ef_vi: its library counts \"maybe.lost\", which is neither lost., refused. nor seen.; it was built for "
                + "another version of the gateway",
                assertThrows(CaptureException.class, () -> open(settings().with("stat", "maybe.lost"))).getMessage());
    }

    @Test
    void aDeviceThatIsGoneEndsTheRunWithItsReason() {
        try (BurstSource source = open(settings().with("gone-after", 2))) {
            source.poll((b, o, l, t, p) -> { }, 8);
            source.poll((b, o, l, t, p) -> { }, 8);
            assertEquals("ef_vi: frames from memory: receives no more: memory was unplugged after 2 polls",
                    assertThrows(CaptureException.class, () -> source.poll((b, o, l, t, p) -> { }, 8)).getMessage());
        }
    }

    @Test
    void whatCannotBeOpenedSaysWhy() {
        assertEquals("ef_vi: memory source: unknown setting \"wings\"; leave it out",
                assertThrows(CaptureException.class, () -> open(settings().with("wings", 2))).getMessage());
    }

    @Test
    void settingsAreOneLineEach() {
        assertEquals("a=1\nb=0\nc=x,y\n", settings().with("a", true).with("b", false).with("c", List.of("x", "y"))
                .with("d", (Object) null).with("e", List.of()).text());
        assertThrows(IllegalArgumentException.class, () -> settings().with("a", "1\nb=2"));
    }

    @Test
    void tellsWhoseClockTheTimesAreFrom() {
        for (final var expected : Map.of("nic", TimestampSource.NIC, "nic-unsynced", TimestampSource.NIC_UNSYNCED,
                "kernel", TimestampSource.KERNEL, "", TimestampSource.BURST).entrySet()) {
            final BurstSource source = open(settings().with("clock", expected.getKey()));
            assertEquals(expected.getValue(), source.timestampSource());
            source.close();
            assertEquals(expected.getValue(), source.timestampSource());
        }
    }

    @Test
    void sendsAndNamesItsAddresses() {
        final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        frame.putLong(2, 0x1234, ByteOrder.nativeOrder());
        try (BurstSource source = open(settings())) {
            source.send(0, frame, 2, 60);
            source.refreshCounts();
            assertEquals(0x1234, source.counts().total(3));
            assertEquals(List.of("02:00:00:00:00:01", "02:00:00:00:00:02"), source.ethernetAddresses());
            assertEquals("ef_vi: cannot send: there is no port 7",
                    assertThrows(CaptureException.class, () -> source.send(7, frame, 0, 60)).getMessage());
            assertThrows(IndexOutOfBoundsException.class, () -> source.send(0, frame, 10, 60));
            assertThrows(IllegalArgumentException.class, () -> source.send(0, new UnsafeBuffer(new byte[60]), 0, 60));
        }
    }

    @Test
    void aBurstIsCountedAlthoughItsHandlerThrows() {
        try (BurstSource source = open(settings().with("burst", 5))) {
            assertThrows(IllegalStateException.class, () -> source.poll((b, o, l, t, p) -> {
                throw new IllegalStateException();
            }, 8));
            assertEquals(5, source.counts().received());
            assertEquals(1, source.counts().bursts());
        }
    }

    @Test
    void aClosedSourceDoesNothing() {
        final BurstSource source = open(settings());
        source.poll((b, o, l, t, p) -> { }, 8);
        source.close();
        source.close();
        source.refreshCounts();
        assertEquals(0, source.poll((b, o, l, t, p) -> { }, 8));
        assertEquals(2, source.counts().dropped());
        assertThrows(CaptureException.class, () -> source.send(0, new UnsafeBuffer(ByteBuffer.allocateDirect(64)), 0, 60));
    }

    @Test
    void pollingAllocatesNothing() {
        final long[] sum = new long[1];
        final FrameHandler handler = (buffer, offset, length, time, port) -> sum[0] += buffer.getShort(offset + 12) + time;
        try (BurstSource source = open(settings().with("burst", 32))) {
            SteadyAllocation.assertNoneIn(() -> {
                for (int i = 0; i < 20_000; i++) {
                    source.poll(handler, 64);
                }
            });
        }
    }
}
