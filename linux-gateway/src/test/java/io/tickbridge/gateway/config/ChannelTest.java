package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.config.FeedConfig.Carries;
import io.tickbridge.gateway.config.FeedConfig.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines taken from CME's own list of channels. */
class ChannelTest {
    private static final String REAL = "schemas/cme-channels-certification.xml";

    @TempDir
    private Path directory;

    private static String yaml(final String source, final Path file, final String more) {
        return """
                capture: {source: %s, file: day.pcap}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    %s
                    channel:
                      file: %s
                      id: 901
                      interface-a: eth0
                      interface-b: eth1
                """.formatted(source, more, file);
    }

    private static GatewayConfig read(final String yaml) {
        return ConfigReader.parse(yaml, Path.of("/etc"), "g.yaml");
    }

    private static List<String> problems(final String yaml) {
        return assertThrows(ConfigException.class, () -> read(yaml)).problems();
    }

    @Test
    void theExchangesOwnFile() {
        final Path file = SharedData.file(REAL);
        final List<Line> withoutOrders = List.of(
                new Line("224.0.25.1", 17901, "eth0", Carries.INCREMENTAL),
                new Line("224.0.25.9", 18901, "eth1", Carries.INCREMENTAL),
                new Line("224.0.25.126", 16901, "eth0", Carries.DEFINITIONS),
                new Line("224.0.25.126", 19901, "eth0", Carries.SNAPSHOT));
        assertEquals(withoutOrders, read(yaml("udp", file, "")).feeds().get(0).lines());
        final List<Line> withOrders = new java.util.ArrayList<>(withoutOrders);
        withOrders.add(new Line("224.0.25.227", 21901, "eth0", Carries.SNAPSHOT_ORDERS));
        assertEquals(withOrders, read(yaml("udp", file, "orders: true")).feeds().get(0).lines());
    }

    /** Each of the file's channels can be read, but for those that CME lists without increments. */
    @Test
    void everyChannelOfTheExchangesOwnFile() throws IOException {
        final Path file = SharedData.file(REAL);
        final ChannelFile channels = ChannelFile.read(file);
        int readable = 0;
        int refused = 0;
        for (final String id : Files.readString(file).lines().filter(line -> line.contains("<channel id="))
                .map(line -> line.replaceAll(".*<channel id=\"(\\d+)\".*", "$1")).toList()) {
            try {
                assertEquals(5, channels.channel(id, true).size(), id);
                readable++;
            } catch (final IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("no connection of kind I"), e.getMessage());
                refused++;
            }
        }
        assertEquals(List.of(56, 10), List.of(readable, refused));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        final Path file = Files.writeString(directory.resolve("config.xml"), """
                <configuration><channel id="310"><connections>
                <connection id="310IA"><type feed-type="I">Incremental</type><protocol>UDP/IP</protocol><ip>224.0.31.1</ip>
                <port>14310</port><feed>A</feed></connection></connections></channel>
                <channel id="311"/><channel id="312"><connections><connection id="312IA"><type feed-type="I"/>
                <ip>somewhere</ip><port>0</port></connection></connections></channel></configuration>
                """);
        final String good = yaml("udp", file, "").replace("id: 901", "id: 310").replace("      interface-b: eth1\n", "");
        assertEquals(List.of(new Line("224.0.31.1", 14310, "eth0", Carries.INCREMENTAL)), read(good).feeds().get(0).lines());
        assertEquals(List.of("g.yaml:8: feeds[0].channel.id: " + file + " has no channel 901; it has 310, 311, 312"),
                problems(yaml("udp", file, "")));
        assertEquals(List.of("g.yaml:8: feeds[0].channel.id: " + file + " has no connection of kind I, increments, for channel "
                + "311; without it there is nothing to follow"), problems(good.replace("id: 310", "id: 311")));
        assertEquals(List.of("g.yaml:8: feeds[0].channel.id: " + file + " has a connection of channel 312 with ip \"somewhere\" "
                + "and port \"0\", allowed: an IPv4 address and a number from 1 to 65535"),
                problems(good.replace("id: 310", "id: 312")));
        assertEquals(List.of("g.yaml:6: feeds[0].channel.interface-a: missing, `capture.source: udp` needs it: name of the network "
                + "interface on which line A arrives"), problems(good.replace("      interface-a: eth0\n", "")));
        assertEquals(List.of("g.yaml:6: feeds[0].channel: found beside `lines`, allowed: one of the two"),
                problems(good + "    lines: [{group: 224.0.0.1, port: 5, interface: eth0}]\n"));
        assertEquals(List.of("g.yaml:6: feeds[0].channel: found with another protocol, allowed with `protocol: cme-mdp3` alone"),
                problems(good.replace("cme-mdp3", "iex-deep")));
        assertEquals(List.of("g.yaml:10: feeds[0].channel.interface-c: unknown key, allowed: file, id, interface-a, interface-b"),
                problems(good + "      interface-c: eth3\n"));
    }

    @Test
    void valuesThatAreNone() {
        final String yaml = yaml("pcap", Path.of("x.xml"), "");
        assertEquals(List.of("g.yaml:7: feeds[0].channel.file: found \"\", allowed: path"),
                problems(yaml.replace("x.xml", "\"\"")));
        assertEquals(List.of("g.yaml:8: feeds[0].channel.id: found \"123456789\", allowed: 1 to 8 ASCII characters"),
                problems(yaml.replace("901", "123456789")));
        assertEquals("g.yaml:9: feeds[0].channel.interface-a: found \"\", allowed: text",
                problems(yaml.replace("eth0", "\"\"")).get(0));
        assertEquals("g.yaml:10: feeds[0].channel.interface-b: found \"\", allowed: text",
                problems(yaml.replace("eth1", "\"\"")).get(0));
        assertEquals(List.of("g.yaml:6: feeds[0].channel: found \"310\", allowed: key: value pairs"),
                problems(yaml.substring(0, yaml.indexOf("channel:")) + "channel: 310\n"));
        assertEquals(List.of("g.yaml:6: feeds[0].channel.file: missing, allowed: path",
                "g.yaml:6: feeds[0].channel.id: missing, allowed: 1 to 8 ASCII characters"),
                problems(yaml.substring(0, yaml.indexOf("channel:")) + "channel: {interface-a: eth0}\n"));
    }

    @Test
    void filesThatAreNone() throws IOException {
        final Path missing = directory.resolve("nowhere.xml");
        assertEquals(List.of("g.yaml:7: feeds[0].channel.file: " + missing + " cannot be read: no such file or directory; allowed: "
                + "the config.xml that CME publishes"), problems(yaml("udp", missing, "")));
        final Path other = Files.writeString(directory.resolve("other.xml"), "<books/>");
        assertEquals(List.of("g.yaml:7: feeds[0].channel.file: " + other + " is not CME's channel configuration: it begins with "
                + "<books>, not <configuration>; allowed: the config.xml that CME publishes"), problems(yaml("udp", other, "")));
        final Path none = Files.writeString(directory.resolve("none.xml"), "<configuration>\n<channel>");
        assertTrue(problems(yaml("udp", none, "")).get(0).startsWith(
                "g.yaml:7: feeds[0].channel.file: " + none + " is not XML: line 2: "));
        final Path fetching = Files.writeString(directory.resolve("fetching.xml"),
                "<!DOCTYPE configuration SYSTEM \"file:///etc/passwd\"><configuration/>");
        assertTrue(problems(yaml("udp", fetching, "")).get(0).contains(" is not XML: "));
    }

    /** What the journal carries reads the same without the exchange's file, whatever style the channel was written in. */
    @Test
    void aRecordedConfigurationNeedsNoFile() throws IOException {
        final Path file = Files.writeString(directory.resolve("config.xml"), """
                <configuration><channel id="901"><connections>
                <connection><type feed-type="I"/><ip>224.0.31.1</ip><port>14310</port><feed>A</feed></connection>
                <connection><type feed-type="SMBO"/><ip>224.0.31.2</ip><port>14311</port><feed>B</feed></connection>
                </connections></channel></configuration>
                """);
        final String block = yaml("udp", file, "orders: true") + "instruments:\n  - {feed: cme, id: 5}\n";
        final String flow = "capture: {source: pcap, file: day.pcap}\nfeeds: [{name: cme, protocol: cme-mdp3, channel: {file: " + file
                + ", id: 901}, market-depth: 5}] # none\nname: x\n";
        final GatewayConfig blockConfig = read(block);
        final GatewayConfig flowConfig = read(flow);
        final String blockText = ConfigReader.selfContained(block, blockConfig);
        final String flowText = ConfigReader.selfContained(flow, flowConfig);
        Files.delete(file);
        assertEquals(blockConfig.feeds(), read(blockText).feeds());
        assertEquals(blockConfig.instruments(), read(blockText).instruments());
        assertEquals(flowConfig.feeds(), read(flowText).feeds());
        assertEquals("x", read(flowText).name());
        final String lines = "name: plain\ncapture: {source: pcap, file: a}\nfeeds: [{name: a, protocol: iex-deep, lines: [{group: 224.0.0.1, port: 5}]}]\n";
        assertEquals(lines, ConfigReader.selfContained(lines, read(lines)), "untouched where there is no channel");
    }
}
