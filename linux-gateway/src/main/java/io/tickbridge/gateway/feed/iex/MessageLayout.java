package io.tickbridge.gateway.feed.iex;

/**
 * Where each field lies in a message, counted from the message type byte; little-endian throughout. From "Message
 * Formats" in IEX TOPS Specification 1.6, IEX DEEP Specification 1.0 and IEX DEEP+ Specification 1.0, which agree on
 * every message they share.
 *
 * <p>Prices are signed 64-bit in units of 1e-4. Sizes are unsigned 32-bit. Timestamps are ns since the Unix epoch,
 * event times seconds. Symbols are 8 ASCII characters, padded with spaces on the right.
 */
final class MessageLayout {
    /** One byte, in all messages. */
    static final int TYPE = 0;
    /** One byte, in all messages: a flag set or the code that says what happened. */
    static final int CODE = 1;
    /** In all messages. */
    static final int TIMESTAMP = 2;
    /** In all but the System Event Message. */
    static final int SYMBOL = 10;

    static final int ROUND_LOT_SIZE = 18;
    static final int ADJUSTED_POC_PRICE = 22;
    static final int LULD_TIER = 30;

    static final int REASON = 18;
    static final int REASON_LENGTH = 4;
    static final int DETAIL = 18;

    /** Price Level Update, Trade Report, Trade Break. */
    static final int SIZE = 18;
    /** Price Level Update, Trade Report, Trade Break. */
    static final int PRICE = 22;
    static final int TRADE_ID = 30;
    static final int OFFICIAL_PRICE = 18;

    /** Add Order, Order Modify, Order Delete, Order Executed. */
    static final int ORDER_ID = 18;
    /** Add Order, Order Modify, Order Executed. */
    static final int ORDER_SIZE = 26;
    /** Add Order, Order Modify, Order Executed. */
    static final int ORDER_PRICE = 30;
    /** Order Executed. */
    static final int EXECUTION_TRADE_ID = 38;

    static final int BID_SIZE = 18;
    static final int BID_PRICE = 22;
    static final int ASK_PRICE = 30;
    static final int ASK_SIZE = 38;

    static final int PAIRED_SHARES = 18;
    static final int REFERENCE_PRICE = 22;
    static final int INDICATIVE_CLEARING_PRICE = 30;
    static final int IMBALANCE_SHARES = 38;
    static final int IMBALANCE_SIDE = 42;
    static final int EXTENSION_NUMBER = 43;
    static final int SCHEDULED_AUCTION_TIME = 44;
    static final int AUCTION_BOOK_CLEARING_PRICE = 48;
    static final int COLLAR_REFERENCE_PRICE = 56;
    static final int LOWER_AUCTION_COLLAR = 64;
    static final int UPPER_AUCTION_COLLAR = 72;

    /** Price Level Update, Event Flags: the order book's transition is complete. */
    static final int EVENT_COMPLETE = 0x01;
    /** Quote Update, Appendix A: halted, paused or otherwise not available for trading. */
    static final int SYMBOL_NOT_AVAILABLE = 0x80;
    /** Quote Update, Appendix A: pre- or post-market session. */
    static final int EXTENDED_SESSION = 0x40;
    /** Order Modify, Modify Flags: the order keeps its priority. */
    static final int MAINTAIN_PRIORITY = 0x01;
    /** Add Order, Side. */
    static final int BUY = '8';
    /** Add Order, Side. */
    static final int SELL = '5';
    /** Trading Status: the only value in which orders match continuously. */
    static final int TRADING = 'T';
    /** Operational Halt Status: not halted. */
    static final int NOT_HALTED = 'N';

    private MessageLayout() {
    }

    /** "Total Message Data length" of each type. */
    static int length(final char type) {
        return switch (type) {
            case 'S' -> 10;
            case 'D' -> 31;
            case 'H' -> 22;
            case 'O', 'E', 'I' -> 18;
            case 'P' -> 19;
            case '8', '5' -> 30;
            case 'Q' -> 42;
            case 'T', 'B' -> 38;
            case 'X' -> 26;
            case 'A' -> 80;
            case 'a', 'M' -> 38;
            case 'R' -> 26;
            case 'L' -> 46;
            case 'C' -> 18;
            default -> throw new IllegalArgumentException("no message type '" + type + "'");
        };
    }
}
