package io.tickbridge.gateway.feed.nasdaq;

import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;

import java.util.Arrays;

/**
 * What the Stock Directory Messages of the day said: which instrument each locate code stands for. Beside it, the two
 * statements that Nasdaq makes on an instrument's trading; either alone halts. An instrument on which no Trading Action
 * Message has come is to be taken as halted ("Stock Trading Action").
 *
 * <p>One thread; allocates nothing after construction.
 */
final class StockDirectory {
    /** Locate codes have 16 bits. */
    private static final int LOCATES = 1 << 16;
    /** No symbol is all zero bytes. */
    static final long UNKNOWN = 0;

    private static final byte TRADING = 1;
    private static final byte OPERATIONALLY_HALTED = 2;

    private final long[] instruments = new long[LOCATES];
    private final byte[] statements = new byte[LOCATES];

    /** A Stock Directory Message: true when it says something new. */
    boolean introduce(final int locate, final long instrument) {
        if (instruments[locate] == instrument) {
            return false;
        }
        instruments[locate] = instrument;
        statements[locate] = 0;
        return true;
    }

    /** The instrument of a locate code, or {@link #UNKNOWN}. */
    long instrument(final int locate) {
        return instruments[locate];
    }

    /** A Trading Action Message. */
    void onTradingState(final int locate, final boolean trading) {
        state(locate, TRADING, trading);
    }

    /** An Operational Halt Message of this market. */
    void onOperationalHalt(final int locate, final boolean halted) {
        state(locate, OPERATIONALLY_HALTED, halted);
    }

    /** STATUS_TRADING or STATUS_NOT_TRADING. */
    int status(final int locate) {
        return statements[locate] == TRADING ? STATUS_TRADING : STATUS_NOT_TRADING;
    }

    /** A new session: locate codes are dealt out anew. */
    void forget() {
        Arrays.fill(instruments, UNKNOWN);
        Arrays.fill(statements, (byte) 0);
    }

    /** Instruments stay, but none trades before it is said again. */
    void forgetStatements() {
        Arrays.fill(statements, (byte) 0);
    }

    private void state(final int locate, final byte statement, final boolean holds) {
        statements[locate] = (byte) (holds ? statements[locate] | statement : statements[locate] & ~statement);
    }
}
