package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.nasdaq.MessageDecoder.Outcome;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Reads messages that say which instruments there are and whether they trade. Apart from those of orders, since these come by
 * the ten thousand before a day's first order: compiled together, they take the room in which the compiler would inline the
 * reading of orders, for the rest of the day.
 *
 * <p>One thread; allocates nothing.
 */
final class StatusDecoder {
    /** All instruments stop and go with the system's hours: told as the status of a group of this name. */
    static final long SYSTEM = 'S';

    private final WireBytes bytes;
    private final StockDirectory directory;
    private final MarketDataListener listener;
    /** A snapshot is being read: what it says of an instrument is all that holds. */
    private boolean isSnapshot;
    private boolean isInHours;

    StatusDecoder(final WireBytes bytes, final StockDirectory directory, final MarketDataListener listener) {
        this.bytes = bytes;
        this.directory = directory;
        this.listener = listener;
    }

    /** What follows is a snapshot: nothing that was said of trading before it holds. */
    void beginSnapshot() {
        isSnapshot = true;
        directory.forgetStatements();
    }

    /** No snapshot is being read any more. */
    void endSnapshot() {
        isSnapshot = false;
    }

    /** Whether all instruments trade as far as the system's hours go. */
    void tellHours(final boolean open) {
        isInHours = open;
        listener.onGroupTradingStatus(
                SYSTEM, open ? MarketDataListener.STATUS_TRADING : MarketDataListener.STATUS_NOT_TRADING);
    }

    /** Reads a message that is an event of its own and happened at this time, ns since the Unix epoch. */
    Outcome decode(final int message, final int type, final long time) {
        final Outcome outcome = type == 'S' ? system(message) : instrument(message, type);
        if (outcome == Outcome.DECODED) {
            listener.onEventEnd(time);
        }
        return outcome;
    }

    private Outcome instrument(final int message, final int type) {
        final int locate = bytes.getShort(message + ItchLayout.STOCK_LOCATE, BIG_ENDIAN) & 0xffff;
        final long instrument = bytes.getLong(message + ItchLayout.STOCK, LITTLE_ENDIAN); // the first character lowest
        if (type == 'R') {
            if (instrument == StockDirectory.UNKNOWN) {
                return Outcome.UNUSABLE;
            }
            if (directory.introduce(locate, instrument)) {
                listener.onInstrument(instrument);
            } else if (!isSnapshot) {
                return Outcome.PASSED_OVER;
            }
        } else if (directory.instrument(locate) != instrument) {
            return directory.instrument(locate) == StockDirectory.UNKNOWN ? Outcome.UNKNOWN_INSTRUMENT : Outcome.UNUSABLE;
        } else if (type == 'H') {
            directory.onTradingState(locate, letter(message + ItchLayout.TRADING_STATE) == ItchLayout.TRADING);
        } else if (letter(message + ItchLayout.MARKET_CODE) == ItchLayout.NASDAQ_MARKET) {
            directory.onOperationalHalt(locate, letter(message + ItchLayout.HALT_ACTION) != ItchLayout.TRADING);
        } else {
            return Outcome.PASSED_OVER; // another market's
        }
        listener.onTradingStatus(instrument, directory.status(locate));
        return Outcome.DECODED;
    }

    private Outcome system(final int message) {
        final int event = letter(message + ItchLayout.CODE);
        if (event == ItchLayout.START_OF_SYSTEM_HOURS || !isInHours
                && (event == ItchLayout.START_OF_MARKET_HOURS || event == ItchLayout.END_OF_MARKET_HOURS)) {
            // Market hours lie within the system's; a snapshot may tell of the latest event alone.
            tellHours(true);
        } else if (event == ItchLayout.END_OF_SYSTEM_HOURS || event == ItchLayout.END_OF_MESSAGES) {
            tellHours(false);
        }
        return Outcome.DECODED;
    }

    private int letter(final int index) {
        return bytes.getByte(index) & 0xff;
    }
}
