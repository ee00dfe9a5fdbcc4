package io.tickbridge.gateway.capture.efvi;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.burst.BurstSettings;
import io.tickbridge.gateway.config.EfViConfig;
import io.tickbridge.gateway.config.FeedConfig;
import java.util.List;
import java.util.Locale;

/** Puts an ef_vi configuration into the backend's words; {@code settings.c} of the backend lists them. */
public final class EfViSettings {
    private EfViSettings() {
    }

    /**
     * Settings for one NIC.
     *
     * @param config the NIC
     * @param lines  all lines of all feeds
     * @param checksums whether the NIC is to refuse frames with a wrong IPv4 or UDP checksum
     * @return what the backend is opened with
     * @throws CaptureException when a line names another interface: its frames would never be seen
     */
    public static BurstSettings of(
            final EfViConfig config, final List<FeedConfig.Line> lines, final boolean checksums) {
        for (final FeedConfig.Line line : lines) {
            final String wanted = line.networkInterface();
            if (wanted != null && !wanted.isEmpty() && !wanted.equals(config.networkInterface())) {
                throw new CaptureException("ef_vi: line " + line.group() + ':' + line.port() + " names interface " + wanted
                        + ", but capture.efvi.interface is " + config.networkInterface() + ", the only one that is received on; "
                        + "bring both lines to one port, or leave the line's interface out", null);
            }
        }
        return new BurstSettings()
                .with("interface", config.networkInterface())
                .with("groups", lines.stream().map(line -> line.group() + ':' + line.port()).distinct().toList())
                .with("vlan", config.vlan() == 0 ? "none" : config.vlan())
                .with("mode", config.mode().name().toLowerCase(Locale.ROOT))
                .with("rx-ring", config.ring())
                .with("refill-batch", config.refillBatch())
                .with("event-merge", config.eventMerge())
                .with("timestamps", config.timestamps())
                .with("huge-pages", config.hugePages().name().toLowerCase(Locale.ROOT))
                .with("exclusive-queue", config.exclusiveQueue())
                .with("checksums", checksums)
                .with("join", config.join());
    }
}
