package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.integration.exchange.DrivenMarket;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of the whole add-on, as the import archive's sources make it, with a gateway on the simulated exchange: compiled,
 * connected, armed, trading, cut off, compiled anew, killed, live, its right taken back, ended. Nothing of it is left then,
 * and the gateway's journal and report tell what the audit logs tell.
 *
 * <p>Frames are sealed; {@code -Dtickbridge.add-on.security=plain} has them open.
 */
final class AddOnLayerIT {
    /** Rules that refuse here, in the journal too: those that only the add-on's own platform can trip. */
    static final Set<String> REFUSING = Set.of("Currency");
    private static final String SECURITY = System.getProperty("tickbridge.add-on.security", "hmac");
    private static final int ES = 1;
    private static final int NQ = 2;
    private static final int CLASH = 3;
    private static final long BID = 20_000; // ticks of 0.25
    private static final int EVEN = 50; // contracts: no side outweighs the other
    private static final int MANY = 90;
    private static final int FEW = 10;
    private static final String KEY = "a7".repeat(32);
    private static final String FLAT = "(?m)^account Sim101 flat$";
    private static final String LIVE = "TRADE LIVE ON Live1";
    private static final String NOT_ENTITLED = "refused by (LinkRights|Mode)";
    private static final String CONNECTED = "\\| Connected to the gateway, session ";
    private static final String INSTRUMENTS = """
            instruments:
              - {feed: cme, id: 1, symbol: ESZ6, group: G1, tick: 0.25}
              - {feed: cme, id: 2, symbol: NQZ6, group: G2, tick: 0.25}
              - {feed: cme, id: 3, symbol: ESX6, group: G3, tick: 0.25}
            signals:
              - {kind: book-imbalance, parameters: {levels: 1, threshold: 0.6, rearm: 0.4}}
            """;
    /** Nothing that a slow machine could trip. */
    private static final String LIMITS = """
            accounts.live = Live1
            instruments = ES 12-26, NQ 12-26
            instruments.front.only = false
            map.ESZ6 = ES 12-26
            map.NQZ6 = NQ 12-26
            map.ESX6 = ES 12-26
            hours.sessions = Sun-Sat 00:00-00:00
            limit.position = 2
            limit.signal.age.ms = 60000
            limit.clock.bound.ms = 60000
            limit.quote.age.ms = 600000
            limit.orders.second = 1000
            limit.orders.minute = 10000
            limit.loss.day = 100000
            order.entry.timeout.ms = 0
            order.response.ms = 600000
            audit.free.mb = 1
            """;

    @TempDir
    private Path directory;
    private DrivenMarket market;
    private PlatformProcess platform;
    private int signals;

    @Test
    void aDayOfTheWholeAddOnLeavesNothingBehindButTheJournal() throws Exception {
        PlatformProcess.require();
        final Path folder = Files.createDirectories(directory.resolve("user/Tickbridge"));
        limits("");
        Files.writeString(folder.resolve("connection.txt"), "name = desk\n");
        register(LinkSecurity.Rights.TRADE);
        final int gatewayPort = freePort();
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, GatewayText.changed(GatewayText.changed(feed.configuration(0, gatewayPort),
                    GatewayText.SIGNALS, INSTRUMENTS), "key-file: link.key, market: simulated",
                    // The platform's live account is none: it is traded here as on a day at the exchange.
                    "key-file: link.key, market: live, keys: keys, security: " + SECURITY));
            market = new DrivenMarket(packet -> feed.send(0, packet));
            try (LinkProxy wire = new LinkProxy(gatewayPort);
                    PlatformProcess started = PlatformProcess.start(directory, directory.resolve("user"))) {
                platform = started;
                try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                    gateway.port();
                    trade(gateway, wire);
                    gateway.stop();
                }
                rehearse();
                endAndLeaveNothing();
            }
        }
        compare();
    }

    private void trade(final GatewayProcess gateway, final LinkProxy wire) throws Exception {
        for (final int instrument : List.of(ES, NQ, CLASH)) {
            market.open(instrument, BID, BID + 1);
        }
        platform.must("instrument UsDollar ES 12-26");
        platform.must("instrument Euro NQ 12-26");
        connect(gateway, wire);
        refuse();
        tradeOnTheSimulationAccount(wire);
        compileAnewAndTradeByAnAtmTemplate(gateway);
        killWithAPositionOpen();
        tradeLiveUntilTheRightIsTakenBack(gateway);
    }

    /** Compiled, opened from the menu, host and key typed: what a person does first. */
    private void connect(final GatewayProcess gateway, final LinkProxy wire) throws IOException {
        platform.must("compile custom-first");
        platform.must("open");
        platform.await("(?m)^banner Not running \\| .*host is not set");
        platform.must("type TickbridgeHost 127.0.0.1");
        platform.must("type TickbridgePort " + wire.port());
        platform.must("type TickbridgeKey " + KEY);
        platform.must("press TickbridgeConnect");
        platform.await("(?m)^banner Dry run ");
        gateway.awaitCount("link.peers", peers -> peers == 1);
        platform.must("market 5000/5000.25 ES 12-26");
        platform.must("market 5000/5000.25 NQ 12-26");
        platform.await("ESX6 of Cme and ESZ6 of Cme are both ES 12-26");
    }

    private int signal(final int instrument, final boolean buys) {
        market.quantities(instrument, buys ? MANY : FEW, buys ? FEW : MANY);
        market.quantities(instrument, EVEN, EVEN);
        return ++signals;
    }

    private void arm(final String mode, final String account, final String confirmation) throws IOException {
        platform.must("choose TickbridgeMode " + mode);
        platform.must("choose TickbridgeAccount " + account);
        platform.must("type TickbridgeConfirmation " + confirmation);
        platform.must("press TickbridgeArm");
    }

    private void armed(final String mode, final String account, final String confirmation) throws IOException {
        final String pattern = " \\| Armed: " + mode + " on " + account;
        final int before = platform.count(pattern);
        arm(mode, account, confirmation);
        platform.await(pattern, before + 1);
        platform.await("(?m)^banner (ARMED|LIVE)");
    }

    /** Rules that only the platform's side of the add-on can trip. */
    private void refuse() throws IOException {
        arm("Live", "Live1", "TRADE LIVE ON Live2");
        platform.await("Not armed: to trade live, type: TRADE LIVE ON Live1");
        arm("Simulation", "Live1", "-");
        platform.await("Not armed: account 'Live1' is not in accounts.simulation");
        armed("Simulation", "Sim101", "-");
        signal(NQ, true);
        platform.await("refused by Currency");
        final int agreed = platform.count("Sim101: orders and positions agree");
        platform.must("broker down");
        signal(ES, true);
        platform.await("refused by PlatformConnection");
        platform.must("broker up");
        // What the platform may still be loading is not believed yet: nothing passes for 10 s.
        platform.await("Sim101: orders and positions agree", agreed + 1);
    }

    /** Entry, fill, bracket; a lost link, with which the bracket stays; the target. Then an entry that the broker rejects. */
    private void tradeOnTheSimulationAccount(final LinkProxy wire) throws IOException {
        enterAt("Sim101", 1);
        final int armed = platform.count("(?m)^banner ARMED ");
        final int lost = platform.count("(?m)^banner No link ");
        // It is back only once the window was seen without it.
        wire.refuse(true);
        wire.cut();
        platform.await("(?m)^banner No link ", lost + 1);
        wire.refuse(false);
        platform.await("(?m)^banner ARMED ", armed + 1);
        assertEquals(0, platform.count("order Sim101 TB-\\S+-[ST]\\d ES 12-26 \\w+ \\w+ Cancelled"), platform.output());
        leaveByTheTarget("Sim101", 1);
        platform.must("market 5000/5000.25 ES 12-26");
        platform.must("reject Sim101");
        signal(ES, true);
        platform.await("order Sim101 TB-\\S+-E ES 12-26 Buy Limit Rejected");
    }

    private void enterAt(final String account, final int times) throws IOException {
        final int open = platform.count("(?m)^account " + account + " ES 12-26 Long 1$");
        platform.must("market 5000/5000.25 ES 12-26");
        signal(ES, true);
        platform.await("order " + account + " TB-\\S+-E ES 12-26 Buy Limit Filled 1/1", times);
        platform.await("order " + account + " TB-\\S+-S\\d ES 12-26 Sell StopMarket Working 0/1", times);
        platform.await("order " + account + " TB-\\S+-T\\d ES 12-26 Sell Limit Working 0/1", times);
        platform.await("(?m)^account " + account + " ES 12-26 Long 1$", open + 1);
    }

    private void leaveByTheTarget(final String account, final int times) throws IOException {
        final int flat = platform.count("(?m)^account " + account + " flat$");
        platform.must("market 5002.25/5002.5 ES 12-26");
        platform.await("order " + account + " TB-\\S+-T\\d ES 12-26 Sell Limit Filled 1/1", times);
        platform.await("(?m)^account " + account + " flat$", flat + 1);
    }

    /**
     * The new assembly comes before the old one ends: there is one link. Its stops and targets are those of a template: in
     * and out by the target, then killed with a position that is the template's to protect.
     */
    private void compileAnewAndTradeByAnAtmTemplate(final GatewayProcess gateway) throws IOException {
        platform.must("atm 8/8 Scalp");
        limits("order.atm = Scalp\n");
        platform.must("compile custom-second");
        platform.must("terminate");
        platform.must("close");
        final int dry = platform.count("(?m)^banner Dry run ");
        platform.must("open");
        platform.await("(?m)^banner Dry run ", dry + 1);
        gateway.awaitCount("link.peers", peers -> peers == 1);
        armed("Simulation", "Sim101", "-");
        enterByTheTemplate(1);
        final int flat = platform.count(FLAT);
        platform.must("market 5002.25/5002.5 ES 12-26");
        platform.await("order Sim101 Target1 ES 12-26 Sell Limit Filled 1/1");
        platform.await("order Sim101 Stop1 ES 12-26 Sell StopMarket Cancelled 0/1");
        platform.await(FLAT, flat + 1);
        enterByTheTemplate(2);
        kill();
        platform.await("order Sim101 Stop1 ES 12-26 Sell StopMarket Cancelled 0/1", 2);
        platform.await("order Sim101 Target1 ES 12-26 Sell Limit Cancelled 0/1");
        limits("");
        final int restored = platform.count(CONNECTED);
        platform.must("press TickbridgeConnect");
        platform.await(CONNECTED, restored + 1);
    }

    private void enterByTheTemplate(final int times) throws IOException {
        final int open = platform.count("(?m)^account Sim101 ES 12-26 Long 1$");
        platform.must("market 5000/5000.25 ES 12-26");
        signal(ES, true);
        platform.await("order Sim101 Entry ES 12-26 Buy Limit Filled 1/1", times);
        platform.await("order Sim101 Stop1 ES 12-26 Sell StopMarket Working 0/1", times);
        platform.await("order Sim101 Target1 ES 12-26 Sell Limit Working 0/1", times);
        platform.await("(?m)^account Sim101 ES 12-26 Long 1$", open + 1);
    }

    private void killWithAPositionOpen() throws IOException {
        armed("Simulation", "Sim101", "-");
        enterAt("Sim101", 2);
        kill();
    }

    private void kill() throws IOException {
        final int flat = platform.count("(?m)^banner KILLED .*flat in ES 12-26, NQ 12-26 on Sim101, Live1$");
        final int refused = platform.count("refused by Killed");
        final int released = platform.count("The kill switch is released");
        platform.must("press TickbridgeKill");
        platform.await("(?m)^banner KILLED .*flat in ES 12-26, NQ 12-26 on Sim101, Live1$", flat + 1);
        signal(ES, true);
        platform.await("refused by Killed", refused + 1);
        platform.must("press TickbridgeClearKill");
        platform.await("The kill switch is released", released + 1);
    }

    private void limits(final String more) throws IOException {
        Files.writeString(directory.resolve("user/Tickbridge/limits.txt"), LIMITS + more);
    }

    /** Live wants the typed words; what is then taken from the key ends the session, and with it being armed. */
    private void tradeLiveUntilTheRightIsTakenBack(final GatewayProcess gateway) throws Exception {
        armed("Live", "Live1", LIVE);
        enterAt("Live1", 1);
        leaveByTheTarget("Live1", 1);
        changeRights(LinkSecurity.Rights.VIEW);
        final int refused = platform.count(NOT_ENTITLED);
        signal(ES, true);
        // It is disarmed a second after: whichever comes first.
        platform.await(NOT_ENTITLED, refused + 1);
        platform.await("Disarmed Live1: the gateway lets this add-on only view: its right to trade was taken away");
        arm("Live", "Live1", LIVE);
        platform.await("Not armed: the gateway lets this add-on only view");
        changeRights(LinkSecurity.Rights.TRADE);
        gateway.awaitCount("link.peers", peers -> peers == 1);
        armed("Live", "Live1", LIVE);
    }

    /** Of the key that it is logged on with: the session ends, the next one has them. */
    private void changeRights(final LinkSecurity.Rights rights) throws IOException {
        final int ended = platform.count("\\| Link: gateway \\S+ the gateway logged us out: NoLongerPermitted");
        final int restored = platform.count(CONNECTED);
        register(rights);
        platform.await("\\| Link: gateway \\S+ the gateway logged us out: NoLongerPermitted", ended + 1);
        platform.await(CONNECTED, restored + 1);
    }

    /** The gateway is gone, and one that plays the day's journal answers in its place: nothing of it is for a live account. */
    private void rehearse() throws Exception {
        final int orders = platform.count("(?m)^order Live1 ");
        try (Child replay = Child.start("replay", directory, Installation.tickbridge("replay", "--journal",
                GatewayFiles.journal(directory).toString(), "--to-addon", GatewayFiles.config(directory).toString(), "--pace", "1"))) {
            platform.await("refused by Market");
            assertEquals(orders, platform.count("(?m)^order Live1 "), replay::lastLines);
        }
    }

    private void endAndLeaveNothing() throws Exception {
        platform.must("terminate");
        platform.must("close");
        Await.until("nothing left", () -> {
            try {
                return platform.left().equals("threads= sockets=0 subscriptions= timers=0 entries=0");
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }, platform::output);
        platform.end();
    }

    /** Every line of the audit logs of what is reported is in the journal once; the report has the orders. */
    private void compare() throws Exception {
        final ReportedTrading reported = new ReportedTrading(directory);
        final List<Map<String, Object>> rows = reported.rows();
        final List<String> told = rows.stream().map(ReportedTrading::asAudited).toList();
        final List<String> audited = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("user/Tickbridge/audit"))) {
            for (final Path file : files.filter(one -> one.toString().endsWith(".log")).sorted().toList()) {
                Files.readAllLines(file).stream().map(AuditEntry::of).map(ReportedTrading::asReported)
                        .filter(Objects::nonNull).forEach(audited::add);
            }
        }
        // While it might only view, and in the rehearsal, nobody kept what it reported; it traded nothing then.
        final List<String> kept = new ArrayList<>(audited);
        told.forEach(line -> assertTrue(kept.remove(line), () -> "told, and not audited: " + line));
        assertTrue(kept.stream().allMatch(line -> line.startsWith("notice ")
                || line.startsWith("decision|") && line.contains("|refused|")), () -> "audited, and not told: " + kept);
        REFUSING.forEach(rule -> assertTrue(
                told.stream().anyMatch(line -> line.contains("|refused|" + rule + "|")), told::toString));
        assertTrue(kept.stream().anyMatch(line -> line.contains("|refused|Market|")), kept::toString);
        assertEquals(10, rows.stream().filter(row -> "execution".equals(row.get("what"))).count(), "five ways in and out");
        final Path page = directory.resolve("report.html");
        final Launcher.Result report = Launcher.tickbridge(directory, "report", GatewayFiles.journal(directory).toString(),
                "--out", page.toString());
        assertTrue(report.exit() <= 1, report.err());
        assertTrue(Files.readString(page).contains("Live1") && Files.readString(page).contains("Sim101"), report.out());
    }

    private void register(final LinkSecurity.Rights rights) throws IOException {
        new KeyRegistry(Files.createDirectories(directory.resolve("keys"))).put(new RegisteredPeer(
                "desk", rights, true, KEY, Instant.now().plus(Duration.ofDays(1)), false));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
