package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code decode} and {@code books} on real captures, beside what two independent programs counted in them. */
class InspectionTest {
    private static final String CME = "captures/cme-mdp3-v6-ch340-ab.pcapng";
    private static final String TOPS = "captures/iex-tops16-20170710.pcap.gz";
    private static final String DEEP = "captures/iex-deep10-20170425.pcap.gz";
    private static final String ITCH = "captures/nasdaq-itch50-messages.pcap";
    private static final Map<String, Long> CME_COUNTS = Map.of("12", 18L, "32", 19_138L, "35", 614L, "37", 388L, "42", 388L);
    private static final int CME_INSTRUMENTS = 127;
    private static final JSON READER = JSON.builder(new JsonFactoryBuilder().build())
            .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static CommandRun ok(final Object... arguments) {
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private static Map<String, Long> counts(final CommandRun run) {
        return run.lines().stream().map(line -> line.split("\t")).collect(Collectors.toMap(
                cells -> String.join("\t", List.of(cells).subList(0, cells.length - 1)),
                cells -> Long.parseLong(cells[cells.length - 1])));
    }

    private static Map<String, Object> json(final String line) {
        try {
            return READER.mapFrom(line);
        } catch (final IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    @Test
    void countsEachMessageOfTwoLinesOnce() {
        final CommandRun run = ok("decode", "--feed", "cme", "--count", SharedData.file(CME));
        final Map<String, Long> half = new HashMap<>(CME_COUNTS);
        half.replaceAll((type, count) -> count / 2);
        assertEquals(half, counts(run));
        assertEquals(List.of("12", "32", "35", "37", "42"), run.lines().stream().map(line -> line.split("\t")[0]).toList());
        assertEquals("", run.err());
    }

    /** The statistics of a captured session, as many as tshark lists entries of theirs on one line. */
    @Test
    void printsStatistics() {
        final CommandRun run = ok("books", "--feed", "cme", "--statistics", SharedData.file(CME));
        final Map<String, Long> kinds = run.lines().stream().map(line -> line.split("\t", -1)[2])
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        assertEquals(Set.of("open", "high", "low", "highest-bid", "lowest-offer", "volume"), kinds.keySet());
        run.lines().forEach(line -> assertEquals(5, line.split("\t", -1).length, line));
        final CommandRun json = ok("books", "--feed", "cme", "--statistics", "--json", SharedData.file(CME));
        assertEquals(run.lines().size(), json.lines().size());
        assertEquals(Set.of("time", "instrument", "statistic", "price"), json(json.lines().get(0)).keySet());
    }

    @Test
    void printsOneKindOfThingAtATime() {
        final CommandRun run = CommandRun.of("books", "--feed", "cme", "--orders", "--depth", SharedData.file(CME));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--depth") && run.err().contains("--orders"), run.err());
    }

    /** Whether IEX tells of single orders, only its segments say: those of DEEP do not. */
    @Test
    void ordersThatNobodyTellsOfAreNotKnown() {
        final CommandRun run = ok("books", "--feed", "iex", "--orders", SharedData.file(DEEP));
        assertTrue(run.lines().size() > 100, () -> run.lines().size() + " instruments");
        run.lines().forEach(line -> assertTrue(line.matches("[^\t]+\tNOT_KNOWN"), line));
        final int instruments = run.lines().size();
        assertTrue(run.err().contains(": the single orders of " + instruments + " of " + instruments + " instrument(s) are not known: "
                + "only DEEP+ tells of them"), run.err());
    }

    @ParameterizedTest
    @CsvSource({CME + ", cme, CME repeats them on the channel's instrument feed (lines of `carries: definitions`)",
        TOPS + ", iex, IEX has none beside the symbol", ITCH + ", itch, of Nasdaq's stock directory the gateway takes the symbols"})
    void saysWhyThereAreNoDefinitions(final String file, final String feed, final String why) {
        final CommandRun run = CommandRun.of("books", "--feed", feed, "--definitions", SharedData.file(file));
        assertEquals("", run.out());
        assertTrue(run.err().contains(SharedData.file(file) + ": defines no instrument: " + why), run.err());
    }

    @ParameterizedTest
    @CsvSource({TOPS + ", iex, IEX sends none", ITCH + ", itch, Nasdaq sends none"})
    void saysWhyThereAreNoStatistics(final String file, final String feed, final String why) {
        final CommandRun run = CommandRun.of("books", "--feed", feed, "--statistics", SharedData.file(file));
        assertEquals("", run.out());
        assertTrue(run.err().contains(SharedData.file(file) + ": tells of no statistic: " + why), run.err());
    }

    /** Its packets were put together from many days: their sequence numbers are no losses. */
    @Test
    void aCaptureThatIsNoSessionHasNoLosses() {
        final CommandRun run = CommandRun.of("books", "--feed", "itch", SharedData.file(ITCH));
        assertFalse(run.err().contains("lost"), run.err());
        assertTrue(run.err().matches("(?s).*: sequence jumps: \\d+, over \\d+ numbers where \\d+ message\\(s\\) are there: the "
                + "file is not one contiguous session, and no book of it is whole\n.*"), run.err());
    }

    @Test
    void countsEveryMessageWithoutArbitration() {
        final CommandRun run = ok("decode", "--feed", "cme", "--count", "--no-arbitration", SharedData.file(CME));
        assertEquals(CME_COUNTS, counts(run));
        assertEquals(20_546, counts(run).values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void countsTheLinesApart() {
        final Path file = SharedData.file(CME);
        final CommandRun run = ok("decode", "--feed", "cme", "--count", "--no-arbitration", "--by-line", file);
        final Map<String, Long> expected = new HashMap<>();
        CME_COUNTS.forEach((type, count) -> {
            expected.put("A\t" + type, count / 2);
            expected.put("B\t" + type, count / 2);
        });
        assertEquals(expected, counts(run));
        final CommandRun asJson = ok("decode", "--feed", "cme", "--count", "--no-arbitration", "--by-line", "--json", file);
        final Map<String, Long> flat = new HashMap<>();
        json(asJson.out()).forEach((line, types) -> ((Map<?, ?>) types).forEach(
                (type, count) -> flat.put(line + "\t" + type, ((Number) count).longValue())));
        assertEquals(expected, flat);
    }

    @Test
    void countsTops() {
        assertEquals(Map.of("Q", 27_217L, "H", 7_803L, "P", 7_802L, "O", 7_801L, "T", 6_390L, "A", 642L, "D", 10L, "S", 6L,
                "B", 3L), counts(ok("decode", "--feed", "iex", "--count", SharedData.file(TOPS))));
    }

    @Test
    void countsDeepAndSaysThatTheCaptureIsCut() {
        final Path file = SharedData.file(DEEP);
        final CommandRun run = ok("decode", "--feed", "iex", "--count", "--json", file);
        final Map<String, Long> counts = new HashMap<>();
        json(run.out()).forEach((type, count) -> counts.put(type, ((Number) count).longValue()));
        assertEquals(Map.of("H", 93_638L, "O", 93_638L, "P", 93_636L, "T", 83_343L, "5", 14_627L, "8", 12_941L, "B", 73L,
                "E", 59L, "S", 44L), counts);
        assertEquals(1, run.errors().size(), run.err());
        assertTrue(run.err().startsWith(file + ": cut short inside the record at byte "), run.err());
    }

    @ParameterizedTest
    @CsvSource({CME + ", cme, 10273", TOPS + ", iex, 57674"})
    void jsonSaysTheSameAsText(final String capture, final String feed, final int messages) {
        final Path file = SharedData.file(capture);
        final List<String> text = ok("decode", "--feed", feed, file).lines();
        final List<String> json = ok("decode", "--feed", feed, "--json", file).lines();
        assertEquals(messages, text.size());
        assertEquals(messages, json.size());
        for (int i = 0; i < messages; i++) {
            final Map<String, Object> object = json(json.get(i));
            assertEquals(List.of("sequence", "type", "fields"), List.copyOf(object.keySet()));
            assertEquals(text.get(i), object.get("sequence") + "\t" + object.get("type") + "\t" + flat(object.get("fields")));
        }
    }

    private static String flat(final Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream().map(e -> e.getKey() + "=" + flat(e.getValue())).collect(Collectors.joining(";"));
        }
        if (value instanceof List<?> group) {
            return group.stream().map(entry -> "{" + flat(entry) + "}").collect(Collectors.joining("", "[", "]"));
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource({CME + ", cme", TOPS + ", iex", DEEP + ", iex"})
    void aLineOfBooksIsAChangeOfTheTop(final String capture, final String feed) {
        final List<String> lines = ok("books", "--feed", feed, SharedData.file(capture)).lines();
        assertFalse(lines.isEmpty());
        final Map<String, List<String>> last = new HashMap<>();
        for (final String line : lines) {
            final List<String> cells = List.of(line.split("\t", -1));
            assertEquals(6, cells.size(), line);
            assertTrue(Long.parseLong(cells.get(0)) > 0, line);
            final List<String> top = cells.subList(2, 6);
            assertEquals(top.get(0).isEmpty(), top.get(1).isEmpty(), line);
            assertEquals(top.get(2).isEmpty(), top.get(3).isEmpty(), line);
            assertFalse(top.equals(last.put(cells.get(1), top)), () -> "no change: " + line);
        }
    }

    @Test
    void sequencesOfBooksNeverGoBack() {
        final List<Long> sequences = ok("books", "--feed", "cme", SharedData.file(CME)).lines().stream()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf('\t')))).toList();
        assertEquals(sequences.stream().sorted().toList(), sequences);
        assertTrue(sequences.get(0) >= 5615 && sequences.get(sequences.size() - 1) <= 10_614);
    }

    @Test
    void withoutArbitrationEachLineHasBooksOfItsOwn() {
        final Path file = SharedData.file(CME);
        final List<String> once = ok("books", "--feed", "cme", file).lines();
        final List<String> apart = ok("books", "--feed", "cme", "--no-arbitration", file).lines();
        assertEquals(2 * once.size(), apart.size());
        assertEquals(occurrences(once, 2), occurrences(apart, 1));
    }

    private static Map<String, Integer> occurrences(final List<String> lines, final int each) {
        final Map<String, Integer> occurrences = new HashMap<>();
        lines.forEach(line -> occurrences.merge(line, each, Integer::sum));
        return occurrences;
    }

    @ParameterizedTest
    @CsvSource({CME + ", cme", DEEP + ", iex"})
    void theLastLineOfAnInstrumentIsTheTopOfItsDepth(final String capture, final String feed) {
        final Path file = SharedData.file(capture);
        final Map<String, String> tops = new TreeMap<>();
        ok("books", "--feed", feed, file).lines().forEach(line -> {
            final String[] cells = line.split("\t", 3);
            tops.put(cells[1], cells[2]);
        });
        final Map<String, String[]> best = new HashMap<>();
        final Set<String> instruments = new HashSet<>();
        for (final String line : ok("books", "--feed", feed, "--depth", file).lines()) {
            final String[] cells = line.split("\t", -1);
            instruments.add(cells[0]);
            if (cells.length == 2) {
                continue; // no levels
            }
            assertEquals(7, cells.length, line);
            assertTrue(Set.of("bid", "ask", "implied-bid", "implied-ask").contains(cells[2]), line);
            if (cells[3].equals("1") && !cells[2].startsWith("implied")) {
                final String[] top = best.computeIfAbsent(cells[0], key -> new String[] {"\t", "\t"});
                top[cells[2].equals("bid") ? 0 : 1] = cells[4] + "\t" + cells[5];
            }
        }
        tops.forEach((instrument, top) -> assertEquals(
                top, String.join("\t", best.getOrDefault(instrument, new String[] {"\t", "\t"})), instrument));
        assertTrue(instruments.containsAll(tops.keySet()));
        if (feed.equals("cme")) {
            assertEquals(CME_INSTRUMENTS, instruments.size());
        }
    }

    @Test
    void levelsOfASideGoFromBestToWorst() {
        final Map<String, BigDecimal> previous = new HashMap<>();
        for (final String line : ok("books", "--feed", "cme", "--depth", SharedData.file(CME)).lines()) {
            final String[] cells = line.split("\t", -1);
            if (cells.length == 7 && !cells[4].isEmpty()) {
                final BigDecimal price = new BigDecimal(cells[4]);
                final BigDecimal better = previous.put(cells[0] + cells[2], price);
                if (better != null) {
                    assertEquals(cells[2].endsWith("bid") ? 1 : -1, better.compareTo(price), line);
                }
            }
        }
        assertFalse(previous.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        CME + ", cme, false, packetSequence instrument bidPx bidQty askPx askQty",
        DEEP + ", iex, false, packetSequence instrument bidPx bidQty askPx askQty",
        CME + ", cme, true, instrument state side level price quantity orders"})
    void booksAsJsonSayTheSame(final String capture, final String feed, final boolean depth, final String names) {
        final Path file = SharedData.file(capture);
        final Object[] options = depth ? new Object[] {"books", "--feed", feed, "--depth", file}
                : new Object[] {"books", "--feed", feed, file};
        final List<String> text = ok(options).lines();
        final Object[] withJson = Arrays.copyOf(options, options.length + 1);
        withJson[options.length] = "--json";
        final List<String> json = ok(withJson).lines();
        assertEquals(text.size(), json.size());
        for (int i = 0; i < text.size(); i++) {
            final String[] cells = text.get(i).split("\t", -1);
            final Map<String, Object> object = json(json.get(i));
            final String[] keys = names.split(" ");
            for (int j = 0; j < keys.length; j++) {
                final String cell = j < cells.length ? cells[j] : "";
                final Object value = object.remove(keys[j]);
                assertEquals(cell, value instanceof BigDecimal number ? number.toPlainString()
                        : value == null ? "" : value.toString(), text.get(i));
            }
            assertEquals(Map.of(), object);
        }
    }
}
