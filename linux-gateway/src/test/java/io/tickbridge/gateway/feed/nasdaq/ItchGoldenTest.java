package io.tickbridge.gateway.feed.nasdaq;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Every field of every message in the captured packets, as tshark with an independent dissector lists them. */
class ItchGoldenTest {
    /** The list's names and ours. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("Stock Locate", "stockLocate"), entry("Locate Code", "stockLocate"),
            entry("Tracking Number", "trackingNumber"), entry("Timestamp", "timestamp"),
            entry("Order Reference Number", "order"), entry("Buy Sell Indicator", "side"), entry("Shares", "shares"),
            entry("Stock", "stock"), entry("Price", "price"), entry("Attribution", "attribution"),
            entry("Match Number", "match"), entry("Canceled Shares", "canceledShares"),
            entry("Executed Shares", "executedShares"), entry("Printable", "printable"),
            entry("Execution Price", "executionPrice"), entry("Original Order Reference Number", "originalOrder"),
            entry("New Order Reference Number", "newOrder"), entry("Reg Sho Action", "regShoAction"),
            entry("Interest Flag", "interest"), entry("Trading State", "tradingState"), entry("Reason", "reason"),
            entry("Event Code", "systemEvent"), entry("Cross Shares", "shares"), entry("Cross Price", "crossPrice"),
            entry("Cross Type", "crossType"), entry("Auction Collar Reference Price", "collarReferencePrice"),
            entry("Upper Auction Collar Price", "upperCollarPrice"),
            entry("Lower Auction Collar Price", "lowerCollarPrice"),
            entry("Auction Collar Extension", "collarExtension"), entry("Mpid", "mpid"),
            entry("Primary Market Maker", "primaryMarketMaker"), entry("Market Maker Mode", "marketMakerMode"),
            entry("Market Participant State", "participantState"), entry("Paired Shares", "pairedShares"),
            entry("Imbalance Shares", "imbalanceShares"), entry("Imbalance Direction", "imbalanceDirection"),
            entry("Far Price", "farPrice"), entry("Near Price", "nearPrice"),
            entry("Current Reference Price", "currentReferencePrice"),
            entry("Price Variation Indicator", "priceVariation"));
    /** The words that stand for a code's letter, which the list gives in brackets. */
    private static final Map<String, Map<Character, String>> WORDS = Map.ofEntries(
            entry("side", ItchNames.SIDE), entry("printable", ItchNames.YES_NO),
            entry("regShoAction", ItchNames.REG_SHO_ACTION), entry("interest", ItchNames.INTEREST),
            entry("tradingState", ItchNames.TRADING_STATE), entry("systemEvent", ItchNames.SYSTEM_EVENT),
            entry("crossType", ItchNames.CROSS_TYPE), entry("primaryMarketMaker", ItchNames.YES_NO),
            entry("marketMakerMode", ItchNames.MARKET_MAKER_MODE),
            entry("participantState", ItchNames.PARTICIPANT_STATE),
            entry("imbalanceDirection", ItchNames.IMBALANCE_DIRECTION));
    private static final Pattern CODE = Pattern.compile(".* \\((.|<whitespace>)\\)");
    /** The list takes midnight in New York for 05:00 UTC, in August too. */
    private static final long LISTED_MIDNIGHT = 5 * 3600 * 1_000_000_000L;

    private record Listed(int frame, Map<String, String> packet, Map<String, String> fields) {
    }

    @Test
    void everyFieldOfEveryMessageIsAsListed() throws IOException {
        final List<UnsafeBuffer> payloads = ItchCapture.payloads();
        final List<Listed> list = list();
        assertEquals(190, payloads.size());
        assertEquals(227, list.size());
        final Set<String> types = new TreeSet<>();
        final ItchInspector inspector = new ItchInspector();
        int next = 0;
        for (int frame = 1; frame <= payloads.size(); frame++) {
            final UnsafeBuffer payload = payloads.get(frame - 1);
            final ItchCapture.Findings findings = new ItchCapture.Findings();
            inspector.inspect(payload, 0, payload.capacity(), findings);
            assertEquals(List.of(), findings.malformed, "frame " + frame);
            for (int i = 0; i < findings.messages.size(); i++) {
                final Listed listed = list.get(next++);
                assertEquals(frame, listed.frame());
                comparePacket(listed, payload, findings.messages.size());
                assertEquals(MoldPacket.sequence(payload, 0) + i, findings.messages.get(i).sequence());
                compareMessage(listed, findings.messages.get(i));
                types.add(findings.messages.get(i).type());
            }
        }
        assertEquals(list.size(), next);
        assertEquals(Set.of("A", "C", "D", "E", "F", "H", "I", "J", "L", "N", "P", "Q", "S", "U", "X", "Y"), types);
    }

    private static void comparePacket(final Listed listed, final UnsafeBuffer payload, final int messages) {
        final String session = payload.getStringWithoutLengthAscii(0, MoldPacket.SESSION_LENGTH).replace("\0", "").strip();
        assertEquals(listed.packet().get("Session"), session.isEmpty() ? "No Value" : session);
        assertEquals(listed.packet().get("Sequence Number"), Long.toString(MoldPacket.sequence(payload, 0)));
        assertEquals(listed.packet().get("Message Count"), Integer.toString(messages));
    }

    private static void compareMessage(final Listed listed, final ItchCapture.Found found) {
        final Map<String, String> fields = new LinkedHashMap<>(listed.fields());
        assertEquals(fields.remove("Message Length"), Integer.toString(ItchLayout.length(found.type().charAt(0))));
        assertEquals(code(fields.remove("Message Type")), found.type().charAt(0));
        final Set<String> left = new HashSet<>(found.fields().keySet());
        fields.forEach((name, value) -> {
            final String ours = NAMES.get(name);
            assertTrue(ours != null, name);
            assertTrue(left.remove(ours), () -> name + " in " + found);
            final Object actual = found.fields().get(ours);
            if (ours.equals("timestamp")) {
                assertEquals(LocalTime.parse(value.substring("2023-08-22 ".length())).toNanoOfDay() - LISTED_MIDNIGHT, actual);
            } else if (WORDS.containsKey(ours)) {
                assertEquals(WORDS.get(ours).get(code(value)), actual, name);
            } else if (ours.equals("priceVariation")) {
                assertEquals(String.valueOf(code(value)).strip(), actual);
            } else if (actual instanceof String text) {
                assertEquals(value, text, name);
            } else {
                assertEquals(0, new BigDecimal(value).compareTo(new BigDecimal(actual.toString())), name + " " + actual);
            }
        });
        // What the list leaves out is blank.
        left.forEach(name -> assertEquals("", found.fields().get(name), name));
    }

    private static char code(final String text) {
        final Matcher matcher = CODE.matcher(text);
        assertTrue(matcher.matches(), text);
        return matcher.group(1).equals("<whitespace>") ? ' ' : matcher.group(1).charAt(0);
    }

    private static List<Listed> list() throws IOException {
        final List<Listed> list = new ArrayList<>();
        try (BufferedReader lines = SharedData.gzipLines("golden/itch50_omi_merged.tshark-omi.tsv.gz")) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] parts = line.split("\t");
                list.add(new Listed(Integer.parseInt(parts[0]), fields(parts[1]), fields(parts[2])));
            }
        }
        return list;
    }

    private static Map<String, String> fields(final String text) {
        final Map<String, String> fields = new LinkedHashMap<>();
        for (final String field : text.split(";")) {
            final int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }
}
