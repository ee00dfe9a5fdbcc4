package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CONFIGURATION.md and what it promises. */
class ConfigReferenceTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("tickbridge.root", "..")).resolve("linux-gateway/CONFIGURATION.md");

    @Test
    void theCommittedPageIsTheOneThatTheCommandPrints() throws IOException {
        assertEquals(ConfigReference.markdown(), Files.readString(DOCUMENT),
                "write it anew: linux-gateway/bin/tickbridge check-config --reference > linux-gateway/CONFIGURATION.md");
    }

    @Test
    void everyKeyHasARowThatSaysWhatItIs() {
        final List<String> rows = ConfigReference.markdown().lines().filter(line -> line.startsWith("| `")).toList();
        assertEquals(Keys.groups().stream().mapToInt(group -> group.keys().size()).sum(), rows.size());
        rows.forEach(row -> assertEquals(5, row.chars().filter(c -> c == '|').count(), row));
    }

    @Test
    void everyDefaultIsAllowedItself() {
        Keys.groups().forEach(group -> group.keys().stream().filter(key -> !key.isRequired() && !key.defaultText().isEmpty())
                .forEach(key -> assertTrue(key.defaultValue() != null, key.name())));
    }

    @Test
    void theExampleIsAConfigurationOfOneLiveChannelWithTwoLines() {
        assertTrue(ConfigReference.markdown().endsWith("```yaml\n" + ConfigReference.example() + "```\n"));
        final GatewayConfig config = ConfigReader.parse(ConfigReference.example(), Path.of("/etc/tickbridge"), "example");
        assertEquals(CaptureConfig.Source.UDP, config.capture().source());
        assertEquals(FeedConfig.Protocol.CME_MDP3, config.feeds().get(0).protocol());
        assertEquals(2, config.feeds().get(0).lines().size());
        assertTrue(config.signals().size() > 1);
        assertTrue(config.journal().enabled());
    }
}
