package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.bench.Figure;
import io.tickbridge.gateway.bench.LinkBench;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.integration.process.Installation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code bench link} measures is there to be measured: each kind of link carries signals out and orders back. */
@Tag("alone")
final class LinkBenchIT {
    private static final int TRIPS = 50;

    @Test
    void eachKindOfLinkMakesItsRoundTrips() throws Exception {
        AddOnProcess.require();
        Requirement.program("cc");
        final List<Figure> figures = LinkBench.trial(
                Installation.root().resolve("ninjatrader-addon/target/tickbridge-console.exe"),
                Installation.root().resolve("linux-gateway/src/main/c/bench/link_ping.c"), TRIPS).run(List.of(Transport.EPOLL));
        final Map<String, Figure> named = figures.stream().collect(Collectors.toMap(Figure::name, Function.identity()));
        Stream.of("plain.epoll", "plain.epoll.polled-in-every-turn", "hmac.epoll", "tls.epoll").map(kind -> "link." + kind + ".")
                .forEach(kind -> {
                    assertEquals(TRIPS, named.get(kind + "round-trips").value(), kind);
                    assertTrue(named.get(kind + "rounds").value() >= 1, kind);
                    final Figure median = named.get(kind + "round-trip.p50");
                    assertTrue(median.value() > 0 && median.baseline() > 0, median::text);
                    assertTrue(named.get(kind + "round-trip.p99.9").value() >= median.value(), median::text);
                    final Figure write = named.get(kind + "write.p50");
                    assertTrue(write.value() > 0, write::text);
                });
        assertEquals(40, figures.size(), "ten of each kind");
    }
}
