package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.journal.RunStarted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run's numbers stand for, from the configuration that its journal carries.
 *
 * @param lines by number, for example "cme A"
 * @param rules by number from 1, for example "sweep"; the first is at index 0
 */
record RunNames(List<String> lines, List<String> rules) {

    /** Names of a run; none when its start is missing, or this build cannot read its configuration. */
    static RunNames of(final RunStarted run) {
        if (run == null) {
            return new RunNames(List.of(), List.of());
        }
        try {
            final var config = ConfigReader.parse(run.configuration(), Path.of(""), "journalled configuration");
            final List<String> lines = new ArrayList<>();
            for (final FeedConfig feed : config.feeds()) {
                for (int line = 0; line < feed.lines().size(); line++) {
                    lines.add(feed.name() + " " + (char) ('A' + line));
                }
            }
            return new RunNames(lines, config.signals().stream().map(SignalConfig::kind).toList());
        } catch (final ConfigException e) {
            // The numbers alone are true whatever the text says.
            return new RunNames(List.of(), List.of());
        }
    }

    String line(final int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    String rule(final int number) {
        return number >= 1 && number <= rules.size() ? rules.get(number - 1) : "";
    }
}
