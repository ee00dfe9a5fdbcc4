package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.fuzz.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exchange's list of channels: read, or refused with a reason. Against a reading by events instead of a tree: channel 310
 * has as many lines of each kind.
 */
class ChannelFileFuzzTest {
    private static final String ID = "310";
    private static final List<String> KINDS = List.of("I", "N", "S", "SMBO");
    private static final Path FILE = temporary();

    static Stream<Arguments> seeds() {
        final String connection = """
                <connection id="310IA"><type feed-type="I">Incremental</type><protocol>UDP/IP</protocol><ip>224.0.31.1</ip>
                <host-ip>10.0.0.1</host-ip><port>14310</port><feed>A</feed></connection>
                """;
        final String all = "<?xml version=\"1.0\"?>\n<configuration environment=\"Production\"><channel id=\"310\" label=\"ES\"><connections>"
                + connection + connection.replace(">A<", ">B<") + connection.replace("\"I\"", "\"N\"")
                + connection.replace("\"I\"", "\"S\"") + connection.replace("\"I\"", "\"SMBO\"")
                + connection.replace("\"I\"", "\"H\"") + "</connections></channel></configuration>";
        return Seeds.named(Stream.of(all, all.replace("310", "311"), all.replace("14310", "0"),
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><configuration>&b;</configuration>", "<configuration/>")
                .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void file(final byte[] input) throws IOException {
        Files.write(FILE, input);
        final ChannelFile file;
        try {
            file = ChannelFile.read(FILE);
        } catch (final IllegalArgumentException e) {
            assertFalse(e.getMessage().isBlank());
            return;
        }
        final Events events = new Events(input);
        for (final boolean orders : new boolean[] {false, true}) {
            List<ChannelFile.Connection> found;
            try {
                found = file.channel(ID, orders);
            } catch (final IllegalArgumentException e) {
                assertFalse(e.getMessage().isBlank());
                continue;
            }
            if (events.isPlain) {
                assertEquals(events.lines.stream().filter(kind -> orders || !kind.startsWith("SMBO")).sorted().toList(),
                        found.stream().map(ChannelFileFuzzTest::text).sorted().toList());
            }
        }
    }

    private static String text(final ChannelFile.Connection connection) {
        return switch (connection.line().carries()) {
            case INCREMENTAL -> "I";
            case DEFINITIONS -> "N";
            case SNAPSHOT -> "S";
            case SNAPSHOT_ORDERS -> "SMBO";
        } + (connection.isLineB() ? " B " : " A ") + connection.line().group() + ":" + connection.line().port();
    }

    /** The first channel of that number, by events. */
    private static final class Events {
        private final List<String> lines = new ArrayList<>();
        private final List<String> path = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final StringBuilder ip = new StringBuilder();
        private final StringBuilder port = new StringBuilder();
        private final StringBuilder feed = new StringBuilder();
        /** Whether no element has one of its own name within it or a twin beside it, which only a tree tells apart. */
        private boolean isPlain = true;
        private boolean isWanted;
        private boolean isOver;

        Events(final byte[] input) {
            final XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            try {
                final XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(input));
                while (reader.hasNext()) {
                    switch (reader.next()) {
                        case XMLStreamConstants.START_ELEMENT -> begin(name(reader), reader);
                        case XMLStreamConstants.END_ELEMENT -> end(name(reader));
                        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader.getText());
                        default -> { }
                    }
                }
            } catch (final XMLStreamException e) {
                isPlain = false; // the two parsers disagree about rare characters
            }
        }

        private static String name(final XMLStreamReader reader) {
            return (reader.getPrefix() == null || reader.getPrefix().isEmpty() ? "" : reader.getPrefix() + ":")
                    + reader.getLocalName();
        }

        private void begin(final String name, final XMLStreamReader reader) {
            isPlain &= !path.contains(name);
            path.add(name);
            if (name.equals("channel") && ID.equals(reader.getAttributeValue(null, "id"))) {
                isWanted = !isOver;
            } else if (name.equals("connection")) {
                types.clear();
                List.of(ip, port, feed).forEach(text -> text.setLength(0));
            } else if (name.equals("type") && reader.getAttributeValue(null, "feed-type") != null) {
                types.add(reader.getAttributeValue(null, "feed-type"));
            } else if (List.of("ip", "port", "feed").contains(name)) {
                isPlain &= of(name).isEmpty();
                of(name).append(' ');
            }
        }

        /** Without zeros before it; what is no number stays. */
        private static String number(final String text) {
            return text.matches("[+]?[0-9]{1,9}") ? Integer.toString(Integer.parseInt(text)) : text;
        }

        private StringBuilder of(final String name) {
            return name.equals("ip") ? ip : name.equals("port") ? port : feed;
        }

        private void text(final String text) {
            for (final String name : List.of("ip", "port", "feed")) {
                if (path.contains(name)) {
                    of(name).append(text);
                }
            }
        }

        private void end(final String name) {
            path.remove(path.size() - 1);
            if (name.equals("connection") && isWanted) {
                for (final String kind : KINDS) {
                    if (types.contains(kind)) {
                        lines.add(kind + (feed.toString().strip().equals("B") ? " B " : " A ") + ip.toString().strip() + ":"
                                + number(port.toString().strip()));
                    }
                }
            } else if (name.equals("channel") && isWanted) {
                isWanted = false;
                isOver = true;
            }
        }
    }

    private static Path temporary() {
        try {
            final Path file = Files.createTempFile("fuzz", ".xml");
            file.toFile().deleteOnExit();
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
