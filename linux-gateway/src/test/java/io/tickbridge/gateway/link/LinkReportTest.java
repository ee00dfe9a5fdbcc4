package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.Market;
import io.tickbridge.protocol.ReportAcknowledgementDecoder;
import io.tickbridge.protocol.ReportOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports of add-ons: taken once, acknowledged when they are written, refused and missing where it shows. */
class LinkReportTest {
    private static final long STREAM = 0xC0FFEEL;
    private static final long BETWEEN_ACKNOWLEDGEMENTS = 1_000_000; // ns, SPECIFICATION.md, section 6a
    private static final UnaryOperator<LinkConfig> AS_IS = config -> config;
    private static final byte[] KEY = HexFormat.of().parseHex("ab".repeat(32));

    private final SteppedLinkJournal journal = new SteppedLinkJournal();

    @TempDir
    private Path directory;

    private LinkHarness harness(final UnaryOperator<LinkConfig> variation) {
        return new LinkHarness(directory, LinkHarness.Setup.USUAL, journal, variation);
    }

    /** Through number and outcome of each acknowledgement. */
    private static List<String> acknowledgements(final TestAddOn addOn) {
        return addOn.all(ReportAcknowledgementDecoder.TEMPLATE_ID).stream()
                .map(frame -> frame.int64(8) + " " + ReportOutcome.get(frame.uint16(16))).toList();
    }

    @Test
    void acknowledgesWhatIsWrittenAndNotBefore() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, 1));
            addOn.send(TestAddOn.position(STREAM, 1));
            addOn.send(TestAddOn.position(STREAM, 2));
            link.settle(addOn);
            assertEquals(2, journal.reports.size());
            assertArrayEquals(TestAddOn.position(STREAM, 2), journal.reports.get(1));
            assertEquals(List.of(), acknowledgements(addOn));

            journal.written = 1;
            link.until(() -> !acknowledgements(addOn).isEmpty());
            assertEquals(List.of("1 JOURNALLED"), acknowledgements(addOn));
            journal.written = 2;
            link.clock.advance(BETWEEN_ACKNOWLEDGEMENTS);
            link.until(() -> acknowledgements(addOn).size() > 1);
            assertEquals(List.of("1 JOURNALLED", "2 JOURNALLED"), acknowledgements(addOn));
            assertEquals(STREAM, addOn.all(35).get(0).int64(0));
        }
    }

    @Test
    void takesWhatComesAgainOnce() throws IOException {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn first = link.reporting();
            first.send(TestAddOn.reportStream(STREAM, 1));
            first.send(TestAddOn.position(STREAM, 1));
            first.send(TestAddOn.position(STREAM, 2));
            link.settle(first);
            journal.written = 2;
            first.close();
            link.until(() -> link.server.peers() == 0);
            final TestAddOn again = link.reporting();
            again.send(TestAddOn.reportStream(STREAM, 1));
            again.send(TestAddOn.position(STREAM, 1));
            again.send(TestAddOn.position(STREAM, 2));
            again.send(TestAddOn.position(STREAM, 3));
            link.settle(again);
            assertEquals(3, journal.reports.size());
            assertEquals(2, link.server.counts().get(LinkCounter.REPORTS_DUPLICATE));
            journal.written = 3;
            link.clock.advance(BETWEEN_ACKNOWLEDGEMENTS);
            link.until(() -> acknowledgements(again).contains("3 JOURNALLED"));
        }
    }

    @Test
    void missingNumbersAreCountedAndJournalled() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, 5));
            addOn.send(TestAddOn.position(STREAM, 5));
            addOn.send(TestAddOn.position(STREAM, 9));
            link.settle(addOn);
            assertEquals(3, link.server.counts().get(LinkCounter.REPORTS_MISSING));
            assertTrue(journal.events.contains("reports-missing 3 test"), journal.events.toString());
        }
    }

    @Test
    void whoMayOnlyViewIsRefused() {
        try (LinkHarness link = harness(config -> with(config, LinkSecurity.Rights.VIEW, config.limits()))) {
            final TestAddOn addOn = link.reporting();
            assertEquals(1, addOn.first(36).uint8(8), "rights in the terms");
            assertEquals(0, addOn.first(36).uint8(9), "nobody said what the signals are of");
            for (final Market market : List.of(Market.LIVE, Market.RECORDED, Market.SIMULATED)) {
                link.server.setMarket(market);
                assertEquals(market.value(), link.reporting().first(36).uint8(9));
            }
            assertEquals(3, Market.SIMULATED.value(), "as add-ons know it");
            addOn.send(TestAddOn.reportStream(STREAM, 1));
            addOn.send(TestAddOn.position(STREAM, 1));
            link.until(() -> !acknowledgements(addOn).isEmpty());
            assertEquals(List.of("1 NOT_PERMITTED"), acknowledgements(addOn));
            assertEquals(0, journal.reports.size());
            assertEquals(1, link.server.counts().get(LinkCounter.REPORTS_NOT_PERMITTED));
        }
    }

    /** More streams than are remembered, of somebody who may not report: those of others are not forgotten for it. */
    @Test
    void whoMayOnlyViewTakesNoStreamsPlace() {
        final ReportStreams streams = new ReportStreams();
        streams.begin(STREAM, 1);
        streams.took(STREAM, 7);
        for (long other = 1; other < ReportStreams.MOST_STREAMS / 2; other++) {
            streams.begin(-other, 1);
        }
        assertEquals(7, streams.begin(STREAM, 1));
        for (long other = 1; other < ReportStreams.MOST_STREAMS / 2; other++) {
            streams.begin(-1_000_000 - other, 1);
            assertEquals(7, streams.last(STREAM), "what was heard of lately is remembered longest");
        }
        try (LinkHarness link = harness(config -> with(config, LinkSecurity.Rights.VIEW, config.limits()))) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, 1));
            link.settle(addOn);
            assertFalse(link.server.remembersReports(STREAM));
        }
    }

    @Test
    void aRegisteredNameHasAKeyAndRightsOfItsOwn() throws IOException {
        final KeyRegistry registry = new KeyRegistry(Files.createDirectories(directory.resolve("keys")));
        final Instant later = Instant.parse("2100-01-01T00:00:00Z");
        registry.put(new RegisteredPeer("desk", LinkSecurity.Rights.VIEW, true, "ab".repeat(32), later, false));
        registry.put(new RegisteredPeer("late", LinkSecurity.Rights.VIEW, true, "ab".repeat(32), Instant.EPOCH, false));
        try (LinkHarness link = harness(AS_IS)) {
            assertEquals("36 1", logon(link, "desk", HexFormat.of().parseHex("ab".repeat(32))));
            assertEquals("4 1", logon(link, "desk", LinkHarness.KEY), "the common key is not its key");
            assertEquals("4 7", logon(link, "late", HexFormat.of().parseHex("ab".repeat(32))), "expired");
            assertEquals("36 2", logon(link, "anybody", LinkHarness.KEY), "others have the common key");
            registry.revoke("desk");
            assertEquals("36 1", logon(link, "desk", HexFormat.of().parseHex("ab".repeat(32))), "a logon looks at no file");
            link.server.refreshKeys();
            assertEquals("4 7", logon(link, "desk", HexFormat.of().parseHex("ab".repeat(32))));
            Files.writeString(directory.resolve("keys/peers"), "spoilt\n");
            link.server.refreshKeys();
            assertEquals("4 7", logon(link, "anybody", LinkHarness.KEY), "who it was cannot be known");
        }
    }

    @Test
    void whoIsLoggedOnByWhatNoLongerHoldsIsLoggedOut() throws IOException {
        final KeyRegistry registry = new KeyRegistry(Files.createDirectories(directory.resolve("keys")));
        final Path file = directory.resolve("keys/peers");
        final Instant later = Instant.parse("2100-01-01T00:00:00Z");
        final UnaryOperator<LinkConfig> roomy = config -> new LinkConfig(config.enabled(), config.listen(), config.port(),
                config.transport(), config.keyFile(), config.heartbeat(), config.logonTimeout(), config.signalTimeToLive(),
                config.retain(), 10, config.peerBuffer(), config.quotes(), config.trades(), config.security(), config.limits());
        try (LinkHarness link = harness(roomy)) {
            final Instant soon = Instant.ofEpochSecond(0, link.clock.now() + LinkHarness.HEARTBEAT / 2);
            for (final String name : List.of("revoked", "rekeyed", "demoted", "kept", "removed", "expiring")) {
                registry.put(peer(name, LinkSecurity.Rights.TRADE, "ab", name.equals("expiring") ? soon : later));
            }
            link.server.refreshKeys();
            final TestAddOn revoked = named(link, "revoked", KEY);
            final TestAddOn rekeyed = named(link, "rekeyed", KEY);
            final TestAddOn demoted = named(link, "demoted", KEY);
            final TestAddOn removed = named(link, "removed", KEY);
            final TestAddOn expiring = named(link, "expiring", KEY);
            final TestAddOn kept = named(link, "kept", KEY);
            final TestAddOn common = named(link, "anybody", LinkHarness.KEY);

            final String good = Files.readString(file);
            Files.writeString(file, "spoilt\n");
            link.server.refreshKeys();
            link.settle(revoked);
            assertEquals("", farewell(revoked), "what cannot be read takes nothing back");
            assertEquals("4 7", logon(link, "kept", KEY), "nor does it let anybody in");

            Files.writeString(file, good.lines().filter(line -> !line.startsWith("removed "))
                    .collect(Collectors.joining("\n", "", "\n")));
            registry.revoke("revoked");
            registry.put(peer("rekeyed", LinkSecurity.Rights.TRADE, "cd", later));
            registry.put(peer("demoted", LinkSecurity.Rights.VIEW, "ab", later));
            link.settle(revoked);
            assertEquals("", farewell(revoked), "nobody has looked at the file");
            link.server.refreshKeys();
            link.signal();
            link.until(() -> revoked.isEnded() && rekeyed.isEnded() && demoted.isEnded() && removed.isEnded());
            assertEquals("9 revoked was revoked or has expired", farewell(revoked));
            assertEquals("9 rekeyed was given another key or other rights", farewell(rekeyed));
            assertEquals("9 demoted was given another key or other rights", farewell(demoted));
            assertEquals("9 removed was given another key or other rights", farewell(removed), "the common key is not its own");
            assertEquals(0, revoked.all(20).size(), "a signal that was found after its key was taken back");
            assertEquals("4 7", logon(link, "revoked", KEY));
            assertEquals("36 1", logon(link, "demoted", KEY));
            assertEquals("", farewell(expiring));

            link.clock.advance(LinkHarness.HEARTBEAT);
            link.until(expiring::isEnded);
            assertEquals("9 expiring has expired", farewell(expiring));

            link.settle(kept);
            link.settle(common);
            Files.writeString(directory.resolve("key"), "ef".repeat(32));
            link.server.refreshKeys();
            link.until(common::isEnded);
            assertEquals("9 anybody was given another key or other rights", farewell(common));
            assertEquals("36 2", logon(link, "anybody", HexFormat.of().parseHex("ef".repeat(32))));
            Files.delete(directory.resolve("key"));
            link.server.refreshKeys();
            assertEquals("4 7", logon(link, "somebody", HexFormat.of().parseHex("ef".repeat(32))), "there is no common key");
            link.settle(kept);
            assertEquals("", farewell(kept));
            assertEquals(7, link.server.counts().get(LinkCounter.NO_LONGER_PERMITTED));
        }
    }

    private static RegisteredPeer peer(
            final String name, final LinkSecurity.Rights rights, final String digits, final Instant until) {
        return new RegisteredPeer(name, rights, true, digits.repeat(32), until, false);
    }

    private static TestAddOn named(final LinkHarness link, final String name, final byte[] key) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(key, name, 0, 0, 2));
        link.until(() -> addOn.has(36));
        return addOn;
    }

    /** Reason and text of the Logout; empty when there was none. */
    private static String farewell(final TestAddOn addOn) {
        final TestAddOn.Frame logout = addOn.first(LogoutDecoder.TEMPLATE_ID);
        return logout == null ? "" : logout.uint16(0) + " "
                + new String(logout.block(8, 112), StandardCharsets.US_ASCII).replace("\0", "");
    }

    /** Template of the answer, and rights or reason in it. */
    private static String logon(final LinkHarness link, final String name, final byte[] key) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(key, name, 0, 0, 2));
        link.until(() -> addOn.has(4) || addOn.has(36));
        return addOn.has(36) ? "36 " + addOn.first(36).uint8(8) : "4 " + addOn.first(4).uint16(0);
    }

    @Test
    void saysSoWhenNothingIsKept() {
        journal.kept = false;
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, 1));
            addOn.send(TestAddOn.position(STREAM, 1));
            journal.written = 1;
            link.until(() -> !acknowledgements(addOn).isEmpty());
            assertEquals(List.of("1 NOT_JOURNALLED"), acknowledgements(addOn));
        }
    }

    @Test
    void aFullJournalEndsTheConnectionAndNothingIsLost() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, 1));
            journal.full = true;
            addOn.send(TestAddOn.position(STREAM, 1));
            link.until(() -> addOn.has(LogoutDecoder.TEMPLATE_ID));
            assertEquals(LogoutReason.JOURNAL_BUSY.value(), addOn.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
            journal.full = false;
            final TestAddOn again = link.reporting();
            again.send(TestAddOn.reportStream(STREAM, 1));
            again.send(TestAddOn.position(STREAM, 1));
            link.settle(again);
            assertEquals(1, journal.reports.size());
        }
    }

    @Test
    void reportsThatBreakTheRulesEndTheConnection() {
        try (LinkHarness link = harness(AS_IS)) {
            refused(link, TestAddOn.position(STREAM, 1));
            refused(link, TestAddOn.reportStream(STREAM, 1), TestAddOn.position(STREAM + 1, 1));
            refused(link, TestAddOn.reportStream(STREAM, 1), TestAddOn.reportStream(STREAM, 1));
            refused(link, TestAddOn.reportStream(0, 1));
            final byte[] notSequenced = TestAddOn.position(STREAM, 1);
            notSequenced[12] = 0;
            refused(link, TestAddOn.reportStream(STREAM, 1), notSequenced);
        }
    }

    /** SPECIFICATION.md, section 6a: a number is 1 to 2^63 - 1. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void numbersOutOfRangeEndTheConnection(final Transport transport) {
        LinkHarness.require(transport);
        try (LinkHarness link = new LinkHarness(directory, LinkHarness.Setup.USUAL.transport(transport), journal, AS_IS)) {
            for (final long first : new long[] {0, -1, -5, Long.MIN_VALUE}) {
                refused(link, TestAddOn.reportStream(STREAM, first));
            }
            for (final long number : new long[] {0, -1, -5, Long.MIN_VALUE}) {
                refused(link, TestAddOn.reportStream(STREAM, 1), TestAddOn.position(STREAM, number));
            }
            assertEquals(0, journal.reports.size());
            assertEquals(8, link.server.counts().get(LinkCounter.UNEXPECTED_MESSAGES));
            assertEquals(0, link.server.counts().get(LinkCounter.REPORTS_MISSING));
        }
    }

    @Test
    void theGreatestNumberIsTakenAndWhatIsMissingBeforeItCounted() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.reportStream(STREAM, Long.MAX_VALUE - 2));
            addOn.send(TestAddOn.position(STREAM, Long.MAX_VALUE));
            addOn.send(TestAddOn.position(STREAM, Long.MAX_VALUE));
            link.settle(addOn);
            assertEquals(2, link.server.counts().get(LinkCounter.REPORTS_MISSING));
            assertEquals(1, link.server.counts().get(LinkCounter.REPORTS_DUPLICATE));
            journal.written = 1;
            link.clock.advance(BETWEEN_ACKNOWLEDGEMENTS);
            link.until(() -> acknowledgements(addOn).contains(Long.MAX_VALUE + " JOURNALLED"));
        }
    }

    private static void refused(final LinkHarness link, final byte[]... frames) {
        final TestAddOn addOn = link.reporting();
        for (final byte[] frame : frames) {
            addOn.send(frame);
        }
        link.until(() -> addOn.has(LogoutDecoder.TEMPLATE_ID));
        assertEquals(LogoutReason.UNEXPECTED_MESSAGE.value(), addOn.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
        link.until(() -> link.server.connections() == 0);
    }

    @Test
    void aPeerOfVersion1GetsVersion1() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn current = link.reporting();
            final TestAddOn old = link.loggedOn();
            link.signal();
            link.until(() -> !old.sequenced().isEmpty() && !current.sequenced().isEmpty());
            assertTrue(old.frames.stream().allMatch(frame -> frame.header().version() == 1), old.frames.toString());
            assertFalse(old.has(36));
            assertEquals(2, current.sequenced().get(0).header().version());
            assertEquals(2, current.first(36).header().version());
            old.send(TestAddOn.position(STREAM, 1));
            link.until(() -> old.has(LogoutDecoder.TEMPLATE_ID));
        }
    }

    @Test
    void comingAndGoingIsJournalled() {
        try (LinkHarness link = harness(AS_IS)) {
            final TestAddOn addOn = link.reporting();
            addOn.send(TestAddOn.logout());
            link.until(() -> journal.events.size() > 1);
            assertEquals(List.of("logged-on 1 test", "logged-out 1 test"), journal.events);
            final TestAddOn wrong = link.challenged();
            wrong.send(wrong.logon(new byte[32], "mallory", 0, 0, 2));
            link.until(wrong::isEnded);
            assertEquals("rejected 1 ", journal.events.get(2));
        }
    }

    @Test
    void whoSendsTooMuchOrConnectsTooOftenIsTurnedAway() {
        final LinkLimits limits = new LinkLimits(0, 3, 5, 20);
        try (LinkHarness link = harness(config -> with(config, LinkSecurity.Rights.TRADE, limits))) {
            final TestAddOn busy = link.reporting();
            for (int i = 0; i < 20; i++) {
                busy.sendAnyway(TestAddOn.heartbeat(i));
            }
            link.until(() -> busy.has(LogoutDecoder.TEMPLATE_ID));
            assertEquals(LogoutReason.TOO_MANY_FRAMES.value(), busy.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
            link.until(busy::isEnded);

            link.clock.advance(2_000_000_000L);
            link.until(() -> link.server.connections() == 0);
            for (int i = 0; i < 3; i++) {
                link.challenged();
            }
            link.until(link.connect()::isEnded);
            assertEquals(1, link.server.counts().get(LinkCounter.REFUSED_ADDRESS));
            link.until(link.connect()::isEnded);
            link.until(link.connect()::isEnded);
            assertEquals(1, link.server.counts().get(LinkCounter.REFUSED_RATE));
        }
    }

    @Test
    void unknownMessagesAreAsManyAsOthersMayBe() {
        final LinkLimits limits = new LinkLimits(0, 3, 5, 20);
        try (LinkHarness link = harness(config -> with(config, LinkSecurity.Rights.TRADE, limits))) {
            final TestAddOn busy = link.reporting();
            for (int i = 0; i < 30; i++) {
                busy.sendAnyway(TestAddOn.frame(999, 8, 2).array());
            }
            link.until(() -> busy.has(LogoutDecoder.TEMPLATE_ID));
            assertEquals(LogoutReason.TOO_MANY_FRAMES.value(), busy.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
            assertEquals(19, link.server.counts().get(LinkCounter.UNKNOWN_MESSAGES), "beside the Logon");
            assertEquals(1, link.server.counts().get(LinkCounter.TOO_MANY_FRAMES));
        }
    }

    @Test
    void silenceIsLimitedInMilliseconds() {
        final LinkLimits limits = new LinkLimits(30_000_000, 3, 100, 1000);
        try (LinkHarness link = harness(config -> with(config, LinkSecurity.Rights.TRADE, limits))) {
            final TestAddOn addOn = link.reporting();
            assertEquals(30_000_000, addOn.first(36).int64(0));
            link.clock.advance(29_000_000);
            link.workAlone(3);
            assertEquals(0, link.server.counts().get(LinkCounter.SILENT_PEERS));
            link.clock.advance(1_000_000);
            link.until(() -> addOn.has(LogoutDecoder.TEMPLATE_ID));
            assertEquals(1, link.server.counts().get(LinkCounter.SILENT_PEERS));
        }
    }

    static LinkConfig with(final LinkConfig config, final LinkSecurity.Rights rights, final LinkLimits limits) {
        return new LinkConfig(config.enabled(), config.listen(), config.port(), config.transport(), config.keyFile(),
                config.heartbeat(), config.logonTimeout(), config.signalTimeToLive(), config.retain(), config.maxPeers(),
                config.peerBuffer(), config.quotes(), config.trades(),
                new LinkSecurity(config.security().mode(), config.security().keys(), rights), limits);
    }
}
