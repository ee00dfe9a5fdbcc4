package io.tickbridge.gateway.feed.iex;

import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_UNKNOWN;

import org.agrona.collections.Long2LongHashMap;

/**
 * One trading status for each instrument out of the three statements that IEX makes on it: regulatory status,
 * operational halt, and in TOPS the availability flag of its quote. Any of them alone halts. It trades when none
 * does and the regulatory status or the quote says that it trades; that there is no operational halt says nothing
 * of the market.
 *
 * <p>One thread; allocates only when there are more instruments than it was made for.
 */
final class TradingStatuses {
    /** IEX trades every US listed security, about ten thousand; twice that fits before the table grows. */
    private static final int INITIAL_CAPACITY = 1 << 15;

    /** Two bits for each statement, holding a STATUS_ value; on top of them, what was told last. */
    private static final int REGULATORY = 0;
    private static final int OPERATIONAL = 2;
    private static final int QUOTE = 4;
    private static final int TOLD = 6;
    private static final int STATEMENT = 0b11;

    private final Long2LongHashMap statements = new Long2LongHashMap(INITIAL_CAPACITY, 0.65f, 0L);

    /** A Trading Status Message: returns the status to tell, or STATUS_UNKNOWN when it is as told before. */
    int onRegulatory(final long instrument, final boolean trading) {
        return state(instrument, REGULATORY, trading);
    }

    /** An Operational Halt Status Message: returns the status to tell, or STATUS_UNKNOWN when as told before. */
    int onOperational(final long instrument, final boolean notHalted) {
        return state(instrument, OPERATIONAL, notHalted);
    }

    /** A quote's availability flag: returns the status to tell, or STATUS_UNKNOWN when it is as told before. */
    int onQuoteFlag(final long instrument, final boolean available) {
        return state(instrument, QUOTE, available);
    }

    /** Nothing is known any more: what was stated may have been taken back unseen. */
    void forget() {
        statements.clear();
    }

    private int state(final long instrument, final int statement, final boolean good) {
        final long before = statements.get(instrument);
        final long stated = with(before, statement, good ? STATUS_TRADING : STATUS_NOT_TRADING);
        final int told = at(before, TOLD);
        final int status = combined(stated);
        final boolean tell = status != STATUS_UNKNOWN && status != told;
        final long after = tell ? with(stated, TOLD, status) : stated;
        if (after != before) {
            statements.put(instrument, after);
        }
        return tell ? status : STATUS_UNKNOWN;
    }

    private static int combined(final long stated) {
        final int regulatory = at(stated, REGULATORY);
        final int quote = at(stated, QUOTE);
        if (regulatory == STATUS_NOT_TRADING
                || quote == STATUS_NOT_TRADING
                || at(stated, OPERATIONAL) == STATUS_NOT_TRADING) {
            return STATUS_NOT_TRADING;
        }
        return regulatory == STATUS_TRADING || quote == STATUS_TRADING ? STATUS_TRADING : STATUS_UNKNOWN;
    }

    private static int at(final long statements, final int statement) {
        return (int) (statements >>> statement) & STATEMENT;
    }

    private static long with(final long statements, final int statement, final int value) {
        return statements & ~((long) STATEMENT << statement) | (long) value << statement;
    }
}
