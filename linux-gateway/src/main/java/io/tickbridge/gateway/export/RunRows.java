package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.util.Locale;

/** What is on record of a gateway's run beside the market: its beginning and end, and what the journal lacks. */
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

    void gap(final long frames, final long signals, final long firstTime, final long lastTime) {
        sink.row(Table.JOURNAL_LOSSES).ifPresent(row -> row.number(place.index()).text("gap").number(firstTime).number(lastTime)
                .number(frames).number(signals).text("lost on the way into the journal").end());
    }

    void damage(final JournalDamage damage) {
        sink.row(Table.JOURNAL_LOSSES).ifPresent(row -> row.number(place.index()).text("damage").nothing().nothing().nothing()
                .nothing().text(damage.toString()).end());
    }
}
