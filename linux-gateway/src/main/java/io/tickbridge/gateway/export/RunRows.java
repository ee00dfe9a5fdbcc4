package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.protocol.BookState;
import java.util.Locale;

/** What is on record of a gateway's run beside the market: its beginning and end, its link, what it missed. */
final class RunRows {
    private final TableSink sink;
    private final RecordPlace place;

    RunRows(final TableSink sink, final RecordPlace place) {
        this.sink = sink;
        this.place = place;
    }

    void started(final RunStarted run, final GatewayConfig config) {
        final CaptureConfig.Source source = config.capture().source();
        sink.row(Table.RUNS).ifPresent(row -> row.number(place.index()).number(run.startTime()).text(run.gateway())
                .text(run.build()).text(run.jdk()).text(source.name().toLowerCase(Locale.ROOT))
                .truth(source != CaptureConfig.Source.PCAP).text(run.configurationSha256()).text(run.configuration()).end());
    }

    void stopped(final RunStopped run) {
        sink.row(Table.RUN_ENDS).ifPresent(row -> row.number(place.index()).number(run.stopTime()).text(run.reason())
                .number(run.frames()).number(run.signals()).number(run.lostFrames()).number(run.lostSignals()).end());
    }

    void feedHealth(final FeedHealth health, final String feed) {
        final boolean isState = health.kind() == FeedHealth.Kind.BOOK_STATE;
        sink.row(Table.FEED_HEALTH).ifPresent(row -> {
            row.number(place.index()).number(place.time()).text(feed).text(health.kind().name());
            if (isState) {
                row.nothing().nothing().number(health.instrument())
                        .text(EnumText.of(() -> BookState.get((short) health.state()), health.state())).number(health.exchangeTime());
            } else {
                row.number(health.gaps()).number(health.lost()).nothing().nothing().nothing();
            }
            row.end();
        });
    }

    void linkEvent(final LinkEvent event) {
        sink.row(Table.LINK_EVENTS).ifPresent(row -> row.number(place.index()).number(place.time()).number(event.connection())
                .text(event.kind()).number(event.count()).text(event.name()).text(event.address()).text(event.text()).end());
    }

    void gap(final long frames, final long signals, final long others, final long firstTime, final long lastTime) {
        sink.row(Table.JOURNAL_LOSSES).ifPresent(row -> row.number(place.index()).text("gap").number(firstTime).number(lastTime)
                .number(frames).number(signals).number(others).text("lost on the way into the journal").end());
    }

    void damage(final JournalDamage damage) {
        sink.row(Table.JOURNAL_LOSSES).ifPresent(row -> row.number(place.index()).text("damage").nothing().nothing().nothing()
                .nothing().nothing().text(damage.toString()).end());
    }
}
