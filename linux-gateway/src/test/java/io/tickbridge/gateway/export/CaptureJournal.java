package io.tickbridge.gateway.export;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.file.CaptureFileSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Journals of real captures, written by the gateway's own pipeline and recorder. */
public final class CaptureJournal {
    /** Two lines of one CME channel. */
    public static final String CME = """
            capture: {source: pcap, file: day.pcapng}
            filter: {checksums: false}
            feeds:
              - name: cme
                protocol: cme-mdp3
                lines: [{group: 224.0.31.64, port: 14340}, {group: 224.0.32.64, port: 15340}]
            signals:
              - {kind: top-of-book, instruments: ["*"]}
            """;
    /** One group of IEX. */
    public static final String IEX = """
            capture: {source: pcap, file: day.pcap}
            filter: {checksums: false}
            feeds:
              - {name: iex, protocol: iex-tops, lines: [{group: 224.67.0.199, port: 16642}]}
            signals:
              - {kind: top-of-book, instruments: [iex/SPY]}
            """;
    private static final int RING = 1 << 22;
    private static final int BLOCK = 8 << 20;
    private static final int BURST = 64;

    private CaptureJournal() {
    }

    /** Writes one run; then whatever else the run is to hold. Returns how many signals there were. */
    public static long write(final Path directory, final String configuration, final String capture, final Consumer<Journal> besides) {
        final long[] signals = new long[1];
        try (CaptureFileSource source = CaptureFiles.open(SharedData.file("captures/" + capture));
                Journal journal = Journal.open(new JournalConfig(true, directory, RING, BLOCK),
                        RunStarted.of("test", "1", configuration, 1), true)) {
            final Pipeline pipeline = new Pipeline(ConfigReader.parse(configuration, Path.of(""), "test"),
                    journal.recorder()::onFrame, List.of((body, offset, receiveTime) -> {
                        signals[0]++;
                        journal.recorder().onSignal(body, offset, receiveTime);
                    }), List.of());
            while (!source.isExhausted()) {
                source.poll(pipeline, BURST);
            }
            pipeline.onEndOfInput();
            besides.accept(journal);
        }
        return signals[0];
    }
}
