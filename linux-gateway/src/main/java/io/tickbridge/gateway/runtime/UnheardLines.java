package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** Lines that had nothing in a capture which had something else: mostly a misspelt group or port. */
final class UnheardLines {
    private UnheardLines() {
    }

    /**
     * Names them.
     *
     * @param config   the lines
     * @param pipeline that has seen the whole capture
     * @return one line each; empty when every line had something, or there was nothing else
     */
    static List<String> of(final GatewayConfig config, final Pipeline pipeline) {
        final String others = pipeline.otherGroups().text();
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < config.feeds().size() && !others.isEmpty(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            for (int j = 0; j < feed.lines().size(); j++) {
                final FeedConfig.Line line = feed.lines().get(j);
                if (pipeline.lineCounts(i).datagrams(j) == 0) {
                    found.add("feed " + feed.name() + ": the capture has nothing for " + LineWatch.name(j) + ", " + line.group() + ":"
                            + line.port() + "; no line is configured for what it has: " + others);
                }
            }
        }
        final long wrong = pipeline.filterCounts().get(DropReason.BAD_IP_CHECKSUM) + pipeline.filterCounts().get(DropReason.BAD_UDP_CHECKSUM);
        if (wrong > 0) {
            found.add(wrong + " frames were dropped because their IPv4 or UDP checksum does not hold; where a capture was taken on the "
                    + "machine that sent them, the NIC had yet to compute it: filter: {checksums: false} takes them as they are");
        }
        return found;
    }
}
