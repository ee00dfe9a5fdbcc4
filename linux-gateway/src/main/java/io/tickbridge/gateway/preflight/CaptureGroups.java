package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether a capture has anything for the configured lines: a misspelt group makes a run in which nothing happens. */
final class CaptureGroups {
    /** Frames that are looked at: enough to meet every group of a feed, and read in an instant. */
    static final int FRAMES = 10_000;

    private CaptureGroups() {
    }

    /**
     * Looks at the beginning of a capture.
     *
     * @param config its lines
     * @param file   pcap or pcapng, which can be read
     * @return what there is instead of what is wanted; empty when a frame of any line is there, or the capture has none at all
     */
    static Optional<String> finding(final GatewayConfig config, final Path file) {
        final List<UdpGroup> groups = config.feeds().stream().flatMap(feed -> feed.lines().stream())
                .map(line -> UdpGroup.of(line.group(), line.port())).distinct().toList();
        final FrameFilter filter = new FrameFilter(false, List.of(), groups);
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted() && filter.counts().totalAccepted() == 0 && filter.counts().totalDropped() < FRAMES) {
                source.poll((buffer, offset, length, time, port) -> filter.accept(buffer, offset, length), FRAMES);
            }
        }
        final long frames = filter.counts().totalDropped();
        if (filter.counts().totalAccepted() > 0 || frames == 0) {
            return Optional.empty();
        }
        final String others = filter.otherGroups().text();
        return Optional.of(file + ": none of its " + (frames < FRAMES ? "" : "first ") + frames + " frames is for a configured line; "
                + (others.isEmpty() ? "they are no IPv4/UDP datagrams; name a capture of the feed"
                : "what there is: " + others + "; correct group and port of the lines, or name another capture"));
    }
}
