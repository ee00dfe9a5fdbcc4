package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.fuzz.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A configuration's text: it is read, or refused with lines that name the file. What was read is the same when it is read again,
 * and when it is read from what the journal carries of it.
 */
class ConfigFuzzTest {
    private static final Path BASE = Path.of("/nonexistent");
    private static final String NAME = "fuzz.yaml";

    static Stream<Arguments> seeds() {
        return Seeds.named(Stream.of(new FullConfiguration().text(), """
                capture: {source: pcap, file: day.pcap}
                feeds:
                  - name: es
                    protocol: cme-mdp3
                    lines: [{group: 224.0.31.1, port: 14310}]
                """, """
                name: chicago-1
                capture: {source: udp}
                feeds:
                  - name: es
                    protocol: cme-mdp3
                    channel: {file: none.xml, id: 310, interface-a: eth0, interface-b: eth1}
                instruments:
                  - {feed: es, id: 1001, symbol: ESZ6, group: ES, tick: 0.25}
                signals:
                  - {kind: book-imbalance, instruments: ["es/1001"], parameters: {levels: 5, threshold: 0.6, rearm: 0.4}}
                journal: {directory: journal}
                link: {listen: 127.0.0.1, port: 7411, key-file: link.key}
                """, "a: &a [*a]\nb: !!binary x\n---\nc", "{capture: {source: dpdk, dpdk: {device: \"net_null0\"}}, feeds: []}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void text(final byte[] input) {
        final String text = new String(input, StandardCharsets.UTF_8);
        final GatewayConfig config;
        try {
            config = ConfigReader.parse(text, BASE, NAME);
        } catch (final ConfigException e) {
            assertFalse(e.problems().isEmpty());
            for (final String problem : e.problems()) {
                assertTrue(problem.startsWith(NAME), () -> "does not say where: " + problem);
            }
            return;
        }
        assertEquals(content(config), content(ConfigReader.parse(text, BASE, NAME)));
        assertEquals(content(config), content(ConfigReader.parse(ConfigReader.selfContained(text, config), BASE, NAME)));
    }

    /** All of it, without where in the text it stands. */
    private static String content(final GatewayConfig config) {
        return config.toString().replace(config.places().toString(), "");
    }
}
