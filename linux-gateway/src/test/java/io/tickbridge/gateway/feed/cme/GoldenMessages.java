package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tshark with the Open Markets Initiative dissector said of every message of the CME capture, turned into the
 * names and values that {@link CmeInspector} uses. All differences in wording are in the tables of this class.
 */
final class GoldenMessages {
    private static final String LIST = "golden/cme_v6.1.tshark-omi.tsv.gz";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS");

    /** tshark's field name: ours, and how its value reads. */
    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("Transact Time", new Field("TransactTime", GoldenMessages::time)),
            Map.entry("Md Entry Px Optional", new Field("MDEntryPx", BigDecimal::new)),
            Map.entry("Md Entry Px", new Field("MDEntryPx", BigDecimal::new)),
            Map.entry("Md Entry Size Optional", new Field("MDEntrySize", Long::valueOf)),
            Map.entry("Md Entry Size", new Field("MDEntrySize", Long::valueOf)),
            Map.entry("Security Id", new Field("SecurityID", Long::valueOf)),
            Map.entry("Rpt Seq", new Field("RptSeq", Long::valueOf)),
            Map.entry("Number Of Orders", new Field("NumberOfOrders", Long::valueOf)),
            Map.entry("Md Price Level", new Field("MDPriceLevel", Long::valueOf)),
            Map.entry("Md Update Action", new Field("MDUpdateAction", GoldenMessages::name)),
            Map.entry("Md Entry Type Book", new Field("MDEntryType", GoldenMessages::name)),
            Map.entry("Md Entry Type Statistics", new Field("MDEntryType", GoldenMessages::name)),
            Map.entry("Open Close Settl Flag", new Field("OpenCloseSettlFlag", GoldenMessages::name)),
            Map.entry("Aggressor Side", new Field("AggressorSide", GoldenMessages::name)),
            Map.entry("Order Id", new Field("OrderID", Long::valueOf)),
            Map.entry("Last Qty", new Field("LastQty", Long::valueOf)));

    /** Where a group's entries begin: our name of the group, and its constants, which tshark leaves out. */
    private static final Map<String, Group> GROUPS = Map.of(
            "#Incremental Refresh Book Group", new Group("NoMDEntries", Map.of()),
            "#Incremental Refresh Session Statistics Group", new Group("NoMDEntries", Map.of()),
            "#Incremental Refresh Trade Summary Group", new Group("NoMDEntries", Map.of("MDEntryType", "2")),
            "#Incremental Refresh Volume Group", new Group("NoMDEntries", Map.of("MDEntryType", "e")),
            "#Incremental Refresh Trade Summary Order Id Group", new Group("NoOrderIDEntries", Map.of()));

    /** Framing and filling, which are no fields. The second kind of Block Length belongs to a group's head. */
    private static final Set<String> FRAMING =
            Set.of("Block Length", "Schema Id", "Version", "Padding 2", "Padding 3", "Padding 4", "Padding 5", "Padding 6");

    private static final Map<String, List<String>> GROUPS_OF_TEMPLATE = Map.of(
            "12", List.of(),
            "32", List.of("NoMDEntries"),
            "35", List.of("NoMDEntries"),
            "37", List.of("NoMDEntries"),
            "42", List.of("NoMDEntries", "NoOrderIDEntries"));

    private interface Value {
        Object read(String text);
    }

    private record Field(String name, Value value) {
    }

    private record Group(String name, Map<String, Object> constants) {
    }

    /** One message. */
    record Message(int frame, long sequence, long sendingTime, int size, String type, Map<String, Object> fields) {

        /** Entries of the group of updates. */
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> entries() {
            return (List<Map<String, Object>>) fields.getOrDefault("NoMDEntries", List.of());
        }
    }

    private GoldenMessages() {
    }

    /** All messages of both lines in the order of the capture, or a skipped test. */
    static List<Message> read() {
        try (BufferedReader in = SharedData.gzipLines(LIST)) {
            return in.lines().map(GoldenMessages::message).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message message(final String line) {
        final String[] columns = line.split("\t");
        final Map<String, String> header = new LinkedHashMap<>();
        for (final String part : columns[1].split(";")) {
            header.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        int size = 0;
        String type = null;
        int groups = 0;
        final Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> scope = fields;
        for (final String part : columns[2].split(";")) {
            final int equals = part.indexOf('=');
            final String key = equals < 0 ? part : part.substring(0, equals);
            final String text = equals < 0 ? "" : part.substring(equals + 1);
            if (key.equals("Message Size")) {
                size = Integer.parseInt(text);
            } else if (key.equals("Template Id")) {
                type = text.substring(text.lastIndexOf('(') + 1, text.length() - 1);
                if (!type.equals("12")) {
                    fields.put("MatchEventIndicator", "");
                }
            } else if (key.equals("Match Event Indicator")) {
                fields.put("MatchEventIndicator", text.replace(" ", ""));
            } else if (key.equals("Num In Group")) {
                fields.put(GROUPS_OF_TEMPLATE.get(type).get(groups++), new ArrayList<>());
            } else if (GROUPS.containsKey(key)) {
                final Group group = GROUPS.get(key);
                scope = new LinkedHashMap<>(group.constants());
                entries(fields, group.name()).add(scope);
            } else if (!FRAMING.contains(key) && !text.equals("No Value")) {
                final Field field = FIELDS.get(key);
                if (field == null) {
                    throw new IllegalStateException("no translation of tshark's field " + key + " in " + line);
                }
                scope.put(field.name(), field.value().read(text));
            }
        }
        return new Message(
                Integer.parseInt(columns[0]), Long.parseLong(header.get("Packet Sequence Number")),
                time(header.get("Sending Time")), size, type, fields);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(final Map<String, Object> fields, final String group) {
        return (List<Map<String, Object>>) fields.get(group);
    }

    private static long time(final String text) {
        final LocalDateTime time = LocalDateTime.parse(text, TIME);
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L + time.getNano();
    }

    /** "Implied Bid (E)" is ImpliedBid here. */
    private static String name(final String text) {
        return text.substring(0, text.lastIndexOf(" (")).replace(" ", "");
    }
}
