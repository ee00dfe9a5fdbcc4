package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
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
        return found;
    }
}
