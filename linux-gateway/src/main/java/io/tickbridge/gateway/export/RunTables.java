package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.Venue;
import java.util.List;
import org.agrona.DirectBuffer;

/** One run decoded once more, by the configuration that it was journalled with. */
final class RunTables {
    private final Pipeline pipeline;
    private final MessageRows messages;
    private final RunInstruments instruments;
    private final List<String> rules;
    private final List<String> feeds;
    private final List<FeedConfig.Protocol> protocols;

    RunTables(final GatewayConfig config, final TableSink sink, final RecordPlace place) {
        final RunLines lines = new RunLines(config);
        instruments = new RunInstruments(config);
        pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(), List.of(new BookRows(sink, place, lines), instruments));
        feeds = config.feeds().stream().map(FeedConfig::name).toList();
        protocols = config.feeds().stream().map(FeedConfig::protocol).toList();
        messages = new MessageRows(sink, place, lines);
        rules = config.signals().stream().map(SignalConfig::kind).toList();
    }

    /** One frame; spelled out only when its messages are wanted, while books need it in any case. */
    void onFrame(final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line,
            final boolean wanted) {
        if (wanted) {
            messages.onFrame(buffer, offset, length, line);
        }
        pipeline.onFrame(buffer, offset, length, receiveTime, 0);
    }

    void onEndOfInput() {
        pipeline.onEndOfInput();
    }

    /** Name and tick; the venue by its number on the link. */
    RunInstruments.Fact instrument(final short venue, final long instrument) {
        try {
            return instruments.of(Venue.get(venue), instrument);
        } catch (final IllegalArgumentException e) {
            return RunInstruments.Fact.NONE; // of a later build
        }
    }

    /** Name and tick of one of a feed. */
    RunInstruments.Fact instrument(final int feed, final long instrument) {
        return feed < protocols.size() ? instruments.of(RunInstruments.venue(protocols.get(feed)), instrument) : RunInstruments.Fact.NONE;
    }

    /** Its name, or its number where the configuration has none. */
    String feed(final int number) {
        return number < feeds.size() ? feeds.get(number) : "feed " + number;
    }

    /** Null for one that the configuration does not have. */
    String rule(final int number) {
        return number >= 1 && number <= rules.size() ? rules.get(number - 1) : null;
    }
}
