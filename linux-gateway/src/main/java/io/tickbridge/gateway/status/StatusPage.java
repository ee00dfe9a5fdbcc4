package io.tickbridge.gateway.status;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.doctor.Diagnosis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page is made of: its files, and the JSON that it turns into text. Nothing of the configuration is put into HTML. */
final class StatusPage {
    private StatusPage() {
    }

    /** One of the page's files. */
    static byte[] file(final String name) {
        try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the installation; build it again: bin/ensure-built");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(name + " in the installation cannot be read", e);
        }
    }

    /** What does not change while the gateway runs. */
    static String about(final GatewayConfig config, final String version) {
        final Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", config.name());
        about.put("version", version);
        about.put("source", word(config.capture().source()));
        about.put("feeds", config.feeds().stream().map(StatusPage::feed).toList());
        about.put("signals", config.signals().stream().map(rule -> rule.kind()).toList());
        about.put("journal", config.journal().enabled() ? String.valueOf(config.journal().directory()) : "");
        about.put("link", config.link().enabled() ? config.link().listen() : "");
        about.put("peers", config.link().maxPeers());
        return json(about);
    }

    private static Map<String, Object> feed(final FeedConfig feed) {
        return Map.of("name", feed.name(), "protocol", word(feed.protocol()), "lines", feed.lines().stream().map(line ->
                Map.of("group", line.group() + ":" + line.port(), "carries", word(line.carries()),
                        "interface", line.networkInterface() == null ? "" : line.networkInterface())).toList());
    }

    /** What changes all the time. */
    static String figures(final Map<String, Long> figures, final Health health, final long time) {
        final Map<String, Object> state = new LinkedHashMap<>();
        state.put("time", time / 1_000_000);
        state.put("live", health.live());
        state.put("ready", health.ready());
        state.put("reasons", health.reasons());
        state.put("figures", figures);
        return json(state);
    }

    /** What the doctor found. */
    static String doctor(final Examination.Result result) {
        final Map<String, Object> state = new LinkedHashMap<>();
        state.put("time", result.time() / 1_000_000);
        state.put("findings", result.findings().stream().map(StatusPage::finding).toList());
        return json(state);
    }

    private static Map<String, String> finding(final Diagnosis finding) {
        return Map.of("check", finding.check(), "verdict", word(finding.verdict()), "found", finding.found(),
                "wanted", finding.wanted(), "why", finding.why(), "mend", finding.mend());
    }

    /** Whether it works, for tools. */
    static String health(final Health health) {
        final Map<String, Object> state = new LinkedHashMap<>();
        state.put("live", health.live());
        state.put("ready", health.ready());
        state.put("reasons", health.reasons());
        return json(state);
    }

    private static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String json(final Object value) {
        try {
            return JSON.std.asString(value);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot be written as JSON: " + List.of(value), e);
        }
    }
}
