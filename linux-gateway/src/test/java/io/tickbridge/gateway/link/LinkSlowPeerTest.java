package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.InstrumentStateDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.QuoteDecoder;
import io.tickbridge.protocol.TradeDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An add-on that does not read: quotes conflate, trades are counted, signals wait until it is cut off. */
class LinkSlowPeerTest {
    private static final int PEER_BUFFER = 16 * 1024;
    /** Enough that no kernel buffer on the way takes them all. */
    private static final int MANY = 200_000;

    private LinkHarness link;
    private final TestBook book = new TestBook(1);
    private final TestBook other = new TestBook(2);

    @BeforeEach
    void start(@TempDir final Path directory) {
        link = new LinkHarness(directory, LinkHarness.Setup.USUAL.peerBuffer(PEER_BUFFER).retain(1 << 18));
        link.server.onInstrument(book);
        link.server.onInstrument(other);
    }

    @AfterEach
    void stop() {
        link.close();
    }

    private TestAddOn slow() {
        final TestAddOn addOn = link.connect(4096);
        link.until(() -> addOn.has(1));
        addOn.send(addOn.logon(LinkHarness.KEY, "slow", 0, 1));
        link.until(() -> addOn.has(3));
        link.settle(addOn);
        return addOn;
    }

    @Test
    void quotesConflateToTheLatestOfEachInstrument() {
        final TestAddOn addOn = slow();
        for (int i = 1; i <= MANY; i++) {
            link.server.onBookEvent(book.top(i, i, i + 1, i), i);
            if (i % 10 == 0) {
                link.server.onBookEvent(other.top(-i, i, 0, i), i);
            }
            link.server.doWork();
        }
        link.until(() -> addOn.all(QuoteDecoder.TEMPLATE_ID).stream().mapToLong(q -> q.int32(40) + 1).sum()
                == MANY + MANY / 10);
        link.settle(addOn);
        for (final TestBook wanted : List.of(book, other)) {
            final List<TestAddOn.Frame> quotes = addOn.all(QuoteDecoder.TEMPLATE_ID).stream()
                    .filter(q -> q.int64(0) == wanted.instrument).toList();
            assertEquals(MANY, quotes.get(quotes.size() - 1).int64(8), "the last one is the latest");
            assertTrue(quotes.size() < MANY / 11, "most were conflated");
            final long[] times = quotes.stream().mapToLong(q -> q.int64(8)).toArray();
            assertTrue(LongStream.range(1, times.length).allMatch(i -> times[(int) i] > times[(int) i - 1]),
                    "in order");
        }
        final LinkCounts counts = link.server.counts();
        assertEquals(MANY + MANY / 10, counts.get(LinkCounter.QUOTES) + counts.get(LinkCounter.QUOTES_CONFLATED));
        assertEquals(0, counts.get(LinkCounter.SLOW_PEERS));
    }

    @Test
    void tradesThatFindNoRoomAreCountedInTheNextOne() {
        final TestAddOn addOn = slow();
        for (int i = 1; i <= MANY; i++) {
            link.server.onTrade(book, i, i, 1, MarketDataListener.ASK);
            link.server.doWork();
        }
        link.settle(addOn);
        link.server.onTrade(book, MANY + 1, 1, 1, MarketDataListener.ASK);
        link.settle(addOn);
        final List<TestAddOn.Frame> trades = addOn.all(TradeDecoder.TEMPLATE_ID);
        assertEquals(MANY + 1, trades.stream().mapToLong(t -> t.int32(28) + 1).sum());
        assertTrue(link.server.counts().get(LinkCounter.TRADES_SKIPPED) > MANY / 2);
        assertEquals(trades.size(), link.server.counts().get(LinkCounter.TRADES));
    }

    @Test
    void isCutOffWhenSignalsFindNoRoomAndMayResume() {
        final TestAddOn quick = link.loggedOn();
        final TestAddOn addOn = slow();
        int sent = 0;
        while (link.server.counts().get(LinkCounter.SLOW_PEERS) == 0) {
            link.signal();
            sent++;
            link.server.doWork();
            quick.poll();
            assertTrue(sent < MANY, "never cut off");
        }
        link.signal();
        sent++;
        final int total = sent;
        link.until(addOn::isEnded);
        final TestAddOn.Frame last = addOn.frames.get(addOn.frames.size() - 1);
        assertEquals(LogoutDecoder.TEMPLATE_ID, last.template());
        assertEquals(LogoutReason.PEER_TOO_SLOW.value(), last.uint16(0));
        final long received = addOn.sequenced().size();
        assertEquals(received, addOn.sequenced().get((int) received - 1).sequence(), "no hole");
        assertEquals(received, last.sequence(), "the logout claims no more than was sent");
        assertEquals(total - 1 - received, link.server.counts().get(LinkCounter.DISCARDED));

        link.until(() -> quick.sequenced().size() == total);
        final TestAddOn again = link.loggedOn(link.server.session(), received + 1);
        link.until(() -> again.sequenced().size() == total - received);
        assertEquals(received + 1, again.sequenced().get(0).sequence());
        assertEquals(total, again.sequenced().get(again.sequenced().size() - 1).sequence());
    }

    /** More in one duty cycle than the outbox holds, for a peer whose socket takes it: that peer is not slow. */
    @Test
    void aBurstDoesNotMakeAPeerSlow() {
        final TestAddOn addOn = link.loggedOn();
        final int burst = PEER_BUFFER * 3 / 2 / 104;
        for (int i = 0; i < burst; i++) {
            link.signal();
        }
        link.until(() -> addOn.sequenced().size() == burst || addOn.isEnded());
        assertEquals(burst, addOn.sequenced().size());
        assertEquals(0, link.server.counts().get(LinkCounter.SLOW_PEERS));
    }

    @Test
    void signalsStillComeWhileQuotesConflate() {
        final TestAddOn addOn = slow();
        for (int i = 1; i <= MANY; i++) {
            link.server.onBookEvent(book.top(i, i, i + 1, i), i);
            if (i % (MANY / 50) == 0) {
                link.signal();
                link.server.onStateChange(book, BookState.TRUSTED, i);
            }
            link.server.doWork();
        }
        link.until(() -> addOn.sequenced().size() == 100);
        assertEquals(LongStream.rangeClosed(1, 100).boxed().toList(),
                addOn.sequenced().stream().map(TestAddOn.Frame::sequence).toList());
        assertTrue(link.server.counts().get(LinkCounter.QUOTES_CONFLATED) > 0);
        addOn.all(QuoteDecoder.TEMPLATE_ID).forEach(q -> assertArrayEquals(new byte[2], q.block(46, 2), "padding"));
        addOn.all(InstrumentStateDecoder.TEMPLATE_ID)
                .forEach(s -> assertArrayEquals(new byte[6], s.block(18, 6), "padding"));
    }

    /** More instruments than may wait in the outbox at once: none is starved, none goes back in time. */
    @Test
    void quotesOfManyInstrumentsTakeTurns() {
        final int instruments = 500;
        final TestAddOn addOn = slow();
        final List<TestBook> books = IntStream.range(100, 100 + instruments).mapToObj(TestBook::new).toList();
        for (final TestBook next : books) {
            link.server.onInstrument(next);
            link.settle(addOn);
        }
        for (int i = 1; i <= MANY; i++) {
            final TestBook next = books.get(i % instruments);
            link.server.onBookEvent(next.top(i, 1, i + 1, 1), i);
            link.server.doWork();
            if (i % 40_000 == 0) {
                addOn.poll();
            }
        }
        link.until(() -> addOn.all(QuoteDecoder.TEMPLATE_ID).stream().mapToLong(q -> q.int32(40) + 1).sum() == MANY);
        for (final TestBook wanted : books) {
            final long[] times = addOn.all(QuoteDecoder.TEMPLATE_ID).stream()
                    .filter(q -> q.int64(0) == wanted.instrument).mapToLong(q -> q.int64(8)).toArray();
            assertTrue(LongStream.range(1, times.length).allMatch(i -> times[(int) i] > times[(int) i - 1]),
                    "in order");
            assertEquals(wanted.bid.price(0), times[times.length - 1], "the last one is the latest");
        }
        assertTrue(link.server.counts().get(LinkCounter.QUOTES_CONFLATED) > 0);
    }
}
