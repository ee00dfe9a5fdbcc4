package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the feed says of a real capture, both lines, against what tshark says of its messages. */
class CmeFeedHandlerGoldenTest {
    private static final long TIMEOUT = 10_000_000;
    private static final List<String> SIDES = List.of("Bid", "Offer", "ImpliedBid", "ImpliedOffer");
    private static final List<String> ACTIONS =
            List.of("New", "Change", "Delete", "DeleteThru", "DeleteFrom", "Overlay");

    @Test
    void everyUpdateOfTheArbitratedFeedIsWhatTsharkSays() {
        final RecordedEvents events = new RecordedEvents();
        final CmeFeedHandler feed = new CmeFeedHandler(2, 64, TIMEOUT, TIMEOUT, events);
        CapturedDatagrams.open().feed(feed);
        feed.onEndOfInput();

        final List<String> expected = expected(GoldenMessages.read());
        for (int i = 0; i < Math.min(expected.size(), events.calls.size()); i++) {
            assertEquals(expected.get(i), events.calls.get(i), "call " + i);
        }
        assertEquals(expected.size(), events.calls.size());
        assertEquals(4_781, events.calls.stream().filter(call -> call.startsWith("end ")).count());
    }

    @Test
    void everythingIsCounted() {
        final CmeFeedHandler feed = new CmeFeedHandler(2, 64, TIMEOUT, TIMEOUT, new RecordedEvents());
        CapturedDatagrams.open().feed(feed);
        final FeedCounts counts = feed.counts();
        assertEquals(10_000, counts.get(FeedCounter.DATAGRAMS));
        assertEquals(5_000, counts.get(FeedCounter.PACKETS));
        assertEquals(5_000, counts.get(FeedCounter.DUPLICATES));
        assertEquals(10_273, counts.get(FeedCounter.MESSAGES));
        assertEquals(9, counts.get(FeedCounter.HEARTBEATS));
        for (final FeedCounter none : List.of(FeedCounter.HELD_BACK, FeedCounter.GAPS, FeedCounter.LOST,
                FeedCounter.UNKNOWN_MESSAGES, FeedCounter.MALFORMED, FeedCounter.RESETS)) {
            assertEquals(0, counts.get(none), none.label());
        }
        assertEquals(5_000, feed.lineCounts().datagrams(0));
        assertEquals(5_000, feed.lineCounts().datagrams(1));
        assertEquals(5_000, feed.lineCounts().firsts(0) + feed.lineCounts().firsts(1));
    }

    @Test
    void eachLineAloneSaysTheSameAsBoth() {
        final CapturedDatagrams capture = CapturedDatagrams.open();
        final RecordedEvents both = new RecordedEvents();
        capture.feed(new CmeFeedHandler(2, 64, TIMEOUT, TIMEOUT, both));
        for (int line = 0; line < 2; line++) {
            final RecordedEvents one = new RecordedEvents();
            final CmeFeedHandler feed = new CmeFeedHandler(1, 64, TIMEOUT, TIMEOUT, one);
            for (final CapturedDatagrams.Datagram d : capture.all()) {
                if (d.line() == line) {
                    feed.onDatagram(capture.buffer(), d.offset(), d.length(), d.receiveTime(), 0);
                }
            }
            feed.onEndOfInput();
            assertEquals(both.calls, one.calls);
        }
    }

    /** The listener's calls as the golden messages would make them, each packet once, in sequence. */
    private static List<String> expected(final List<GoldenMessages.Message> golden) {
        final Map<Long, Integer> firstFrame = new HashMap<>();
        golden.forEach(message -> firstFrame.merge(message.sequence(), message.frame(), Math::min));
        final List<String> calls = new ArrayList<>();
        golden.stream()
                .filter(message -> firstFrame.get(message.sequence()) == message.frame())
                .sorted(Comparator.comparingLong(GoldenMessages.Message::sequence))
                .forEach(message -> addCalls(message, calls));
        return calls;
    }

    private static void addCalls(final GoldenMessages.Message message, final List<String> calls) {
        for (final Map<String, Object> entry : message.entries()) {
            final String start = " " + entry.get("SecurityID") + " #" + entry.get("RptSeq");
            switch (message.type()) {
                case "32" -> calls.add("level" + start
                        + " side " + SIDES.indexOf(entry.get("MDEntryType"))
                        + " action " + ACTIONS.indexOf(entry.get("MDUpdateAction"))
                        + " at " + ((Long) entry.get("MDPriceLevel") - 1) + ": " + price(entry)
                        + " x " + entry.getOrDefault("MDEntrySize", 0)
                        + " of " + entry.getOrDefault("NumberOfOrders", 0));
                case "42" -> calls.add("trade" + start + " at " + message.fields().get("TransactTime") + ": "
                        + price(entry) + " x " + entry.get("MDEntrySize") + " by " + aggressor(entry));
                default -> calls.add("other" + start);
            }
        }
        if (message.fields().getOrDefault("MatchEventIndicator", "").toString().contains("EndOfEvent")) {
            calls.add("end " + message.fields().get("TransactTime"));
        }
    }

    private static String price(final Map<String, Object> entry) {
        final Object price = entry.get("MDEntryPx");
        return price == null ? "none" : ((BigDecimal) price).movePointRight(9).toBigIntegerExact().toString();
    }

    private static int aggressor(final Map<String, Object> entry) {
        return switch ((String) entry.get("AggressorSide")) {
            case "Buy" -> 0;
            case "Sell" -> 1;
            default -> -1;
        };
    }
}
