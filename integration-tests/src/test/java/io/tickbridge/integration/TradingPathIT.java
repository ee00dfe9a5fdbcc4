package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.exchange.DrivenMarket;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the exchange's multicast to an order's fill and back into the journal: the gateway, and add-on cores under Mono that
 * trade on simulated accounts. Each rule of the risk gate is made to refuse, and what add-ons wrote into their audit
 * logs is held against what the gateway's journal tells.
 */
final class TradingPathIT {
    private static final int ES = 1;
    private static final int NQ = 2;
    private static final int ODD = 3;
    private static final int EVEN = 50; // contracts: no side outweighs the other
    private static final int MANY = 90;
    private static final int FEW = 10;
    private static final long BID = 20_000; // ticks of 0.25
    private static final int WIDE = 20; // ticks
    private static final int BURST = 12; // at once: more than pace lets pass in a second
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(700);
    private static final Duration STALL = Duration.ofMillis(700);

    private static final String INSTRUMENTS = """
            instruments:
              - {feed: cme, id: 1, symbol: ESZ6, group: G1, tick: 0.25}
              - {feed: cme, id: 2, symbol: NQZ6, group: G2, tick: 0.25}
              - {feed: cme, id: 3, symbol: "UD:1V: GN 2611", group: G3, tick: 0.25}
            """;
    private static final String SIGNALS = """
            signals:
              - {kind: book-imbalance, parameters: {levels: 1, threshold: 0.6, rearm: 0.4}}
              - {kind: spread-widening, parameters: {ticks: 8, rearm-ticks: 4}}
            """;
    /** Nothing that a slow machine could trip. */
    private static final String WIDE_OPEN = """
            instruments = ES 12-26
            map.ESZ6 = ES 12-26
            map.NQZ6 = NQ 12-26
            hours.sessions = Sun-Sat 00:00-00:00
            limit.signal.age.ms = 60000
            limit.clock.bound.ms = 60000
            limit.quote.age.ms = 600000
            limit.orders.second = 1000
            limit.orders.minute = 10000
            order.entry.timeout.ms = 0
            order.response.ms = 600000
            audit.free.mb = 1
            """;

    private static final int RULE = 6; // its place in a decision's words

    @TempDir
    private Path directory;
    private DrivenMarket market;
    private int signals;

    @Test
    void ordersFillsAndEveryRefusalAreInTheJournalAsInTheAuditLog() throws Exception {
        AddOnProcess.require();
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, GatewayText.changed(GatewayText.changed(feed.configuration(0, 0),
                    GatewayText.SIGNALS, INSTRUMENTS + SIGNALS), "key-file: link.key",
                    "key-file: link.key, signal-time-to-live: 60min"));
            market = new DrivenMarket(packet -> feed.send(0, packet));
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                final int port = gateway.port();
                for (final int instrument : List.of(ES, NQ, ODD)) {
                    market.open(instrument, BID, BID + 1);
                }
                signal(ES, true);
                gateway.awaitCount("link.signals", count -> count == signals);
                try (LinkProxy lost = new LinkProxy(port);
                        LinkProxy slow = new LinkProxy(port)) {
                    slow.delay(SLOW);
                    trade(gateway, port, lost, slow);
                }
            }
        }
    }

    private void trade(final GatewayProcess gateway, final int port, final LinkProxy lost, final LinkProxy late)
            throws Exception {
        try (TradingAddOn main = start("main", lost.port(), """
                        accounts.live = Live1
                        rules = book-imbalance
                        limit.position = 2
                        limit.loss.day = 150
                        limit.loss.kill = false
                        """);
                TradingAddOn closed = start("closed", port, "hours.closed = " + daysAroundToday() + "\n");
                TradingAddOn full = start("full", port, "audit.free.mb = 1000000\n");
                TradingAddOn other = start("other", port, "rules = sweep, spread-widening\n");
                TradingAddOn pace = start("pace", port, "limit.orders.second = 3\nlimit.orders.minute = 9\n");
                TradingAddOn slow = start("slow", late.port(), """
                        limit.signal.age.ms = 500
                        limit.clock.bound.ms = 500
                        limit.quote.age.ms = 500
                        """)) {
            refuseLimitsThatContradictEachOther(port);
            gateway.awaitCount("link.logons", logons -> logons == 6);
            for (final TradingAddOn addOn : List.of(main, closed, full, other, pace, slow)) {
                addOn.await("trading LinkRestored");
            }
            refuseWhatTheMarketAndThePlatformGiveCauseFor(main);
            for (int i = 0; i < BURST; i++) {
                signal(ES, true);
            }
            until(pace, "OrdersPerSecond");
            main.await("decision " + signals + " ");
            buyAndLose(main, lost);
            refuseByHand(main);
            refuseWhatIsLate(slow, late);
            until(pace, "OrdersPerMinute");
            closed.await("decision \\d+ refused TradingHours ", signals / 2);
            full.await("decision " + signals + " refused AuditLog ");
            other.await("decision " + signals + " refused RuleAllowed .*book-imbalance is not in rules = sweep, spread-widening");
            main.await("decision " + signals + " ");
            for (final TradingAddOn addOn : List.of(main, closed, full, other, pace, slow)) {
                addOn.stop();
            }
            final TradingAddOn again = againFromTheBeginning(port);
            gateway.stop();
            compare(main, closed, full, other, pace, slow, again);
        }
    }

    private TradingAddOn start(final String name, final int port, final String limits) throws IOException {
        return TradingAddOn.start(name, directory, port, with(limits), directory.resolve(name + "-audit"), 0);
    }

    /** A key may stand in the file but once. */
    private static String with(final String limits) {
        final Set<String> given = limits.lines().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
        return WIDE_OPEN.lines().filter(line -> !given.contains(line.split(" ")[0])).collect(Collectors.joining("\n"))
                + '\n' + limits;
    }

    private static String daysAroundToday() {
        final LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Stream.of(-1, 0, 1, 2).map(today::plusDays).map(LocalDate::toString).collect(Collectors.joining(", "));
    }

    /** A signal of the book's imbalance, and the balance after it. */
    private int signal(final int instrument, final boolean buys) {
        market.quantities(instrument, buys ? MANY : FEW, buys ? FEW : MANY);
        market.quantities(instrument, EVEN, EVEN);
        return ++signals;
    }

    private void refuse(final TradingAddOn addOn, final String rule, final int signal) {
        addOn.await("decision " + signal + " refused " + rule + " ");
    }

    /** Settings under which no order could ever pass are refused at the start. */
    private void refuseLimitsThatContradictEachOther(final int port) throws Exception {
        try (TradingAddOn large = start("large", port, "order.quantity = 2\nlimit.order.quantity = 1\n")) {
            assertEquals(1, large.awaitEnd());
            assertTrue(large.output().contains("order.quantity 2 is above limit.order.quantity 1"), large.output());
            assertEquals(1, large.output().lines().count(), large.output());
        }
    }

    /** Rules behind checks that are made earlier: nothing from outside gets past those, so the add-on is disturbed itself. */
    private void refuseWhatIsCheckedBefore(final TradingAddOn main) throws IOException {
        for (final Map.Entry<String, String> fault : Map.of(
                "limits size", "OrderSize", "limits account", "Account", "limits rules", "InternalError").entrySet()) {
            main.must(fault.getKey());
            refuse(main, fault.getValue(), signal(ES, true));
            main.must("limits mend");
        }
        main.must("arm live Live1");
        for (final Map.Entry<String, String> fault : Map.of(
                "signals viewing", "LinkRights", "signals recorded", "Market").entrySet()) {
            main.must("signals hold");
            final int held = signal(ES, true);
            main.await("(?m)^" + held + " \\S+ book-imbalance");
            main.must(fault.getKey());
            refuse(main, fault.getValue(), held);
        }
        main.must("dry-run");
        main.must("arm Sim101");
    }

    private void refuseWhatTheMarketAndThePlatformGiveCauseFor(final TradingAddOn main) throws IOException {
        main.must("quotes none");
        refuse(main, "QuoteAbsent", signal(ES, true));
        main.must("quotes on");
        main.await("decision " + signal(ES, true) + " passed ");
        main.mustFail("arm Nobody", "account 'Nobody' is not in accounts.simulation");
        main.must("arm Sim101");
        refuseWhatIsCheckedBefore(main);
        refuse(main, "InstrumentAllowed", signal(NQ, true));
        refuse(main, "InstrumentMap", signal(ODD, false));
        market.quote(ES, BID, EVEN, BID + WIDE, EVEN);
        market.quote(ES, BID, EVEN, BID + 1, EVEN);
        refuse(main, "SignalSide", ++signals);
        main.must("quotes shift 100");
        refuse(main, "PriceCollar", signal(ES, true));
        main.must("quotes shift 0");
        main.must("platform down");
        refuse(main, "PlatformConnection", signal(ES, true));
        main.must("answers hold");
        final String agreed = "trading Reconciled Sim101 orders and positions agree";
        final int before = main.count(agreed);
        main.must("platform up");
        refuse(main, "Reconciliation", signal(ES, true));
        main.must("answers go");
        // What the platform may still be loading is not believed yet: for 10 s it cannot be armed.
        main.await(agreed, before + 1);
        main.must("dry-run");
    }

    /** Two entries, their brackets, a market that falls through the stops; and a link that is lost meanwhile. */
    private void buyAndLose(final TradingAddOn main, final LinkProxy link) throws IOException {
        main.must("arm Sim101");
        main.await("decision " + signal(ES, true) + " passed ES 12-26 Buy 1@5000.25");
        main.await("position ES 12-26 1@5000.25");
        main.await("order TB-\\S+-S1 ES 12-26 Sell StopMarket Working 0/1 stop 4998.25");
        main.await("order TB-\\S+-T1 ES 12-26 Sell Limit Working 0/1 limit 5002.25");
        refuse(main, "Opposing", signal(ES, false));
        main.await("decision " + signal(ES, true) + " passed ");
        main.await("position ES 12-26 2@");
        refuse(main, "Position", signal(ES, true));
        loseTheLink(main, link);
        main.must("signals hold");
        final int first = signal(ES, true);
        final int second = signal(ES, true);
        main.await("(?m)^" + second + " \\S+ book-imbalance");
        main.must("signals backwards");
        refuse(main, "Position", second);
        refuse(main, "Sequence", first);
        market.quote(ES, BID - WIDE, EVEN, BID - WIDE + 1, EVEN);
        main.await("position ES 12-26 0");
        refuse(main, "DailyLoss", signal(ES, true));
    }

    /**
     * A signal that waits while the link is lost finds it down; one that was missed comes after the reconnect, when the
     * gateway no longer vouches for the book.
     */
    private void loseTheLink(final TradingAddOn main, final LinkProxy link) throws IOException {
        main.must("signals hold");
        final int waiting = signal(ES, true);
        main.await("(?m)^" + waiting + " \\S+ book-imbalance");
        link.refuse(true);
        link.cut();
        main.await("trading LinkLost");
        main.must("signals go");
        refuse(main, "Link", waiting);
        final int missed = signal(ES, true);
        market.halt(ES);
        link.refuse(false);
        refuse(main, "FeedHealth", missed);
        market.resume(ES);
    }

    private void refuseByHand(final TradingAddOn main) throws IOException {
        main.must("disarm by the test");
        refuse(main, "Mode", signal(ES, true));
        main.must("arm Sim101");
        main.must("kill by the test");
        refuse(main, "Killed", signal(ES, true));
        main.await("trading Flat ");
        main.must("release kill");
    }

    private void refuseWhatIsLate(final TradingAddOn slow, final LinkProxy link) throws IOException {
        until(slow, "ClockBound .*allowed 500 ms");
        link.delay(0);
        link.reset();
        slow.await("trading LinkRestored", 2);
        // Until the clocks have been compared over the fast link, the bound stays too wide.
        Await.until("a passed signal over a fast link", () -> {
            final int latest = signal(ES, true);
            slow.await("decision " + latest + " ");
            return slow.count("decision " + latest + " passed") > 0;
        }, slow::output);
        link.hold();
        final int stalled = signal(ES, true);
        Await.until("the stall", new Elapsed(STALL)::isOver, () -> "");
        link.release();
        refuse(slow, "SignalAge", stalled);
        slow.must("quotes off");
        until(slow, "QuoteAge");
    }

    /** Signals until a rule has refused one: what trips it is time. */
    private void until(final TradingAddOn addOn, final String rule) {
        Await.until(addOn.name() + " refuses by " + rule, () -> {
            addOn.await("decision " + signal(ES, true) + " ");
            return addOn.count("decision \\d+ refused " + rule + "\\b") > 0;
        }, addOn::output);
    }

    /** After a restart the same signals come once more, from the first on, which the first start came too late for. */
    private TradingAddOn againFromTheBeginning(final int port) throws Exception {
        try (TradingAddOn again = TradingAddOn.start("again", directory, port, with(""), directory.resolve("main-audit"), 1)) {
            again.await("decision " + signals + " ");
            again.await("decision \\d+ refused ", signals);
            assertEquals(1, again.count("decision 1 refused Sequence "), again.output());
            assertEquals(signals - 1, again.count("decision \\d+ refused Duplicate "), again.output());
            again.stop();
            assertEquals(0, again.count("order TB-"), again.output());
            return again;
        }
    }

    /** What each wrote down is what the gateway was told, one by one, in the same order. */
    private void compare(final TradingAddOn... addOns) throws IOException, InterruptedException {
        final ReportedTrading reported = new ReportedTrading(directory);
        final List<Map<String, Object>> rows = reported.rows();
        final Map<Object, List<Map<String, Object>>> streams = rows.stream()
                .collect(Collectors.groupingBy(row -> row.get("stream"), LinkedHashMap::new, Collectors.toList()));
        assertEquals(addOns.length, streams.size(), "add-ons that reported");
        final Set<String> refusing = refusing();
        final Set<String> refused = new TreeSet<>();
        for (final TradingAddOn addOn : addOns) {
            final List<String> told = addOn.told(streams.values());
            if ("full".equals(addOn.name())) {
                assertTrue(told.stream().filter(line -> line.startsWith("decision"))
                        .allMatch(line -> line.contains("|refused|AuditLog|")), told::toString);
            }
            // Low space refuses entries; what happens is written down all the same.
            assertEquals(String.join("\n", addOn.audited()), String.join("\n", told), addOn.name());
            told.stream().filter(line -> line.startsWith("decision") && line.contains("|refused|"))
                    .forEach(line -> refused.add(line.split("\\|")[RULE]));
        }
        assertEquals(refusing, refused, "rules that refused");
        for (final Map<String, Object> row : rows) {
            if ("execution".equals(row.get("what"))) {
                assertCameOf(row, rows);
            }
        }
        assertEquals(4, rows.stream().filter(row -> "execution".equals(row.get("what"))).count(), "two entries, two stops");
        assertCosts(reported.costs(), rows, refusing);
    }

    /** All that the gate has, by its source; those that need the add-on's own platform refuse in {@link AddOnLayerIT}. */
    private static Set<String> refusing() throws IOException {
        final String source = Files.readString(
                Installation.root().resolve("ninjatrader-addon/src/Core/Trading/Reports/RiskRule.cs"));
        final Set<String> rules = Pattern.compile("(?m)^ +(\\w+) = [1-9]\\d*,?$").matcher(source).results()
                .map(rule -> rule.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Pattern.compile(" = \\d+").matcher(source).results().count() - 1, rules.size(), "all but None");
        assertTrue(rules.removeAll(AddOnLayerIT.REFUSING), rules::toString);
        return rules;
    }

    /** One row an order and one a refusal; of each fill what it cost against the microprice of the signal that led to it. */
    private static void assertCosts(
            final List<Map<String, Object>> costs, final List<Map<String, Object>> rows, final Set<String> refusing) {
        final Set<String> refused = new TreeSet<>();
        costs.stream().filter(cost -> "REFUSED".equals(cost.get("state"))).forEach(cost -> refused.add(cost.get("refused_by").toString()));
        assertEquals(refusing, refused);
        final Set<Object> orders = rows.stream().filter(row -> "order".equals(row.get("what")))
                .map(row -> row.get("stream") + " " + row.get("handle")).collect(Collectors.toSet());
        assertEquals(orders.size(), costs.stream().filter(cost -> cost.get("order_time") != null).count(), "orders");
        int entries = 0;
        for (final Map<String, Object> row : rows) {
            if ("execution".equals(row.get("what"))) {
                final Map<String, Object> cost = costs.stream().filter(one -> row.get("name").equals(one.get("name"))).findFirst().orElseThrow();
                assertEquals("FILLED", cost.get("state"), cost::toString);
                assertEquals("book-imbalance", cost.get("kind"), cost::toString);
                assertEquals(row.get("signal_sequence"), cost.get("signal_sequence"), cost::toString);
                final BigDecimal price = new BigDecimal(cost.get("price").toString());
                assertEquals(0, new BigDecimal(row.get("price").toString()).compareTo(price), cost::toString);
                if ("ENTRY".equals(cost.get("role"))) {
                    entries++;
                    final BigDecimal tick = new BigDecimal(cost.get("tick").toString());
                    final BigDecimal paid = price.subtract(new BigDecimal(cost.get("microprice").toString()));
                    final BigDecimal slippage = "BUY".equals(cost.get("action")) ? paid : paid.negate();
                    assertEquals(slippage.toPlainString(), cost.get("slippage"), cost::toString);
                    assertEquals(slippage.divide(tick, 9, RoundingMode.HALF_UP).toPlainString(), cost.get("ticks"), cost::toString);
                    assertTrue(((Number) cost.get("ready_to_sent")).longValue() >= 0, cost::toString);
                    assertTrue(((Number) cost.get("order_time")).longValue() >= ((Number) cost.get("decision_time")).longValue());
                }
            }
        }
        assertEquals(2, entries);
    }

    /** A fill names the signal that led to it, as the decision to act on that signal does. */
    private static void assertCameOf(final Map<String, Object> execution, final List<Map<String, Object>> rows) {
        final String name = execution.get("name").toString();
        assertEquals(1, rows.stream().filter(row -> "decision".equals(row.get("what")) && row.get("name") != null
                && !row.get("name").toString().isEmpty() && name.startsWith(row.get("name") + "-")
                && row.get("signal_sequence").equals(execution.get("signal_sequence"))).count(), execution::toString);
    }

    /** Time that must pass: it is what is tested. */
    private static final class Elapsed {
        private final long end;

        Elapsed(final Duration duration) {
            end = System.nanoTime() + duration.toNanos();
        }

        boolean isOver() {
            return System.nanoTime() > end;
        }
    }
}
