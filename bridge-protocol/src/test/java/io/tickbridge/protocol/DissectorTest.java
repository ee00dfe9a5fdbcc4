package io.tickbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.protocol.LinkDefinition.Field;
import io.tickbridge.protocol.Vectors.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Wireshark's own tshark shows through tickbridge.lua is what the golden frames hold: every message, every field. */
class DissectorTest {
    private static final LinkDefinition DEFINITION = LinkDefinition.read();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void needsTshark() {
        final boolean found = List.of("tshark", "text2pcap").stream().allMatch(
                tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
        if (!found && "1".equals(System.getenv("TICKBRIDGE_REQUIRE_ALL"))) {
            throw new IllegalStateException("tshark and text2pcap are required: apt-get install tshark");
        }
        assumeTrue(found, "skipped: tshark and text2pcap not found (apt-get install tshark)");
    }

    @Test
    void showsEveryFieldOfEveryMessage() throws Exception {
        final List<Entry> entries = Vectors.read("messages.txt");
        final List<Map<String, String>> shown = dissect(entries.stream().map(e -> bytes(e)).toList(), true);
        assertEquals(entries.size(), shown.size());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(expected(entries.get(i)), shown.get(i), entries.get(i).name());
        }
    }

    /** As a stream comes: several frames in one segment, and one frame in several. */
    @Test
    void findsFramesAcrossSegments() throws Exception {
        final List<Entry> entries = Vectors.read("messages.txt");
        final StringBuilder all = new StringBuilder();
        entries.forEach(e -> all.append(HexFormat.of().formatHex(bytes(e))));
        final byte[] stream = HexFormat.of().parseHex(all);
        final List<byte[]> segments = new ArrayList<>();
        for (int from = 0; from < stream.length; from += 150) {
            segments.add(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + 150)));
        }
        final List<Map<String, String>> shown = dissect(segments, false);
        assertEquals(entries.stream().map(DissectorTest::expected).toList(), shown);
    }

    @Test
    void saysWhatIsMalformed() throws Exception {
        final List<Entry> wrong = Vectors.read("frames.txt").stream()
                .filter(e -> !List.of("ACCEPT", "SKIP", "INCOMPLETE").contains(e.get("expect")))
                .filter(e -> e.bytes().capacity() >= Link.HEADER_LENGTH)
                // Wireshark shows no part of a frame whose rest was not captured.
                .filter(e -> FrameCheck.frameLength(e.bytes(), 0) <= e.bytes().capacity()
                        || FrameCheck.frameLength(e.bytes(), 0) > Link.MAX_FRAME_LENGTH).toList();
        assertTrue(wrong.size() > 5);
        final Path capture = capture(wrong.stream().map(DissectorTest::bytes).toList(), true);
        assertEquals(String.valueOf(wrong.size()), Long.toString(run("tshark", "-X", "lua_script:" + script(), "-r",
                capture.toString(), "-Y", "tickbridge.malformed", "-T", "fields", "-e", "frame.number").lines().count()));
    }

    private static Map<String, String> expected(final Entry entry) {
        final Map<String, String> fields = new LinkedHashMap<>();
        DEFINITION.header().forEach(f -> fields.put("tickbridge." + f.name(), entry.get("header." + f.name())));
        for (final Field field : DEFINITION.messages().get(entry.get("message")).fields()) {
            if (!field.isPadding()) {
                fields.put("tickbridge." + entry.get("message") + '.' + field.name(), value(field, entry.get(field.name())));
            }
        }
        return fields;
    }

    private static String value(final Field field, final String text) {
        if (field.enumeration() != null) {
            return DEFINITION.enumerations().get(field.enumeration()).names().entrySet().stream()
                    .filter(e -> e.getValue().equals(text)).map(e -> e.getKey().toString()).findFirst().orElseThrow();
        }
        if (text.equals("null")) {
            return Long.toString(Long.MIN_VALUE);
        }
        final boolean isBytes = field.primitive().equals("uint8") && field.count() > 1;
        return isBytes ? text.replaceAll("(..)(?=.)", "$1:") : text;
    }

    private static byte[] bytes(final Entry entry) {
        final byte[] bytes = new byte[entry.bytes().capacity()];
        entry.bytes().getBytes(0, bytes);
        return bytes;
    }

    /** Fields by name, one map a frame of the link. */
    private static List<Map<String, String>> dissect(final List<byte[]> segments, final boolean apart) throws Exception {
        final String xml = run("tshark", "-X", "lua_script:" + script(), "-r", capture(segments, apart).toString(), "-T", "pdml");
        final NodeList protocols = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("proto");
        final List<Map<String, String>> frames = new ArrayList<>();
        for (int i = 0; i < protocols.getLength(); i++) {
            final Element protocol = (Element) protocols.item(i);
            if (protocol.getAttribute("name").equals("tickbridge")) {
                final Map<String, String> fields = new LinkedHashMap<>();
                final NodeList children = protocol.getElementsByTagName("field");
                for (int j = 0; j < children.getLength(); j++) {
                    final Element field = (Element) children.item(j);
                    fields.put(field.getAttribute("name"), field.getAttribute("show"));
                }
                frames.add(fields);
            }
        }
        return frames;
    }

    private static Path script() {
        return LinkDefinition.MODULE.resolve("tickbridge.lua").toAbsolutePath();
    }

    /** A capture of TCP segments to port 7411; {@code apart} on connections of their own, so that none waits for the next. */
    private static Path capture(final List<byte[]> segments, final boolean apart) throws Exception {
        final Path all = directory.resolve("all.pcap");
        final List<String> parts = new ArrayList<>(List.of("mergecap", "-a", "-w", all.toString()));
        int port = 20_000;
        int from = 0;
        while (from < segments.size()) {
            final int to = apart ? from + 1 : segments.size();
            final StringBuilder hex = new StringBuilder();
            for (final byte[] segment : segments.subList(from, to)) {
                hex.append("000000 ").append(HexFormat.ofDelimiter(" ").formatHex(segment)).append('\n');
            }
            final Path text = Files.writeString(directory.resolve("segments.txt"), hex);
            final Path part = directory.resolve(port + ".pcap");
            run("text2pcap", "-q", "-T", port + ",7411", text.toString(), part.toString());
            parts.add(part.toString());
            port++;
            from = to;
        }
        run(parts.toArray(String[]::new));
        return all;
    }

    private static String run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectError(directory.resolve("errors").toFile()).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
        return out;
    }
}
