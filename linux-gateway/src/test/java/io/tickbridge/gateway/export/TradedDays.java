package io.tickbridge.gateway.export;

import io.tickbridge.gateway.journal.JournalOfDays;
import io.tickbridge.protocol.OrderAction;
import io.tickbridge.protocol.OrderEventEncoder;
import io.tickbridge.protocol.OrderRole;
import io.tickbridge.protocol.OrderState;
import io.tickbridge.protocol.RiskVerdict;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.TradingMode;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Journals of days on which an add-on traded: orders filled at once, in parts, over midnight, not at all, rejected, refused,
 * only thought of, and by hand. What each cost is worked out here a second time, by BigDecimal and without SQL.
 */
public final class TradedDays {
    /** One instrument with a tick and one without. */
    public static final String CONFIGURATION = """
            capture: {source: pcap, file: day.pcapng}
            feeds:
              - name: cme
                protocol: cme-mdp3
                lines: [{group: 224.0.31.64, port: 14340}]
            instruments:
              - {feed: cme, id: 1001, symbol: ESZ6, group: ES, tick: 0.25}
            signals:
              - {kind: top-of-book, instruments: [cme/*]}
              - {kind: microprice-cross, instruments: [cme/*]}
            """;
    /** What a row of {@link #costs} shows of each order, in SQL. */
    public static final String COLUMNS = Stream.of("date", "client_order_id", "platform_order_id", "kind", "symbol", "role", "state",
                    "quantity", "filled_quantity", "fill_ratio", "microprice", "tick", "average_price", "slippage", "slippage_ticks",
                    "stop_slippage", "stop_slippage_ticks", "commission", "executions", "refused_by", "limit_value", "decision_time", "order_time", "first_fill_time", "receive_to_ready",
                    "ready_to_sent", "sent_to_decision", "decision_to_order", "order_to_fill")
            .map(column -> "COALESCE(CAST(" + column + " AS VARCHAR(60)), '')").collect(Collectors.joining(", "));

    private static final long TICK = 250_000_000;
    private static final int SIGNALS_A_DAY = 24;
    private static final int KINDS = 6;
    private static final long SECOND = 1_000_000_000;

    private final Random random;
    private final JournalOfDays journal;
    private final ReportFrames reports;
    private final long session;
    private final List<String> costs = new ArrayList<>();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalEncoder.BLOCK_LENGTH]);
    private final SignalEncoder signal = new SignalEncoder();
    private LocalDate day;
    private long number;
    private long handle;

    /** A signal, and where its entry stands. */
    private final class Trade {
        private final long time = journal.midnight() + number % SIGNALS_A_DAY * 60 * SECOND;
        private final LocalDate born = day;
        private final long instrument = random.nextInt(4) > 0 ? 1001 : 1002;
        private final boolean buys = random.nextBoolean();
        private final long bid = (20_000 + random.nextInt(100)) * TICK;
        private final long ask = bid + (1 + random.nextInt(3)) * TICK;
        private final int bidQuantity = 1 + random.nextInt(700);
        private final int askQuantity = 1 + random.nextInt(700);
        private final int rule = 1 + random.nextInt(2);
        private final ReportFrames.Cause cause = new ReportFrames.Cause(session, number * 3, instrument);
        private final String label = "TB-" + Long.toHexString(session) + '-' + number;
        private final OrderAction action = buys ? OrderAction.BUY : OrderAction.SELL_SHORT;
        private final long own = ++handle;
        private final List<long[]> fills = new ArrayList<>();
        private long commission;
        private long orderTime;

        private long decisionTime() {
            return time + 900;
        }

        private BigDecimal microprice() {
            return price(bid).multiply(BigDecimal.valueOf(askQuantity)).add(price(ask).multiply(BigDecimal.valueOf(bidQuantity)))
                    .divide(BigDecimal.valueOf(bidQuantity + askQuantity), 9, RoundingMode.HALF_UP);
        }

        private void entry(final OrderState state, final int quantity, final int filled, final long at) {
            orderTime = orderTime == 0 ? at : orderTime;
            reports.order(cause, label + "-E", own, OrderRole.ENTRY, action, state, quantity, filled, bid, at);
        }

        private void fill(final int quantity, final long price, final long at) {
            reports.execution(cause, label + "-E", own, OrderRole.ENTRY, action, "x" + own + '.' + fills.size(), quantity, price,
                    2_070_000_000L * quantity, at);
            fills.add(new long[] {quantity, price, at});
            commission += 2_070_000_000L * quantity;
        }

        /** What is to come out. */
        private void cost(final String state, final int quantity, final String refusedBy, final Long limit) {
            final boolean isOrder = orderTime != 0;
            final long filled = fills.stream().mapToLong(fill -> fill[0]).sum();
            final BigDecimal average = filled == 0 ? null : fills.stream().map(fill -> price(fill[1]).multiply(BigDecimal.valueOf(fill[0])))
                    .reduce(BigDecimal.ZERO, BigDecimal::add).divide(BigDecimal.valueOf(filled), 9, RoundingMode.HALF_UP);
            final BigDecimal slippage = average == null ? null
                    : buys ? average.subtract(microprice()) : microprice().subtract(average);
            final boolean hasTick = instrument == 1001;
            final Long firstFill = fills.isEmpty() ? null : fills.get(0)[2];
            costs.add(row(born, label + (isOrder ? "-E" : ""), isOrder ? own : null, rule == 1 ? "top-of-book" : "microprice-cross",
                    hasTick ? "ESZ6" : null, "ENTRY", state, quantity, isOrder ? filled : null,
                    isOrder ? BigDecimal.valueOf(filled).divide(BigDecimal.valueOf(quantity), 9, RoundingMode.HALF_UP) : null,
                    microprice(), hasTick ? price(TICK) : null, average, slippage,
                    slippage == null || !hasTick ? null : slippage.divide(price(TICK), 9, RoundingMode.HALF_UP), null, null,
                    fills.isEmpty() ? null : price(commission), fills.isEmpty() ? null : fills.size(), refusedBy, limit, decisionTime(), isOrder ? orderTime : null, firstFill,
                    100, 200, 600, isOrder ? orderTime - decisionTime() : null, firstFill == null ? null : firstFill - orderTime));
        }
    }

    private TradedDays(final JournalOfDays journal, final long seed, final LocalDate first) {
        this.journal = journal;
        random = new Random(seed);
        // A number of 64 bits without sign: the table shows it below 0.
        session = random.nextLong() | Long.MIN_VALUE;
        reports = new ReportFrames(journal.recorder(), random.nextLong() | 1);
        day = first;
    }

    /** Writes a journal of a gateway that runs through all days. Returns what its orders cost, a line each, sorted. */
    public static List<String> costs(final Path directory, final long seed, final LocalDate... days) throws IOException {
        try (JournalOfDays journal = new JournalOfDays(directory, CONFIGURATION, days[0])) {
            final TradedDays traded = new TradedDays(journal, seed, days[0]);
            Trade waiting = null;
            for (final LocalDate next : days) {
                journal.setDay(next);
                traded.day = next;
                waiting = traded.trade(waiting);
            }
            waiting.cost("WORKING", 5, null, null);
            return traded.costs.stream().sorted().toList();
        }
    }

    /** A day; takes what was left of the one before, and gives back what it leaves. */
    private Trade trade(final Trade waiting) {
        final long morning = journal.midnight() + SECOND;
        if (waiting != null) {
            waiting.fill(2, waiting.ask + TICK, morning);
            waiting.entry(OrderState.PART_FILLED, 5, 2, morning);
            restart(waiting, morning);
            waiting.fill(3, waiting.ask + 2 * TICK, morning + 100);
            waiting.entry(OrderState.FILLED, 5, 5, morning + 101);
            waiting.cost("FILLED", 5, null, null);
        }
        byHand(morning);
        for (int i = 0; i < SIGNALS_A_DAY; i++) {
            decide(signal(), i % KINDS);
            journal.write();
        }
        final Trade late = signal();
        pass(late, 5);
        late.entry(OrderState.WORKING, 5, 0, late.time + 1100);
        journal.write();
        return late;
    }

    /** The add-on is started anew while an order works, and is told of what there is: executions first, and not whose they are. */
    private void restart(final Trade waiting, final long morning) {
        final ReportFrames.Cause unknown = new ReportFrames.Cause(0, 0, 1001);
        reports.restart();
        final String execution = "x" + waiting.own + ".0";
        reports.execution(unknown, "", 1, OrderRole.FLATTEN, waiting.action, execution, 2, waiting.ask + TICK, 2_070_000_000L * 2, morning);
        reports.order(waiting.cause, waiting.label + "-E", 1, OrderRole.ENTRY, waiting.action, OrderState.PART_FILLED, 5, 2, waiting.ask,
                morning + 50);
        reports.execution(waiting.cause, waiting.label + "-E", 1, OrderRole.ENTRY, waiting.action, execution, 2, waiting.ask + TICK,
                2_070_000_000L * 2, morning);
    }

    private Trade signal() {
        number++;
        final Trade trade = new Trade();
        signal.wrap(body, 0).number(number).exchangeTime(trade.time - 50_000).instrument(trade.instrument).rule(trade.rule)
                .venue(Venue.CME).side(trade.buys ? Side.BUY : Side.SELL).bidPrice(trade.bid).askPrice(trade.ask)
                .bidQuantity(trade.bidQuantity).askQuantity(trade.askQuantity).value(7);
        journal.recorder().onSignal(body, 0, trade.time);
        journal.recorder().onSignalSent(session, trade.cause.sequence(), number, trade.time + 100, trade.time + 300, 1);
        return trade;
    }

    private void pass(final Trade trade, final int quantity) {
        reports.decision(trade.cause, trade.label, RiskVerdict.PASSED, TradingMode.SIMULATION, trade.action, quantity, "None", 0, 0,
                trade.decisionTime());
    }

    private void decide(final Trade trade, final int kind) {
        final long time = trade.time + 1000;
        final int quantity = 1 + random.nextInt(9);
        switch (kind) {
            case 0 -> {
                pass(trade, quantity);
                trade.entry(OrderState.SUBMITTED, quantity, 0, time);
                for (int i = 0; i < quantity; i++) {
                    trade.fill(1, trade.bid + random.nextInt(9) * TICK, time + 100 + i);
                }
                trade.entry(OrderState.FILLED, quantity, quantity, time + 200);
                trade.cost("FILLED", quantity, null, null);
            }
            case 1 -> {
                pass(trade, quantity + 2);
                trade.entry(OrderState.WORKING, quantity + 2, 0, time);
                trade.fill(quantity, trade.ask, time + 100);
                trade.entry(OrderState.PART_FILLED, quantity + 2, quantity, time + 101);
                trade.entry(OrderState.CANCELLED, quantity + 2, quantity, time + 200);
                trade.cost("CANCELLED", quantity + 2, null, null);
            }
            case 2 -> {
                reports.decision(trade.cause, trade.label, RiskVerdict.REFUSED, TradingMode.SIMULATION, trade.action, quantity,
                        "PriceCollar", 99, 40, trade.decisionTime());
                trade.cost("REFUSED", quantity, "PriceCollar", 40L);
            }
            case 3 -> {
                reports.decision(trade.cause, trade.label, RiskVerdict.PASSED, TradingMode.DRY_RUN, trade.action, quantity, "None", 0, 0,
                        trade.decisionTime());
                trade.cost("DRY_RUN", quantity, null, null);
            }
            case 4 -> {
                pass(trade, quantity);
                trade.entry(OrderState.SUBMITTED, quantity, 0, time);
                trade.entry(OrderState.REJECTED, quantity, 0, time + 50);
                trade.cost("REJECTED", quantity, null, null);
            }
            default -> {
                pass(trade, 2);
                reports.again(time);
                trade.entry(OrderState.SUBMITTED, 2, 0, time);
                trade.fill(2, trade.ask, time + 10);
                reports.again(time + 100);
                trade.entry(OrderState.FILLED, 2, 2, time + 11);
                reports.again(time + 100);
                // The platform tells of the same execution anew, in a report of its own.
                reports.execution(trade.cause, trade.label + "-E", trade.own, OrderRole.ENTRY, trade.action, "x" + trade.own + ".0", 2,
                        trade.ask, 2_070_000_000L * 2, time + 10);
                reports.position(2, trade.ask, time + 12);
                trade.cost("FILLED", 2, null, null);
                stop(trade, time + 5000);
            }
        }
    }

    /** An order that protects the entry: it has the signal, but no slippage against it; it is filled a tick worse than it was to be. */
    private void stop(final Trade trade, final long time) {
        final long own = ++handle;
        final OrderAction action = trade.buys ? OrderAction.SELL : OrderAction.BUY_TO_COVER;
        reports.stopAt(trade.buys ? trade.bid + TICK : trade.bid - TICK);
        reports.order(trade.cause, trade.label + "-S1", own, OrderRole.STOP_LOSS, action, OrderState.WORKING, 2, 0, 0, time);
        reports.execution(trade.cause, trade.label + "-S1", own, OrderRole.STOP_LOSS, action, "x" + own, 2, trade.bid, -1, time + 70);
        reports.order(trade.cause, trade.label + "-S1", own, OrderRole.STOP_LOSS, action, OrderState.FILLED, 2, 2, trade.bid, time + 71);
        reports.stopAt(OrderEventEncoder.stopPriceNullValue());
        costs.add(row(trade.born, trade.label + "-S1", own, trade.rule == 1 ? "top-of-book" : "microprice-cross",
                trade.instrument == 1001 ? "ESZ6" : null, "STOP_LOSS", "FILLED", 2, 2, new BigDecimal("1.000000000"), trade.microprice(),
                trade.instrument == 1001 ? price(TICK) : null, price(trade.bid), null, null,
                price(TICK), trade.instrument == 1001 ? new BigDecimal("1.000000000") : null, price(-1), 1, null, null, null, time,
                time + 70, 100, 200, null, null, 70));
    }

    /** Two orders under one name, as a platform gives it to what a person does. */
    private void byHand(final long time) {
        final ReportFrames.Cause none = new ReportFrames.Cause(0, 0, 1001);
        for (int i = 0; i < 2; i++) {
            final long own = ++handle;
            reports.order(none, "Close", own, OrderRole.FLATTEN, OrderAction.SELL, OrderState.WORKING, 3, 0, 0, time + i);
            reports.order(none, "Close", own, OrderRole.FLATTEN, OrderAction.SELL, OrderState.FILLED, 3, 3, 7 * TICK, time + i + 9);
            costs.add(row(day, "Close", own, null, null, "FLATTEN", "FILLED", 3, 3, new BigDecimal("1.000000000"), null, null,
                    price(7 * TICK), null, null, null, null, null, null, null, null, null, time + i, null, null, null, null, null, null));
        }
    }

    private static BigDecimal price(final long units) {
        return BigDecimal.valueOf(units, 9);
    }

    private static String row(final Object... values) {
        return Stream.of(values).map(value -> value == null ? "" : value instanceof BigDecimal number
                ? number.toPlainString() : value.toString()).collect(Collectors.joining("|"));
    }
}
