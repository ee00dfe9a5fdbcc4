package io.tickbridge.gateway.feed.iex;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.wire.WireBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Every field of every TOPS message, against what tshark with the Open Markets Initiative's dissector read. */
class IexTopsGoldenTest {
    /** Their name of a field and ours. Their "Message Length" and "Message Type" are checked apart. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            entry("System Event", "systemEvent"),
            entry("Security Directory Flags", "flags"),
            entry("Round Lot Size", "roundLotSize"),
            entry("Adjusted Poc Price", "adjustedPocPrice"),
            entry("Luld Tier", "luldTier"),
            entry("Trading Status", "tradingStatus"),
            entry("Reason", "reason"),
            entry("Operational Halt Status", "operationalHaltStatus"),
            entry("Short Sale Price Test Status", "shortSalePriceTestStatus"),
            entry("Detail", "detail"),
            entry("Quote Update Flags", "flags"),
            entry("Bid Size", "bidSize"),
            entry("Bid Price", "bidPrice"),
            entry("Ask Price", "askPrice"),
            entry("Ask Size", "askSize"),
            entry("Sale Condition Flags", "saleConditionFlags"),
            entry("Size", "size"),
            entry("Price", "price"),
            entry("Trade Id", "tradeId"),
            entry("Timestamp", "timestamp"),
            entry("Symbol", "symbol"),
            entry("Auction Type", "auctionType"),
            entry("Paired Shares", "pairedShares"),
            entry("Reference Price", "referencePrice"),
            entry("Indicative Clearing Price", "indicativeClearingPrice"),
            entry("Imbalance Shares", "imbalanceShares"),
            entry("Imbalance Side", "imbalanceSide"),
            entry("Scheduled Auction Time", "scheduledAuctionTime"),
            entry("Auction Book Clearing Price", "auctionBookClearingPrice"),
            entry("Collar Reference Price", "collarReferencePrice"),
            entry("Lower Auction Collar", "lowerAuctionCollar"),
            entry("Upper Auction Collar", "upperAuctionCollar"));

    /** Their words for a code or flag and ours. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("Start Of Messages (O)", "START_OF_MESSAGES"),
            entry("Start Of System Hours (S)", "START_OF_SYSTEM_HOURS"),
            entry("Start Of Regular Market Hours (R)", "START_OF_REGULAR_MARKET_HOURS"),
            entry("End Of Regular Market Hours (M)", "END_OF_REGULAR_MARKET_HOURS"),
            entry("End Of System Hours (E)", "END_OF_SYSTEM_HOURS"),
            entry("End Of Messages (C)", "END_OF_MESSAGES"),
            entry("Test Security", "TEST_SECURITY"),
            entry("Not Applicable (0)", "NOT_APPLICABLE"),
            entry("Trading On Iex (T)", "TRADING"),
            entry("Trading Halted Across All Us Equity Markets (H)", "HALTED"),
            entry("Not Operationally Halted On Iex (N)", "NOT_HALTED"),
            entry("Iex Specific Operational Trading Halt (O)", "HALTED"),
            entry("Not In Effect (0)", "NOT_IN_EFFECT"),
            entry("In Effect (1)", "IN_EFFECT"),
            entry("No Price Test In Place (<whitespace>)", "NO_PRICE_TEST"),
            entry("Not Available (N)", "NOT_AVAILABLE"),
            entry("Symbol Availability", "NOT_AVAILABLE"),
            entry("Market Session", "EXTENDED_SESSION"),
            entry("Intermarket Sweep", "INTERMARKET_SWEEP"),
            entry("Extended Hours", "EXTENDED_HOURS"),
            entry("Odd Lot", "ODD_LOT"),
            entry("Trade Through Exempt", "TRADE_THROUGH_EXEMPT"),
            entry("Singleprice Cross Trade", "SINGLE_PRICE_CROSS"),
            entry("Opening Auction (O)", "OPENING"),
            entry("Closing Auction (C)", "CLOSING"),
            entry("Buy (B)", "BUY"),
            entry("Sell (S)", "SELL"),
            entry("None (N)", "NONE"));

    /** Fields that their list leaves out, and the only value that they may have then. */
    private static final Map<String, Object> LEFT_OUT =
            Map.of("flags", "NONE", "saleConditionFlags", "NONE", "reason", "", "extensionNumber", 0L);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.[SSSSSSSSS]");
    private static final Set<String> ABOUT_THE_FRAME = Set.of("Message Length", "Message Type");

    private String[] golden;
    private int compared;

    @Test
    void everyFieldOfEveryMessageIsAsTsharkReadIt() throws IOException {
        final IexCapture capture = IexCapture.read("iex-tops16-20170710.pcap.gz");
        final IexInspector inspector = new IexInspector();
        try (BufferedReader lines = SharedData.gzipLines("golden/iex_tops16_goiex.tshark-omi.tsv.gz")) {
            for (int frame = 1; frame <= capture.payloads().size(); frame++) {
                final IexCapture.Payload payload = capture.payloads().get(frame - 1);
                final int thisFrame = frame;
                inspector.inspect(capture.bytes(), payload.offset(), payload.length(), new MessageInspector.Sink() {
                    @Override
                    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                        next(lines);
                        compare(thisFrame, capture.bytes(), payload.offset(), sequence, type, fields);
                    }

                    @Override
                    public void onHeartbeat(final long sequence) {
                        assertEquals(compared + 1, sequence);
                    }

                    @Override
                    public void onMalformed(final long sequence, final String what) {
                        throw new AssertionError(thisFrame + ": " + what);
                    }
                });
            }
            assertNull(lines.readLine(), "lines that nothing was decoded for");
        }
        assertEquals(57_674, compared);
    }

    private void next(final BufferedReader lines) {
        try {
            final String line = lines.readLine();
            assertNotNull(line, "more messages than lines");
            golden = line.split("\t", -1);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(
            final int frame, final DirectBuffer buffer, final int offset,
            final long sequence, final String type, final Map<String, Object> fields) {
        compared++;
        final String where = "message " + sequence + " in frame " + frame;
        assertEquals(golden[0], Integer.toString(frame), where);
        assertEquals(compared, sequence, where);
        compareHeader(where, fields(golden[1]), buffer, offset);

        final Map<String, String> theirs = fields(golden[2]);
        assertTrue(theirs.get("Message Type").endsWith("(" + type + ")"), where);
        assertEquals(
                theirs.get("Message Length"),
                Integer.toString(IexProtocol.TOPS.minimumLength(type.charAt(0))), where);
        assertNull(fields.get("furtherBytes"), where);
        final Set<String> unseen = new HashSet<>(fields.keySet());
        theirs.forEach((name, text) -> {
            if (!ABOUT_THE_FRAME.contains(name)) {
                final String ours = FIELDS.get(name);
                assertNotNull(ours, () -> where + ": no field is known as " + name);
                assertTrue(unseen.remove(ours), () -> where + " lacks " + ours);
                assertSame(where + " " + ours, text, fields.get(ours));
            }
        });
        unseen.forEach(name -> assertEquals(LEFT_OUT.get(name), fields.get(name), () -> where + " " + name));
    }

    private static void compareHeader(
            final String where, final Map<String, String> theirs, final DirectBuffer buffer, final int offset) {
        final WireBytes wire = new WireBytes();
        wire.wrap(buffer, offset, Segment.HEADER_LENGTH);
        assertEquals(theirs.get("Version"), Integer.toString(Segment.version(wire, offset)), where);
        assertEquals("Iex Tops", theirs.get("Message Protocol Id"), where);
        assertEquals(IexProtocol.TOPS.id(), Segment.protocolId(wire, offset), where);
        assertEquals(theirs.get("Channel Id"), Integer.toString(Segment.channel(wire, offset)), where);
        assertEquals(theirs.get("Session Id"), Integer.toString(Segment.session(wire, offset)), where);
        assertEquals(theirs.get("Payload Length"), Integer.toString(Segment.payloadLength(wire, offset)), where);
        assertEquals(theirs.get("Message Count"), Integer.toString(Segment.messageCount(wire, offset)), where);
        assertEquals(theirs.get("Stream Offset"), Long.toString(Segment.streamOffset(wire, offset)), where);
        assertEquals(
                theirs.get("First Message Sequence Number"),
                Long.toString(Segment.firstSequence(wire, offset)), where);
        assertEquals(nanoseconds(theirs.get("Send Time")), Segment.sendTime(wire, offset), where);
    }

    private static void assertSame(final String where, final String theirs, final Object ours) {
        if (ours instanceof BigDecimal price) {
            assertEquals(0, new BigDecimal(theirs).compareTo(price), () -> where + ": " + theirs + " but " + price);
        } else if (where.endsWith("timestamp")) {
            assertEquals(nanoseconds(theirs), ours, where);
        } else if (where.endsWith("scheduledAuctionTime")) {
            assertEquals(nanoseconds(theirs) / 1_000_000_000L, ours, where);
        } else if (ours instanceof Long) {
            assertEquals(theirs, ours.toString(), where);
        } else if (where.endsWith("symbol") || where.endsWith("reason")) {
            assertEquals(theirs, ours, where);
        } else {
            assertEquals(words(theirs), Set.of(ours.toString().split("\\|")), where);
        }
    }

    private static Set<String> words(final String theirs) {
        return Arrays.stream(theirs.split("\\|")).map(WORDS::get).collect(Collectors.toSet());
    }

    private static long nanoseconds(final String text) {
        final Instant instant = LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static Map<String, String> fields(final String text) {
        return Arrays.stream(text.split(";")).map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1]));
    }
}
