package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.IMPLIED_BID;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_QUANTITY;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is printed of orders, definitions and statistics. */
class OrderTextTest {
    private static final long UNIT = 1_000_000_000L;
    private final StringBuilder out = new StringBuilder();

    private static MarketBooks books(final BookListener listener) {
        return new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), 4096, listener);
    }

    @Test
    void ordersInTheOrderOfTheirFills() {
        final OrdersText text = new OrdersText();
        final MarketBooks books = books(text);
        books.onPacketSequence(1);
        books.onOtherUpdate(9, 1);
        books.onFeedReset();
        books.onOrder(5, 700, BID, ACTION_NEW, 30, -UNIT / 2, 4);
        books.onOrder(5, -2, BID, ACTION_NEW, 20, -UNIT / 2, 6);
        books.onOrder(5, 702, BID, ACTION_NEW, 40, UNIT, 1);
        books.onOrder(5, 703, ASK, ACTION_NEW, 1, 2 * UNIT, 3);
        books.onOrder(5, 702, BID, ACTION_CHANGE, 41, -UNIT / 2, 1);
        text.print(out);
        assertEquals("""
                9\tNOT_YET_KNOWN
                5\tNOT_YET_KNOWN\tbid\t1\t-0.5\t18446744073709551614\t6\t1\t0\t
                5\tNOT_YET_KNOWN\tbid\t1\t-0.5\t700\t4\t2\t6\t
                5\tNOT_YET_KNOWN\tbid\t1\t-0.5\t702\t1\t3\t10\t
                5\tNOT_YET_KNOWN\task\t1\t2\t703\t3\t1\t0\t
                """, out.toString());
        books.onSequenceGap(2, 3);
        out.setLength(0);
        text.print(out);
        assertEquals("9\tNOT_KNOWN\n5\tNOT_KNOWN\n", out.toString());
    }

    @Test
    void ordersOfBooksThatAreMadeOfThem() {
        final OrdersText text = new OrdersText();
        final MarketBooks books = new MarketBooks(Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(0), 4096, text);
        books.onFeedReset();
        books.onOrderAdded(InstrumentKey.of(Venue.NASDAQ, "X"), 5, ASK, UNIT, 100, 0x56495254);
        books.onOrderAdded(InstrumentKey.of(Venue.NASDAQ, "X"), 4, ASK, UNIT, 50, 0);
        books.onOrderAdded(InstrumentKey.of(Venue.NASDAQ, "X"), 6, BID, UNIT / 2, 10, 0);
        books.onTradingStatus(InstrumentKey.of(Venue.NASDAQ, "X"), STATUS_TRADING);
        books.onEventEnd(1);
        text.print(out);
        assertEquals("""
                X\tTRUSTED\tbid\t1\t0.5\t6\t10\t1\t0\t
                X\tTRUSTED\task\t1\t1\t5\t100\t1\t0\tVIRT
                X\tTRUSTED\task\t1\t1\t4\t50\t2\t100\t
                """, out.toString());
    }

    @Test
    void definitionsThatSaySomethingNew() {
        final MarketBooks books = books(new DefinitionsText(out));
        final var future = new InstrumentDefinition(5, false, "ESZ6", "ES", "ES", "FUT", "USD", "202612", 1_797_604_200_000_000_000L,
                UNIT / 4, UNIT / 100, 10, 2, 1, List.of());
        books.onDefinition(future);
        books.onDefinition(future);
        books.onDefinition(new InstrumentDefinition(7, true, "ESZ6-ESH7", "ES", "ES", "MLEG", "USD", "", 0, 0, UNIT, 0, 0, 1, List.of(
                new InstrumentDefinition.Leg(5, true, 1), new InstrumentDefinition.Leg(6, false, 2))));
        assertEquals("5\tESZ6\tES\tES\tFUT\tUSD\t202612\t2026-12-18T14:30:00Z\t0.25\t0.01\t10\t2\t\tdefined\n"
                + "7\tESZ6-ESH7\tES\tES\tMLEG\tUSD\t\t\t\t1\t\t\t+1*5,-2*6\tdeleted\n", out.toString());
    }

    @Test
    void statisticsAsTheyCome() {
        final MarketBooks books = books(new StatisticsText(out));
        books.onStatistic(5, Statistic.PRELIMINARY_SETTLEMENT, -UNIT / 4, NO_QUANTITY, 12);
        books.onStatistic(5, Statistic.VOLUME, NO_PRICE, 5_000_000_000L, 13);
        books.onStatistic(5, Statistic.HIGH, NO_PRICE, NO_QUANTITY, 14);
        assertEquals("12\t5\tpreliminary-settlement\t-0.25\t\n13\t5\tvolume\t\t5000000000\n14\t5\thigh\t\t\n", out.toString());
    }

    @Test
    void levelsOfBaseAndImpliedBookAsOne() {
        final DepthText text = new DepthText(true);
        final MarketBooks books = books(text);
        books.onLevel(5, 1, BID, ACTION_CHANGE, 0, UNIT, 3, 1);
        books.onLevel(5, 2, IMPLIED_BID, ACTION_CHANGE, 0, UNIT, 4, 0);
        text.print(out);
        assertEquals("5\tNOT_YET_KNOWN\tbid\t1\t1\t7\t1\n", out.toString());
    }
}
