package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.Venue;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds SIGNALS.md to the code: its examples run, its tables state the real parameters and defaults. */
class SignalsDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("tickbridge.root", "..")).resolve("linux-gateway/SIGNALS.md");
    private static final String OWN_SIGNAL = "## Your own signal";
    private static final int LONGEST_EXAMPLE = 30;

    private final String text;

    SignalsDocumentTest() throws IOException {
        text = Files.readString(DOCUMENT);
    }

    @Test
    void ownSignalIsShownInUnderThirtyLinesAndWorks(@TempDir final Path directory) throws Exception {
        final String section = text.substring(text.indexOf(OWN_SIGNAL));
        final String source = block(section, "java");
        assertTrue(source.lines().count() < LONGEST_EXAMPLE, source.lines().count() + " lines");
        compile(source, directory);
        assertTrue(section.contains("`META-INF/services/" + SignalKind.class.getName() + "`"));
        final Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(SignalKind.class.getName()), block(section, "text"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, SignalKind.class.getClassLoader())) {
            final SignalLog log = new SignalLog();
            final SignalEngine engine = new SignalEngine(
                    rules(block(section, "yaml")), List.of("cme"), SignalKinds.load(loader), List.of(log));
            assertEquals(List.of(new RuleDescription(1, "large-trade", "large-trade", "quantity=250")), engine.descriptions());

            final InstrumentBook book = new FakeBook(0, Venue.CME, 42).top(100, 1, 101, 1);
            engine.onInstrument(book);
            engine.onBookEvent(book, 1);
            engine.onTrade(book, 2, 101, 249, MarketDataListener.BID);
            engine.onBookEvent(book, 2);
            assertEquals(List.of(), log.take());
            engine.onTrade(book, 3, 101, 250, MarketDataListener.BID);
            engine.onTrade(book, 3, 101, 7, MarketDataListener.BID);
            engine.onBookEvent(book, 3);
            engine.onBookEvent(book, 4);
            assertEquals(List.of(new SignalLog.Entry(
                    1, 3, 42, 1, Venue.CME, Side.NONE, 100, 101, 1, 1, 250, 0)), log.take());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyKindIsDocumentedWithItsParametersAndDefaults() {
        return Stream.of("top-of-book", "microprice-cross", "book-imbalance", "order-flow-imbalance", "sweep",
                "spread-widening").map(kind -> DynamicTest.dynamicTest(kind, () -> {
                    assertTrue(text.contains("| [`" + kind + "`](#" + kind + ") |"), "the overview lists it");
                    final String section = text.split("### `" + kind + "`\n", 2)[1].split("\n##", 2)[0];
                    assertTrue(section.contains("*After a gap*"), "says what it does after a gap");
                    final Map<String, String> documented = documentedDefaults(section);
                    assertEquals(actualDefaults(kind, documented), documented);
                    new SignalEngine(
                            rules(block(section, "yaml")), List.of("cme", "iex"), SignalKinds.load(), List.of());
                }));
    }

    /** The table's first two columns: parameter and default, in the order in which the link describes them. */
    private static Map<String, String> documentedDefaults(final String section) {
        return Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\|").matcher(section).results().collect(
                Collectors.toMap(row -> row.group(1), row -> row.group(2).replace("`", ""), (a, b) -> a,
                        LinkedHashMap::new));
    }

    /**
     * What the code says, in the words of the table: a required parameter gets a value here, and a default that is
     * worded relative to another parameter is checked by its value.
     */
    private static Map<String, String> actualDefaults(final String kind, final Map<String, String> documented) {
        final SignalConfig rule = documented.containsValue("required")
                ? SingleRule.config(kind, "threshold", "101")
                : SingleRule.config(kind);
        final String described = new SignalEngine(List.of(rule), List.of(), SignalKinds.load(), List.of())
                .descriptions().get(0).parameters();
        final Map<String, String> values = Stream.of(described.split(" ")).map(pair -> pair.split("=")).collect(
                Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a, LinkedHashMap::new));
        final Map<String, String> worded = new LinkedHashMap<>();
        values.forEach((key, value) -> worded.put(key, wording(value, documented.getOrDefault(key, ""), values)));
        return worded;
    }

    private static String wording(final String value, final String documented, final Map<String, String> values) {
        final boolean agrees = switch (documented) {
            case "required" -> "101".equals(value);
            case "as levels" -> value.equals(values.get("levels"));
            case "as ticks" -> value.equals(values.get("ticks"));
            case "half of threshold" -> "0.3".equals(value) && "0.6".equals(values.get("threshold"));
            case "half of threshold, rounded down" -> "50".equals(value);
            default -> documented.equals(value);
        };
        return agrees ? documented : value;
    }

    private static String block(final String section, final String language) {
        final List<String> blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(section).results()
                .map((MatchResult found) -> found.group(1)).toList();
        assertEquals(1, blocks.size(), language + " examples in the section");
        return blocks.get(0);
    }

    private static void compile(final String source, final Path directory) throws Exception {
        final Path file = Files.createDirectories(directory.resolve("example")).resolve("LargeTrade.java");
        Files.writeString(file, source);
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final List<String> options = List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none",
                    "-d", directory.toString(), "-cp", classPath());
            assertTrue(compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file)).call(),
                    messages::toString);
        }
    }

    /** Where the classes that the example names really lie, whatever started this test. */
    private static String classPath() throws URISyntaxException {
        final List<String> places = new ArrayList<>();
        for (final Class<?> needed : List.of(SignalKind.class, Side.class, DirectBuffer.class)) {
            places.add(Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        }
        return String.join(File.pathSeparator, places);
    }

    /** Rules of a YAML example, each value as the text that stands there. */
    private static List<SignalConfig> rules(final String yaml) {
        final Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        final List<SignalConfig> rules = new ArrayList<>();
        for (final Object item : (List<?>) file.get("signals")) {
            final Map<?, ?> rule = (Map<?, ?>) item;
            final Map<String, String> parameters = new LinkedHashMap<>();
            ((Map<?, ?>) rule.get("parameters"))
                    .forEach((key, value) -> parameters.put(key.toString(), value.toString()));
            final List<String> instruments =
                    ((List<?>) rule.get("instruments")).stream().map(Object::toString).toList();
            rules.add(new SignalConfig(rule.get("kind").toString(), instruments, parameters));
        }
        return rules;
    }
}
