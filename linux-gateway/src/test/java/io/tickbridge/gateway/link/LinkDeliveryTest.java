package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.InstrumentDefinitionDecoder;
import io.tickbridge.protocol.InstrumentStateDecoder;
import io.tickbridge.protocol.QuoteDecoder;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.SignalDefinitionDecoder;
import io.tickbridge.protocol.TradeDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a logged-on add-on that keeps up receives, in what order and with which numbers. */
class LinkDeliveryTest {
    private LinkHarness link;

    @BeforeEach
    void start(@TempDir final Path directory) {
        link = new LinkHarness(directory);
    }

    @AfterEach
    void stop() {
        link.close();
    }

    @Test
    void describesRulesAndInstrumentsFirst() {
        final TestBook known = new TestBook(11).top(-250_000_000, 7, 0, 9);
        known.tickSize = 250_000_000;
        link.server.onInstrument(known);
        link.server.onStateChange(known, BookState.TRUSTED, 1000);
        link.server.onBookEvent(known, 1001);
        link.server.onInstrument(new TestBook(12));

        final TestAddOn addOn = link.loggedOn();
        assertEquals(List.of(1, 3, 11, 11, 10, 12, 21, 10, 12, 8),
                addOn.frames.stream().map(TestAddOn.Frame::template).toList());
        final List<TestAddOn.Frame> rules = addOn.all(SignalDefinitionDecoder.TEMPLATE_ID);
        assertEquals(1, rules.get(0).uint16(0));
        assertEquals("sweep", text(rules.get(0), 8, 32));
        assertEquals("levels=2", text(rules.get(0), 40, 192));
        final String cut = text(rules.get(1), 40, 192);
        assertEquals(192, cut.length());
        assertTrue(cut.startsWith("threshold=0.75 xxx") && cut.endsWith("x..."), cut);

        final TestAddOn.Frame definition = addOn.first(InstrumentDefinitionDecoder.TEMPLATE_ID);
        assertEquals(11, definition.int64(0));
        assertEquals(250_000_000, definition.int64(8));
        assertEquals(1, definition.uint8(16));
        assertEquals(3, definition.uint16(18));
        assertEquals("T11", text(definition, 24, 24));
        assertEquals(Long.MIN_VALUE, addOn.all(10).get(1).int64(8), "no tick size yet");

        final TestAddOn.Frame state = addOn.first(InstrumentStateDecoder.TEMPLATE_ID);
        assertFalse(state.isSequenced());
        assertEquals(1, state.sequence(), "one state change was numbered before");
        assertEquals(1000, state.int64(8));
        assertEquals(BookState.TRUSTED.value(), state.uint8(17));
        assertEquals(BookState.NOT_YET_KNOWN.value(), addOn.all(12).get(1).uint8(17));
        assertEquals(0, addOn.all(12).get(1).int64(8));

        final TestAddOn.Frame quote = addOn.first(QuoteDecoder.TEMPLATE_ID);
        assertEquals(-250_000_000, quote.int64(16));
        assertEquals(0, quote.int64(24));
        assertEquals(7, quote.int32(32));
        assertEquals(9, quote.int32(36));
    }

    @Test
    void numbersSignalsAndStatesTogetherForEveryPeer() {
        final TestBook book = new TestBook(11);
        link.server.onInstrument(book);
        final List<TestAddOn> addOns = List.of(link.loggedOn(), link.loggedOn());
        final List<byte[]> bodies = new ArrayList<>();
        bodies.add(link.signal());
        link.server.onStateChange(book, BookState.CROSSED, 77);
        bodies.add(link.signal());
        for (final TestAddOn addOn : addOns) {
            link.settle(addOn);
            assertEquals(List.of(20, 12, 20), addOn.sequenced().stream().map(TestAddOn.Frame::template).toList());
            assertEquals(List.of(1L, 2L, 3L), addOn.sequenced().stream().map(TestAddOn.Frame::sequence).toList());
            final List<TestAddOn.Frame> signals = addOn.all(SignalDecoder.TEMPLATE_ID);
            assertArrayEquals(bodies.get(0), signals.get(0).block(0, 64));
            assertArrayEquals(bodies.get(1), signals.get(1).block(0, 64));
            assertEquals(3, addOn.frames.get(addOn.frames.size() - 1).sequence(),
                    "what follows carries the last number");
        }
        assertEquals(6, link.server.counts().get(LinkCounter.SENT_LIVE));
    }

    @Test
    void writesReceiveTimeBesideTheBody() {
        final TestAddOn addOn = link.loggedOn();
        final long before = link.clock.now();
        link.signal(123_456_789);
        link.settle(addOn);
        final TestAddOn.Frame signal = addOn.first(SignalDecoder.TEMPLATE_ID);
        assertEquals(123_456_789, signal.int64(64));
        assertTrue(signal.header().sendTime() >= before);
    }

    @Test
    void definesAnInstrumentBeforeItsFirstUse() {
        final TestAddOn addOn = link.loggedOn();
        final TestBook book = new TestBook(5);
        link.server.onInstrument(book);
        link.server.onStateChange(book, BookState.TRUSTED, 9);
        book.top(1, 1, 2, 2);
        link.server.onBookEvent(book, 9);
        book.tickSize = 1;
        link.server.onDefinition(book, new InstrumentDefinition(
                5, false, "ES", "", "", "", "", "", 0, 1, 0, 0, 0, 9, List.of()));
        link.settle(addOn);
        assertEquals(List.of(10, 12, 21, 10, 8),
                addOn.frames.subList(addOn.frames.size() - 5, addOn.frames.size()).stream()
                        .map(TestAddOn.Frame::template).toList());
        assertEquals(List.of(Long.MIN_VALUE, 1L), addOn.all(10).stream().map(f -> f.int64(8)).toList());
    }

    @Test
    void quotesOnlyWhatChanged() {
        final TestBook book = new TestBook(5).top(10, 1, 20, 2);
        link.server.onInstrument(book);
        final TestAddOn addOn = link.loggedOn();
        link.server.onBookEvent(book, 100);
        link.server.onBookEvent(book, 101);
        book.bid.set(11, 1);
        link.server.onBookEvent(book, 102);
        book.ask.known = false;
        link.server.onBookEvent(book, 103);
        book.bid.clear();
        link.server.onBookEvent(book, 104);
        link.server.onStateChange(book, BookState.STALE, 105);
        link.server.onBookEvent(book, 105);
        link.settle(addOn);
        assertEquals(List.of(
                "100 10x1 20x2 1", "102 11x1 20x2 1", "103 11x1 nullx0 1", "104 nullx0 nullx0 1",
                "105 nullx0 nullx0 5"),
                addOn.all(QuoteDecoder.TEMPLATE_ID).stream().map(LinkDeliveryTest::quote).toList());
        assertEquals(5, link.server.counts().get(LinkCounter.QUOTES));
    }

    private static String quote(final TestAddOn.Frame frame) {
        assertEquals(0, frame.int32(40), "conflated");
        return frame.int64(8) + " " + price(frame.int64(16)) + "x" + frame.int32(32) + " "
                + price(frame.int64(24)) + "x"
                + frame.int32(36) + " " + frame.uint8(45);
    }

    private static String price(final long price) {
        return price == Long.MIN_VALUE ? "null" : Long.toString(price);
    }

    @Test
    void tradesAsTheyCome() {
        final TestBook book = new TestBook(5);
        link.server.onInstrument(book);
        final TestAddOn addOn = link.loggedOn();
        link.server.onTrade(book, 50, -3, 4, MarketDataListener.BID);
        link.server.onTrade(book, 51, 5, 6, MarketDataListener.ASK);
        link.server.onTrade(book, 52, 7, 8, -1);
        link.settle(addOn);
        final List<TestAddOn.Frame> trades = addOn.all(TradeDecoder.TEMPLATE_ID);
        assertEquals(List.of(Side.BUY.value(), Side.SELL.value(), Side.NONE.value()),
                trades.stream().map(t -> (short) t.uint8(33)).toList());
        assertEquals(List.of(-3L, 5L, 7L), trades.stream().map(t -> t.int64(16)).toList());
        assertEquals(List.of(4, 6, 8), trades.stream().map(t -> t.int32(24)).toList());
        assertEquals(List.of(50L, 51L, 52L), trades.stream().map(t -> t.int64(8)).toList());
        assertEquals(List.of(0, 0, 0), trades.stream().map(t -> t.int32(28)).toList());
    }

    private static String text(final TestAddOn.Frame frame, final int offset, final int length) {
        final String padded = new String(frame.block(offset, length), StandardCharsets.US_ASCII);
        return padded.indexOf(0) < 0 ? padded : padded.substring(0, padded.indexOf(0));
    }
}
