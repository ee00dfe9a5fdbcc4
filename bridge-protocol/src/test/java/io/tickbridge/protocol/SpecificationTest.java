package io.tickbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The specification's tables say what the definition says: every message, field, offset, type and number. */
class SpecificationTest {
    private static final Pattern TEMPLATE = Pattern.compile("Template (\\d+), block (\\d+) bytes, .*");
    private static final LinkDefinition DEFINITION = LinkDefinition.read();

    /** First words and the first table's rows below a heading of the third level. */
    private record Section(List<String> text, List<List<String>> rows) {
    }

    private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

    @BeforeAll
    static void readSections() throws IOException {
        Section section = null;
        for (final String line : Files.readAllLines(LinkDefinition.MODULE.resolve("SPECIFICATION.md"))) {
            if (line.startsWith("### ")) {
                section = new Section(new ArrayList<>(), new ArrayList<>());
                SECTIONS.put(line.substring(4), section);
            } else if (section != null && line.isBlank() && !section.rows().isEmpty()) {
                section = null;
            } else if (section != null && line.startsWith("| ")) {
                section.rows().add(List.of(line.substring(2).split(" *\\| *", -1)));
            } else if (section != null && !line.isBlank() && !line.startsWith("|")) {
                section.text().add(line);
            }
        }
        SECTIONS.values().forEach(s -> s.rows().remove(0));
    }

    @Test
    void describesNothingElse() {
        final List<String> defined = new ArrayList<>(List.of("Frame header"));
        defined.addAll(DEFINITION.messages().keySet());
        defined.addAll(DEFINITION.enumerations().keySet());
        assertEquals(defined.stream().sorted().toList(), SECTIONS.keySet().stream().sorted().toList());
    }

    @Test
    void statesTheHeader() {
        assertFields("Frame header", DEFINITION.header());
        assertEquals(Link.HEADER_LENGTH + " bytes.", SECTIONS.get("Frame header").text().get(0));
    }

    @Test
    void statesEveryMessage() {
        DEFINITION.messages().forEach((name, message) -> {
            final Matcher template = TEMPLATE.matcher(SECTIONS.get(name).text().get(0));
            assertTrue(template.matches(), name);
            assertEquals(message.templateId(), Integer.parseInt(template.group(1)), name);
            assertEquals(message.blockLength(), Integer.parseInt(template.group(2)), name);
            assertFields(name, message.fields());
        });
    }

    @Test
    void statesEveryEnumeration() {
        DEFINITION.enumerations().forEach((name, enumeration) -> {
            final Map<Integer, String> stated = new LinkedHashMap<>();
            SECTIONS.get(name).rows().forEach(row -> stated.put(Integer.parseInt(row.get(0)), row.get(1)));
            assertEquals(enumeration.names(), stated, name);
            assertEquals(enumeration.type(), SECTIONS.get(name).text().get(0), name);
        });
    }

    @Test
    void definitionKeepsItsOwnRules() {
        DEFINITION.messages().forEach((name, message) -> {
            assertEquals(0, message.blockLength() % 8, name);
            assertTrue(Link.HEADER_LENGTH + message.blockLength() <= Link.MAX_FRAME_LENGTH, name);
            message.fields().stream().filter(f -> f.primitive().endsWith("64"))
                    .forEach(f -> assertEquals(0, f.offset() % 8, name + "." + f.name()));
        });
    }

    @Test
    void statesTheLongestFrame() throws IOException {
        final int longest = Link.HEADER_LENGTH + DEFINITION.messages().values().stream()
                .mapToInt(LinkDefinition.Message::blockLength).max().orElseThrow();
        final String text = Files.readString(LinkDefinition.MODULE.resolve("SPECIFICATION.md")).replaceAll("\\s+", " ");
        assertTrue(text.contains("sends nothing longer than " + longest + " bytes"), "longest frame " + longest);
        assertTrue(text.contains("MAX_FRAME_LENGTH = " + Link.MAX_FRAME_LENGTH + "**"));
        assertTrue(text.contains("schemaId | always " + FrameHeaderDecoder.SCHEMA_ID + " "));
    }

    private static void assertFields(final String section, final List<LinkDefinition.Field> fields) {
        assertEquals(
                fields.stream().map(f -> f.offset() + " " + f.type() + " " + f.name()).toList(),
                SECTIONS.get(section).rows().stream().map(r -> r.get(0) + " " + r.get(1) + " " + r.get(2)).toList(),
                section);
    }
}
