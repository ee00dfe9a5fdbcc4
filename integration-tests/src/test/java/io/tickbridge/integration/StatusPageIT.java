package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.page.Browser;
import io.tickbridge.gateway.page.DevTools;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway with simulated traffic, losses among it, as it is watched: by Chromium on its status page, by Prometheus' own tools,
 * by a health check. One gateway for all: what comes first leaves the traffic that the others look at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StatusPageIT {
    /** A name as long as one may be that is a script where it is taken for HTML. */
    private static final String NAME = "<img src=x onerror=alert(7411)>";
    private static final int FIRST_PORT = 14_310;
    /** What goes on counting although nothing comes: polls, times, the collector's work, the pages themselves. */
    private static final Pattern RESTLESS = Pattern.compile(
            "source\\.empty-polls|gateway\\.heartbeat|receive\\.stalled|receive\\.preempted|(receive|journal)\\.core|jvm\\..*|memory\\..*"
                    + "|journal\\.(disk\\.free|lag|ring\\.waiting)|link\\.(heartbeats|clock-probes).*|doctor\\..*|status\\..*");

    private final HttpClient client = HttpClient.newHttpClient();
    private Path directory;
    private GatewayProcess gateway;
    private DevTools browser;
    private AddOnProcess addOn;
    private String address;

    @BeforeAll
    void start(@TempDir final Path scratch) throws Exception {
        directory = scratch;
        Requirement.program(Browser.PROGRAM);
        AddOnProcess.require();
        final int port = freePort();
        GatewayFiles.prepare(directory, configuration(port));
        gateway = GatewayProcess.start(directory);
        address = "http://127.0.0.1:" + port;
        addOn = AddOnProcess.start("desk 1", directory, gateway.port(), GatewayFiles.key(directory));
        gateway.awaitCount("link.peer.desk 1.connections", connections -> connections == 1);
        browser = DevTools.start(directory);
    }

    @AfterAll
    void stop() throws Exception {
        for (final AutoCloseable one : new AutoCloseable[] {browser, addOn, gateway}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    @Order(1)
    void thePageShowsWhatHappensWhileItHappensAndThenWhatStatShows() throws Exception {
        browser.screen(1100, 1240, false, false);
        browser.show(URI.create(address + "/"));
        awaitPage("the page is told of the gateway", "document.getElementById('state').textContent !== 'connecting'");
        try (Child exchange = exchange()) {
            // Twice: what was shown first may have been there before.
            final long first = awaitMore("source.received", 0);
            awaitMore("source.received", first);
            photograph("status-page-live.png");
            gateway.awaitCount("feed.cme.gaps", gaps -> gaps > 0);
            assertTrue(exchange.isAlive(), exchange::lastLines);
        }
        final Map<String, Object> stat = awaitRest();
        ask("document.getElementById('all').open = true");
        // Asked again and again: after a silence the feed becomes stale, which both must show.
        Await.until("the page shows every figure as stat does", () -> settled(shown()).equals(settled(stat())),
                () -> settled(shown()) + "\n" + settled(stat()));
        assertTrue(((Number) stat.get("feed.cme.lost")).longValue() > 0, stat::toString);
        final String card = "document.querySelector('article[data-feed=cme]')";
        assertEquals(Boolean.TRUE, ask(card + ".querySelector('dd.bad [data-figure=\"feed.cme.gaps\"]') !== null"), "gaps in red");
        assertEquals(String.valueOf(stat.get("feed.cme.gaps")),
                ask(card + ".querySelector('[data-figure=\"feed.cme.gaps\"]').dataset.value"));
        assertEquals(NAME, ask("document.getElementById('name').textContent"));
        assertEquals(0, ask("document.querySelectorAll('img').length"), "a name became HTML");
        assertTrue(String.valueOf(ask("document.getElementById('link').textContent")).contains("desk 1"), "the add-on's name");
        awaitPage("the doctor's verdict", "document.getElementById('doctor').textContent.includes('examined')");
        final Object examined = gateway.stat().get("doctor.examined");
        ask("document.querySelector('#doctor button').click()");
        gateway.awaitCount("doctor.examined", time -> time > ((Number) examined).longValue());
        ask("document.getElementById('all').open = false");
        for (final String scheme : new String[] {"dark", "light"}) {
            browser.screen(1100, 1240, false, scheme.equals("dark"));
            photograph("status-page-" + scheme + ".png");
        }
        browser.screen(390, 844, true, false);
        assertEquals(390, ask("Math.max(document.documentElement.scrollWidth, window.innerWidth)"), "a phone scrolls sideways");
        photograph("status-page-phone.png");
        assertEquals(List.of(), browser.complaints());
        // To be sure that the console is heard.
        ask("console.error('heard')");
        ask("1");
        assertEquals(1, browser.complaints().size(), browser.complaints()::toString);
    }

    @Test
    @Order(2)
    void prometheusToolsFindNoFaultWithTheMetricsAndEveryFigureIsAmongThem() throws Exception {
        Requirement.program("promtool");
        final String metrics = get("/metrics").body();
        final Path file = Files.writeString(directory.resolve("metrics.txt"), metrics);
        final Launcher.Result checked = Launcher.run(directory, Map.of(), List.of("sh", "-c", "promtool check metrics < " + file));
        assertEquals(0, checked.exit(), checked.out() + checked.err());
        assertEquals("", checked.out() + checked.err());
        final Map<String, Object> stat = gateway.stat();
        assertTrue(metrics.contains("tickbridge_feed_gaps_total{feed=\"cme\"} " + stat.get("feed.cme.gaps") + ".0"), metrics);
        assertTrue(metrics.contains("tickbridge_link_peer_connections{peer=\"desk 1\"} 1.0"), metrics);
        assertTrue(metrics.contains("tickbridge_latency_seconds_count{hop=\"frame-to-socket\"} "
                + stat.get("latency.frame-to-socket.count")), metrics);
        assertTrue(metrics.contains("tickbridge_build{gateway=\"" + NAME + "\""), metrics);
        // Two of a histogram's figures are its count and sum; nothing but that, and what stat knows of itself, is on one side alone.
        final long samples = metrics.lines().filter(line -> !line.startsWith("#")).count();
        final long figures = stat.keySet().stream().filter(label -> !label.matches("gateway\\.(process|heartbeat)")).count();
        final long infinite = metrics.lines().filter(line -> line.contains("le=\"+Inf\"")).count();
        assertEquals(figures + infinite + 3, samples, "build, live and ready beside the figures");
    }

    @Test
    @Order(3)
    void dashboardAndRulesNameMetricsThatThereAre() throws Exception {
        final Set<String> there = get("/metrics").body().lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
        final Path monitoring = Installation.root().resolve("vps-deploy/monitoring");
        final Set<String> named = new TreeSet<>();
        for (final String file : new String[] {"tickbridge-dashboard.json", "tickbridge-rules.yml"}) {
            final var matcher = Pattern.compile("tickbridge_[a-z0-9_]+").matcher(Files.readString(monitoring.resolve(file)));
            while (matcher.find()) {
                named.add(matcher.group());
            }
        }
        assertTrue(named.size() > 20, named::toString);
        named.removeAll(there);
        assertEquals(Set.of(), named, "no gateway has such metrics");
    }

    @Test
    @Order(4)
    void prometheusScrapesTheGateway() throws Exception {
        Requirement.program("prometheus");
        final Path monitoring = Installation.root().resolve("vps-deploy/monitoring");
        final Path prometheus = Files.createDirectory(directory.resolve("prometheus"));
        Files.copy(monitoring.resolve("tickbridge-rules.yml"), prometheus.resolve("tickbridge-rules.yml"));
        Files.writeString(prometheus.resolve("prometheus.yml"), Files.readString(monitoring.resolve("prometheus.yml"))
                .replace("127.0.0.1:9711", address.substring("http://".length()))
                .replaceAll("scrape_interval: \\S+", "scrape_interval: 1s"));
        final int port = freePort();
        try (Child server = Child.start("prometheus", prometheus, List.of("prometheus", "--config.file=prometheus.yml",
                "--storage.tsdb.path=data", "--web.listen-address=127.0.0.1:" + port))) {
            final long gaps = gateway.count("feed.cme.gaps");
            Await.until("Prometheus has the gateway's gaps", () -> {
                assertTrue(server.isAlive(), server::lastLines);
                return query(port, "tickbridge_feed_gaps_total{feed=\"cme\"}").contains("\"" + gaps + "\"");
            }, () -> query(port, "up") + server.lastLines());
            assertTrue(query(port, "up{job=\"tickbridge\"}").contains("\"1\""), () -> query(port, "up"));
        }
    }

    @Test
    @Order(5)
    void refusesPagesBeyondTheConfiguredAndRequestsThatArriveUnderAnotherName() throws Exception {
        browser.close();
        gateway.awaitCount("status.pages", pages -> pages == 0);
        final Socket[] pages = new Socket[2];
        try {
            for (int i = 0; i < pages.length; i++) {
                pages[i] = new Socket("127.0.0.1", URI.create(address).getPort());
                pages[i].getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(
                        StandardCharsets.US_ASCII));
                final int open = i + 1;
                gateway.awaitCount("status.pages", count -> count == open);
            }
            assertEquals(503, get("/events").statusCode());
            assertEquals(200, get("/health/live").statusCode(), "others are served");
        } finally {
            for (final Socket page : pages) {
                if (page != null) {
                    page.close();
                }
            }
        }
        gateway.awaitCount("status.pages", count -> count == 0);
        try (Socket other = new Socket("127.0.0.1", URI.create(address).getPort())) {
            other.getOutputStream().write("GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n".getBytes(
                    StandardCharsets.US_ASCII));
            final String answer = new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
        }
        assertEquals(403, client.send(HttpRequest.newBuilder(URI.create(address + "/doctor"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(405, client.send(HttpRequest.newBuilder(URI.create(address + "/"))
                .DELETE().build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(404, get("/../gateway.yaml").statusCode());
    }

    @Test
    @Order(6)
    void healthSaysWhenTheFeedIsSilent() throws Exception {
        gateway.awaitCount("feed.cme.stale", stale -> stale == 1);
        assertEquals(503, get("/health").statusCode());
        assertEquals("{\"live\":true,\"ready\":false,\"reasons\":[\"the feed is silent\"]}", get("/health").body().strip());
        assertEquals(200, get("/health/live").statusCode());
        assertTrue(get("/metrics").body().contains("\ntickbridge_ready 0.0\n"));
        gateway.stop();
        assertFalse(gateway.log().contains("ERROR"), gateway.log());
    }

    private Child exchange() throws IOException {
        return Child.start("exchange", directory, Installation.java("io.tickbridge.integration.exchange.Simulator",
                "--group-a", group(0) + ":" + FIRST_PORT, "--group-b", group(1) + ":" + (FIRST_PORT + 1_000), "--seconds", "180",
                "--rate", "500", "--loss-both", "0.004", "--halt", "0"));
    }

    /** Groups of this process alone, so that tests on one machine do not hear each other. */
    private static String group(final int line) {
        final long process = ProcessHandle.current().pid();
        return "239." + (204 + line) + "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
    }

    private static String configuration(final int port) {
        final StringBuilder lines = new StringBuilder();
        for (final String carries : new String[] {"incremental", "snapshot", "definitions"}) {
            for (int line = 0; line < 2; line++) {
                lines.append("      - {group: %s, port: %d, interface: lo, carries: %s}\n".formatted(group(line), FIRST_PORT + line * 1_000
                        + ("snapshot".equals(carries) ? 2_000 : "definitions".equals(carries) ? 6_000 : 0), carries));
            }
        }
        return GatewayText.changed(GatewayText.OUTPUTS, "integration\n", "'" + NAME + "'\n") + """
                link: {listen: 127.0.0.1, port: 0, key-file: link.key, market: simulated}
                status: {port: %d, pages: 2}
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    stale-after: 20s
                    lines:
                """.formatted(port) + lines + GatewayText.SIGNALS;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String query(final int port, final String expression) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                    + URLEncoder.encode(expression, StandardCharsets.UTF_8))).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (final IOException e) {
            return e.toString(); // not up yet
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Object ask(final String expression) {
        try {
            return browser.value(expression);
        } catch (final IOException | InterruptedException e) { // in a condition that is asked again and again
            throw new IllegalStateException(expression + ": " + e, e);
        }
    }

    private void photograph(final String name) throws IOException, InterruptedException {
        Files.write(Files.createDirectories(Installation.root().resolve("integration-tests/target")).resolve(name), browser.picture());
    }

    private void awaitPage(final String what, final String condition) {
        Await.until(what, () -> Boolean.TRUE.equals(ask(condition)),
                () -> ask("document.body.innerText") + "\n" + browser.complaints());
    }

    private long awaitMore(final String figure, final long than) {
        Await.until(figure + " moves on the page", () -> onPage(figure) > than, () -> String.valueOf(ask("document.body.innerText")));
        return onPage(figure);
    }

    private long onPage(final String figure) {
        final Object value = ask("Number((document.querySelector('[data-figure=\"" + figure + "\"]') || {dataset: {value: '-1'}}).dataset.value)");
        return ((Number) value).longValue();
    }

    /** Figures once nothing comes any more: the same twice in a row, with what was received journalled. */
    private Map<String, Object> awaitRest() throws IOException, InterruptedException {
        gateway.awaitCount("feed.cme.datagrams", count -> count > 0 && count == gateway.count("journal.frames"));
        Map<String, Object> before = gateway.stat();
        Map<String, Object> now = gateway.stat();
        while (!settled(before).equals(settled(now))) {
            before = now;
            now = gateway.stat();
        }
        return now;
    }

    private Map<String, Object> stat() {
        try {
            return gateway.stat();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> shown() {
        try {
            return JSON.std.mapFrom(String.valueOf(ask("JSON.stringify(Object.fromEntries([...document.querySelectorAll("
                    + "'#figures [data-figure]')].map(shown => [shown.dataset.figure, Number(shown.dataset.value)])))")));
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Long> settled(final Map<String, Object> figures) {
        final Predicate<String> restless = RESTLESS.asMatchPredicate();
        final Map<String, Long> settled = new TreeMap<>();
        figures.forEach((label, value) -> {
            if (!restless.test(label) && !label.matches("gateway\\..*|feed\\.cme\\.(stale|line-..silent)")) {
                settled.put(label, ((Number) value).longValue());
            }
        });
        return settled;
    }
}
