package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.protocol.Market;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What add-ons are told of the market: with real money they trade on LIVE alone. */
class StatedMarketTest {
    @ParameterizedTest
    @CsvSource({
        "source: udp,,LIVE",
        "source: udp,live,LIVE",
        "source: udp,simulated,SIMULATED",
        "'source: dpdk, dpdk: {device: net_null0}',simulated,SIMULATED",
        "'source: pcap, file: x',,RECORDED",
        "'source: pcap, file: x',live,RECORDED",
        "'source: pcap, file: x',simulated,RECORDED"})
    void isWhatIsConfiguredUnlessAFileIsPlayed(final String capture, final String configured, final Market expected) {
        assertEquals(expected, Gateway.market(ConfigReader.parse("""
                capture: {%s}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                """.formatted(capture) + (configured == null ? "" : "link: {market: " + configured + "}\n"), Path.of(""), "x.yaml")));
    }
}
