package io.tickbridge.gateway.export;

import static io.tickbridge.gateway.export.Column.INTEGER;
import static io.tickbridge.gateway.export.Column.PRICE;
import static io.tickbridge.gateway.export.Column.TEXT;
import static io.tickbridge.gateway.export.Column.TRUTH;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The tables of an export; EXPORT.md says what their columns mean. Before all others stands the run that a row belongs to, which
 * {@link TableRecords} writes.
 */
enum Table {
    /** Each message of each frame, on every line. */
    FRAMES("index", INTEGER, "receive_time", INTEGER, "send_time", INTEGER, "line", INTEGER, "line_name", TEXT, "feed", TEXT,
            "length", INTEGER, "message", INTEGER, "sequence", INTEGER, "type", TEXT, "fields", TEXT, "problem", TEXT),
    /** Each change of a best price, its quantity, or a book's state. */
    TOP_OF_BOOK("index", INTEGER, "place", INTEGER, "receive_time", INTEGER, "late", TRUTH, "exchange_time", INTEGER, "feed", TEXT,
            "instrument", INTEGER, "symbol", TEXT, "state", TEXT, "bid_price", PRICE, "bid_quantity", INTEGER,
            "ask_price", PRICE, "ask_quantity", INTEGER),
    /** Each trade, and each trade that was broken. */
    TRADES("index", INTEGER, "receive_time", INTEGER, "late", TRUTH, "exchange_time", INTEGER, "feed", TEXT,
            "instrument", INTEGER, "symbol", TEXT, "kind", TEXT, "price", PRICE, "quantity", INTEGER, "aggressor", TEXT,
            "broken_trade", INTEGER),
    /** Each signal. */
    SIGNALS("index", INTEGER, "receive_time", INTEGER, "number", INTEGER, "exchange_time", INTEGER, "instrument", INTEGER,
            "rule", INTEGER, "rule_name", TEXT, "venue", TEXT, "side", TEXT, "bid_price", PRICE, "bid_quantity", INTEGER,
            "ask_price", PRICE, "ask_quantity", INTEGER, "value", INTEGER, "symbol", TEXT, "tick", PRICE, "microprice", PRICE,
            "feed", TEXT),
    /** Each change of an order that an add-on reported. */
    ORDERS("index", INTEGER, "receive_time", INTEGER, "connection", INTEGER, "stream", INTEGER, "sequence", INTEGER,
            "event_time", INTEGER, "signal_session", INTEGER, "signal_sequence", INTEGER, "venue", TEXT, "instrument", INTEGER,
            "mode", TEXT, "account", TEXT, "instrument_name", TEXT, "client_order_id", TEXT, "action", TEXT, "quantity", INTEGER,
            "platform_order_id", TEXT, "role", TEXT, "order_type", TEXT, "state", TEXT, "time_in_force", TEXT,
            "limit_price", PRICE, "stop_price", PRICE, "average_price", PRICE, "filled_quantity", INTEGER, "oco_group", TEXT,
            "text", TEXT),
    /** Each fill that an add-on reported. */
    EXECUTIONS("index", INTEGER, "receive_time", INTEGER, "connection", INTEGER, "stream", INTEGER, "sequence", INTEGER,
            "event_time", INTEGER, "signal_session", INTEGER, "signal_sequence", INTEGER, "venue", TEXT, "instrument", INTEGER,
            "mode", TEXT, "account", TEXT, "instrument_name", TEXT, "client_order_id", TEXT, "action", TEXT, "quantity", INTEGER,
            "platform_order_id", TEXT, "role", TEXT, "execution_id", TEXT, "execution_time", INTEGER, "price", PRICE,
            "commission", PRICE, "position_after", INTEGER),
    /** Each change of a position that an add-on reported. */
    POSITIONS("index", INTEGER, "receive_time", INTEGER, "connection", INTEGER, "stream", INTEGER, "sequence", INTEGER,
            "event_time", INTEGER, "venue", TEXT, "instrument", INTEGER, "mode", TEXT, "account", TEXT, "instrument_name", TEXT,
            "quantity", INTEGER, "average_price", PRICE, "realized_profit", PRICE, "unrealized_profit", PRICE,
            "working_buy", INTEGER, "working_sell", INTEGER),
    /** Each decision of a risk gate that an add-on reported. */
    RISK_DECISIONS("index", INTEGER, "receive_time", INTEGER, "connection", INTEGER, "stream", INTEGER, "sequence", INTEGER,
            "event_time", INTEGER, "signal_session", INTEGER, "signal_sequence", INTEGER, "venue", TEXT, "instrument", INTEGER,
            "mode", TEXT, "account", TEXT, "instrument_name", TEXT, "client_order_id", TEXT, "action", TEXT, "quantity", INTEGER,
            "verdict", TEXT, "rule", TEXT, "unit", TEXT, "limit_value", INTEGER, "value", INTEGER, "text", TEXT),
    /** Each signal that a link was told of, with when. */
    SIGNALS_SENT("index", INTEGER, "sent_time", INTEGER, "session", INTEGER, "sequence", INTEGER, "number", INTEGER,
            "signal_index", INTEGER, "ready_time", INTEGER, "add_ons", INTEGER),
    /** Each instrument, when it was heard of first and when its name or tick size changed. */
    INSTRUMENTS("index", INTEGER, "receive_time", INTEGER, "feed", TEXT, "venue", TEXT, "instrument", INTEGER, "symbol", TEXT,
            "tick_size", PRICE),
    /** Each run of a gateway. */
    RUNS("index", INTEGER, "start_time", INTEGER, "gateway", TEXT, "build", TEXT, "jdk", TEXT, "source", TEXT, "live", TRUTH,
            "configuration_sha256", TEXT, "configuration", TEXT),
    /** Each run that ended in order. */
    RUN_ENDS("index", INTEGER, "stop_time", INTEGER, "reason", TEXT, "frames", INTEGER, "signals", INTEGER,
            "lost_frames", INTEGER, "lost_signals", INTEGER),
    /** Each hole in a feed and each change of a book's state, as the gateway noticed it. */
    FEED_HEALTH("index", INTEGER, "event_time", INTEGER, "feed", TEXT, "kind", TEXT, "gaps", INTEGER, "lost", INTEGER,
            "instrument", INTEGER, "state", TEXT, "exchange_time", INTEGER),
    /** Each event of the link. */
    LINK_EVENTS("index", INTEGER, "event_time", INTEGER, "connection", INTEGER, "kind", TEXT, "events", INTEGER, "name", TEXT,
            "address", TEXT, "text", TEXT),
    /** Each hole in the journal itself: a full ring, or damage. */
    JOURNAL_LOSSES("index", INTEGER, "kind", TEXT, "first_time", INTEGER, "last_time", INTEGER, "frames", INTEGER,
            "signals", INTEGER, "others", INTEGER, "text", TEXT);

    private final List<Column> columns;

    Table(final String... namesAndTypes) {
        columns = Stream.concat(Stream.of(new Column("run", INTEGER)), Stream.iterate(0, i -> i < namesAndTypes.length, i -> i + 2)
                .map(i -> new Column(namesAndTypes[i], namesAndTypes[i + 1]))).toList();
    }

    List<Column> columns() {
        return columns;
    }

    /** Name of its directory, and in SQL. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
