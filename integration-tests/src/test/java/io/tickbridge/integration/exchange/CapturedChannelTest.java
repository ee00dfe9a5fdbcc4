package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.OrdersText;
import io.tickbridge.gateway.inspect.CaptureArbitration;
import io.tickbridge.gateway.inspect.CaptureBooks;
import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.FeedKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A capture of all feeds of a channel that begins in mid-session: its books come from the snapshot lines in the same file,
 * order by order, and go on with the changes. Without those lines they would stay unknown.
 */
final class CapturedChannelTest {
    private static final long START = 1_800_000_000_000_000_000L;
    private static final long STEP = 10_000L; // ns
    private static final int MISSED = 200; // events before the capture
    private static final int EVENTS = 600;

    private final List<String> expected = new ArrayList<>();

    @Test
    void orderBooksAreThoseOfTheExchange(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("all.pcap");
        capture(file, true);
        final List<String> lines = books(file, true);
        assertTrue(expected.size() > 200, () -> "only " + expected.size() + " orders");
        assertEquals(expected, lines);
        // With lines left apart, both make the same books.
        final List<String> apart = books(file, false);
        assertEquals(2 * expected.size(), apart.size());
        assertTrue(apart.containsAll(expected));
    }

    @Test
    void withoutSnapshotLinesTheyAreNotKnown(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("incremental.pcap");
        capture(file, false);
        assertEquals(List.of(), books(file, true).stream().filter(expected::contains).toList());
    }

    /** Instrument, side, order, quantity and what is ahead of it. */
    private static List<String> books(final Path file, final boolean arbitrate) {
        final OrdersText text = new OrdersText();
        final CaptureBooks books = new CaptureBooks(FeedKind.CME.feed(), 10, true, arbitrate, text);
        final CaptureArbitration arbitration = new CaptureArbitration(FeedKind.CME.feed(), arbitrate, books);
        new CaptureWalk(file, FeedKind.CME.feed()).run(arbitration);
        arbitration.end();
        books.end();
        final StringBuilder out = new StringBuilder();
        text.print(out);
        return out.toString().lines().map(line -> line.split("\t", -1)).filter(cells -> cells.length > 8 && !cells[1].equals("NOT_KNOWN"))
                .map(cells -> cells[0] + " " + cells[2] + " " + cells[5] + " " + cells[6] + " " + cells[8]).sorted().toList();
    }

    private void capture(final Path file, final boolean withSnapshots) throws IOException {
        final boolean[] begun = new boolean[1];
        final long[] time = {START};
        try (CaptureFile capture = new CaptureFile(file)) {
            final SplittableRandom random = new SplittableRandom(7);
            final Channel channel = new Channel(TradingDay.INSTRUMENTS, random, (sequence, packet) ->
                    write(capture, Feed.INCREMENTAL, packet, time[0], begun[0]));
            final SnapshotLoop snapshots = new SnapshotLoop(channel, (sequence, packet) ->
                    write(capture, Feed.SNAPSHOT, packet, time[0], begun[0] && withSnapshots));
            final OrderSnapshotLoop orders = new OrderSnapshotLoop(channel, (sequence, packet) ->
                    write(capture, Feed.ORDER_SNAPSHOT, packet, time[0], begun[0] && withSnapshots));
            final DefinitionLoop definitions = new DefinitionLoop(channel, START, (sequence, packet) ->
                    write(capture, Feed.DEFINITIONS, packet, time[0], begun[0] && withSnapshots));
            channel.open(START);
            for (int i = 0; i < MISSED + EVENTS; i++) {
                begun[0] = i >= MISSED;
                time[0] = START + (i + 100) * STEP;
                definitions.step(time[0]);
                channel.event(time[0]);
                snapshots.step(time[0]);
                orders.step(time[0]);
            }
            note(channel);
        }
    }

    private void note(final Channel channel) {
        expected.clear();
        for (int i = 0; i < channel.instruments(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                for (final TrueBook.Level level : channel.book(i).side(bid).values()) {
                    int ahead = 0;
                    for (final TrueBook.Order order : level.queue()) {
                        expected.add(channel.instrument(i).symbol() + (bid ? " bid " : " ask ") + order.id() + " " + order.quantity()
                                + " " + ahead);
                        ahead += order.quantity();
                    }
                }
            }
        }
        expected.sort(null);
    }

    private static void write(
            final CaptureFile capture, final Feed feed, final ByteBuffer packet, final long time, final boolean wanted) {
        if (!wanted) {
            return;
        }
        final byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        try {
            for (int line = 0; line < 2; line++) {
                capture.write(UdpFrame.of(Endpoint.of(feed, line), bytes), time + line);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
