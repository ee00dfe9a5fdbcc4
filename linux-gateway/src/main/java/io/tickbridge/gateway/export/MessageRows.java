package io.tickbridge.gateway.export;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.filter.FrameFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** The messages of each frame, spelled out. A frame without any still has a row. */
final class MessageRows implements MessageInspector.Sink {
    private static final JSON JSON_WRITER = JSON.builder(
            new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build()).build();

    private final TableSink sink;
    private final RecordPlace place;
    private final RunLines lines;
    private final FrameFilter filter;
    private final List<MessageInspector> inspectors = new ArrayList<>();
    private int line;
    private int length;
    private String feed;
    private Long sendTime;
    private int message;

    MessageRows(final TableSink sink, final RecordPlace place, final RunLines lines) {
        this.sink = sink;
        this.place = place;
        this.lines = lines;
        // The gateway has looked at checksums and senders before it journalled.
        filter = new FrameFilter(false, List.of(), lines.groups());
        for (int i = 0; i < lines.feedCount(); i++) {
            inspectors.add(lines.kind(i).inspector());
        }
    }

    void onFrame(final DirectBuffer buffer, final int offset, final int frameLength, final int frameLine) {
        line = frameLine;
        length = frameLength;
        message = 0;
        feed = null;
        sendTime = null;
        final int group = filter.accept(buffer, offset, frameLength);
        if (group < 0) {
            row(null, null, null, "the frame is none of a line of the run's configuration");
            return;
        }
        feed = lines.feedName(lines.feed(group));
        sendTime = lines.kind(lines.feed(group)).sendTimeSinceEpoch(buffer, filter.payloadOffset(), filter.payloadLength());
        inspectors.get(lines.feed(group)).inspect(buffer, filter.payloadOffset(), filter.payloadLength(), this);
    }

    @Override
    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
        try {
            row(sequence, type, JSON_WRITER.asString(fields), null);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onHeartbeat(final long sequence) {
        row(sequence, null, null, null);
    }

    @Override
    public void onMalformed(final long sequence, final String what) {
        row(sequence < 0 ? null : sequence, null, null, what);
    }

    private void row(final Long sequence, final String type, final String fields, final String problem) {
        final Optional<CsvTable> table = sink.row(Table.FRAMES);
        if (table.isPresent()) {
            final CsvTable row = table.get();
            row.number(place.index()).number(place.time());
            (sendTime == null ? row.nothing() : row.number(sendTime)).number(line).text(lines.name(line)).text(feed).number(length)
                    .number(message);
            (sequence == null ? row.nothing() : row.number(sequence)).text(type).text(fields).text(problem).end();
        }
        message++;
    }
}
