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
    private final RunLines lines;
    private final List<FeedConfig> feeds;
    private final SignalFeeds signalFeeds;

    RunTables(final GatewayConfig config, final TableSink sink, final RecordPlace place) {
        lines = new RunLines(config);
        instruments = new RunInstruments(config);
        feeds = config.feeds();
        signalFeeds = feeds.size() > 1 ? new SignalFeeds() : null;
        final BookRows books = new BookRows(sink, place, lines);
        pipeline = signalFeeds == null ? new Pipeline(config, FrameRecorder.NONE, List.of(), List.of(books, instruments))
                : new Pipeline(config, FrameRecorder.NONE, List.of(signalFeeds::onSignal), List.of(books, instruments, signalFeeds));
        messages = new MessageRows(sink, place, lines);
        rules = config.signals().stream().map(SignalConfig::kind).toList();
    }

    /** One frame; spelled out only when its messages are wanted, while books need it in any case. */
    void onFrame(final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line,
            final boolean wanted) {
        if (wanted) {
            messages.onFrame(buffer, offset, length, line);
        }
        if (signalFeeds != null) {
            signalFeeds.onFrame();
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

    /** The feed on whose book a signal of the frame at hand fired; null when that cannot be known any more. Asked once for each. */
    String signalFeed(final short venue, final DirectBuffer body, final int offset) {
        final List<String> ofVenue = feeds.stream().filter(feed -> RunInstruments.venue(feed.protocol()).value() == venue)
                .map(FeedConfig::name).toList();
        final int feed = ofVenue.size() > 1 ? signalFeeds.of(body, offset) : -1;
        return ofVenue.size() == 1 ? ofVenue.get(0) : feed < 0 ? null : lines.feedName(feed);
    }

    /** Null for one that the configuration does not have. */
    String feedName(final int feed) {
        return feed < lines.feedCount() ? lines.feedName(feed) : null;
    }

    /** Null for one that the configuration does not have. */
    String rule(final int number) {
        return number >= 1 && number <= rules.size() ? rules.get(number - 1) : null;
    }
}
