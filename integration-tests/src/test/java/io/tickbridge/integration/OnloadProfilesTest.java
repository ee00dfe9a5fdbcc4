package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenOnload profiles, sourced as OpenOnload's launcher sources them. */
final class OnloadProfilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"tickbridge-link", "tickbridge-udp", "tickbridge-throughput"})
    void everySettingIsOneOfOnloadsAndInItsRange(final String profile) throws Exception {
        final Map<String, OnloadOption> options = OnloadOption.all();
        final List<StandInOnload.Setting> settings = settings(Map.of(), profile);
        assertFalse(settings.isEmpty());
        for (final StandInOnload.Setting setting : settings) {
            final OnloadOption option = options.get(setting.name());
            assertNotNull(option, () -> "OpenOnload knows no " + setting);
            assertTrue(option.allows(setting.value()), () -> setting + " is outside " + option);
            assertTrue(option.isBounded(), () -> option + " has a limit that is not known");
            // What a profile of ours sets before it imports one of Onload's is left alone by that.
            assertTrue(setting.applied() || !setting.profile().startsWith("tickbridge"), () -> setting + " was set twice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tickbridge-link", "tickbridge-udp", "tickbridge-throughput"})
    void everySettingIsPrecededByItsReason(final String profile) throws IOException {
        boolean explained = false;
        for (final String line : Files.readAllLines(StandInOnload.profiles().resolve(profile + ".opf"))) {
            if (line.startsWith("#")) {
                explained = true;
            } else if (line.isBlank()) {
                explained = false;
            } else {
                assertTrue(line.matches("onload_(set|import) .*") && explained, () -> profile + ": no reason before: " + line);
            }
        }
    }

    @Test
    void anOptionOfAnotherNameOrOutOfRangeWouldBeFound() throws Exception {
        final Map<String, OnloadOption> options = OnloadOption.all();
        assertFalse(options.containsKey("EF_UL_EPOL"));
        assertFalse(options.get("EF_UL_EPOLL").allows("4"));
        assertFalse(options.get("EF_MAX_PACKETS").allows("1000"));
        // A field of 16 bits: what is larger would be cut.
        assertTrue(options.get("EF_NONAGLE_INFLIGHT_MAX").allows("65535"));
        assertFalse(options.get("EF_NONAGLE_INFLIGHT_MAX").allows("65536"));
        assertFalse(options.get("EF_RXQ_SIZE").allows("3000"));
        assertFalse(options.get("EF_UDP_RCVBUF").allows("2000000000"));
    }

    @Test
    void theTwoProfilesOfAUdpGatewayAgree() throws Exception {
        final Map<String, String> values = new HashMap<>();
        for (final StandInOnload.Setting setting : settings(Map.of(), "tickbridge-udp", "tickbridge-link")) {
            final String former = values.putIfAbsent(setting.name(), setting.value());
            assertTrue(former == null || former.equals(setting.value()), () -> setting + " was " + former + " before");
        }
        assertEquals("3", values.get("EF_UL_EPOLL"));
        assertEquals("100000", values.get("EF_POLL_USEC"));
    }

    @Test
    void anOperatorsVariableWins() throws Exception {
        final List<StandInOnload.Setting> settings = settings(Map.of("EF_UL_EPOLL", "1"), "tickbridge-link");
        assertTrue(settings.contains(new StandInOnload.Setting("tickbridge-link", "EF_UL_EPOLL", "3", false)));
    }

    private List<StandInOnload.Setting> settings(final Map<String, String> environment, final String... profiles)
            throws Exception {
        final StandInOnload onload = new StandInOnload(directory.resolve("onload"));
        final Map<String, String> all = onload.environment();
        all.putAll(environment);
        final String joined = String.join(",", List.of(profiles).stream()
                .map(profile -> StandInOnload.profiles().resolve(profile + ".opf").toString()).toList());
        final Launcher.Result result =
                Launcher.run(directory, all, List.of(StandInOnload.launcher().toString(), "-p", joined, "true"));
        assertEquals(0, result.exit(), result.err());
        return onload.settings();
    }
}
