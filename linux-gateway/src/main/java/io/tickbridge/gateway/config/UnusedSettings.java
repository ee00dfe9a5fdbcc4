package io.tickbridge.gateway.config;

import io.tickbridge.gateway.config.CaptureConfig.Source;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Settings in the file that the configured source does not use. They are meant to be there: with the settings of several
 * sources in one file, changing {@code capture.source} alone switches. Who takes one for effective should be told.
 */
public final class UnusedSettings {
    private static final Map<String, Set<Source>> USERS = new LinkedHashMap<>();
    private static final Set<Source> BY_LINE = EnumSet.of(Source.UDP, Source.AFXDP);

    static {
        of(Source.PCAP, Keys.Capture.FILE.name(), Keys.Capture.PACE.name());
        of(Source.UDP, Keys.Capture.RECEIVE_BUFFER.name(), Keys.Capture.TIMESTAMPS.name(), Keys.Capture.BUSY_POLL.name());
        of(Source.DPDK, "dpdk");
        of(Source.AFXDP, "afxdp");
        of(Source.EFVI, "efvi");
        USERS.put("membership", EnumSet.of(Source.DPDK));
        USERS.put("link." + Keys.Link.MARKET.name(), EnumSet.complementOf(EnumSet.of(Source.PCAP)));
    }

    private UnusedSettings() {
    }

    private static void of(final Source source, final String... names) {
        for (final String name : names) {
            USERS.put("capture." + name, EnumSet.of(source));
        }
    }

    /**
     * Names them.
     *
     * @param config that was read
     * @return one line each, with its place in the file; empty when all that is there is used
     */
    public static List<String> notes(final GatewayConfig config) {
        final Source source = config.capture().source();
        final String why = ": not used with `capture.source: " + source.name().toLowerCase(Locale.ROOT) + "`";
        final Stream<String> unused = USERS.entrySet().stream().filter(entry -> !entry.getValue().contains(source) && config.places().has(entry.getKey()))
                .map(entry -> config.places().of(entry.getKey()) + ": " + entry.getKey() + why);
        return Stream.concat(unused, interfaces(config).map(path -> config.places().of(path) + ": " + path + why + device(source)))
                .toList();
    }

    /** Lines name an interface for sources that receive from several; the others have one device, of their own settings. */
    private static Stream<String> interfaces(final GatewayConfig config) {
        if (BY_LINE.contains(config.capture().source())) {
            return Stream.empty();
        }
        return IntStream.range(0, config.feeds().size()).boxed()
                .flatMap(feed -> IntStream.range(0, config.feeds().get(feed).lines().size())
                        .mapToObj(line -> "feeds[" + feed + "].lines[" + line + "].interface"))
                .filter(config.places()::has);
    }

    private static String device(final Source source) {
        return switch (source) {
            case DPDK -> ", which receives from capture.dpdk.device alone";
            case EFVI -> ", which receives from capture.efvi.interface alone";
            case PCAP, UDP, AFXDP -> "";
        };
    }
}
