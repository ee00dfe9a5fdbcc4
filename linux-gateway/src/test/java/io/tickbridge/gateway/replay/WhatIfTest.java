package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalOfDays;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another threshold over a journalled session gives the very signals of a run that had it from the start. */
class WhatIfTest {
    @TempDir
    private Path directory;
    private Path capture;

    @BeforeEach
    void find() {
        capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
    }

    private static String configuration(final String threshold) {
        return """
                capture: {source: pcap, file: "-"}
                feeds:
                  - {name: cme, protocol: cme-mdp3, market-depth: 10,
                     lines: [{group: 224.0.31.64, port: 14340}, {group: 224.0.32.64, port: 14340}]}
                signals:
                  - {kind: book-imbalance, parameters: {levels: 3, threshold: %s, rearm: 0.5}}
                  - {kind: sweep, parameters: {levels: 2}}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(threshold);
    }

    /** What a gateway does with the capture as its source. */
    private Path live(final String name, final String threshold) {
        final Path journals = directory.resolve(name);
        final String text = configuration(threshold);
        try (Journal journal = Journal.open(new JournalConfig(true, journals, 1 << 20, 8 << 20),
                RunStarted.of("live", "1", text, 0), true); PacketSource source = CaptureFiles.open(capture)) {
            final Pipeline pipeline = new Pipeline(ConfigReader.parse(text, Path.of(""), "test"), journal.recorder()::onFrame,
                    List.of(journal.recorder()), List.of());
            while (!source.isExhausted()) {
                source.poll(pipeline, 64);
            }
            pipeline.onEndOfInput();
        }
        return journals;
    }

    @Test
    void anotherThresholdGivesTheSignalsOfALiveRunWithIt() {
        final Path loose = live("loose", "0.7");
        final Path strict = live("strict", "0.8");
        final List<String> live = signals(strict);
        final List<String> whatIf = new ArrayList<>();
        final List<WhatIfChange> changes = new ArrayList<>();

        final WhatIfReport report = WhatIf.run(loose, configuration("0.8"), PipelineReplay::create, RecordRange.ALL, changes::add,
                (body, offset, time) -> whatIf.add(SignalText.of(body, offset).hex()));

        assertFalse(live.isEmpty());
        assertEquals(live, whatIf);
        assertTrue(changes.stream().anyMatch(change -> change.whatIf() == null), "some signals of 0.7 do not come at 0.8");
        assertEquals(List.of(), report.doubts());
        final WhatIfSum imbalance = report.sums().get(0);
        final WhatIfSum sweep = report.sums().get(1);
        assertEquals(0, sweep.changed() + sweep.missing() + sweep.added(), "the other rule is as it was");
        assertEquals(signals(loose).size(), report.sums().stream().mapToLong(sum -> sum.same() + sum.changed() + sum.missing()).sum());
        assertEquals(live.size(), report.sums().stream().mapToLong(sum -> sum.same() + sum.changed() + sum.added()).sum());
        assertEquals(changes.size(), imbalance.changed() + imbalance.missing() + imbalance.added());
        assertTrue(report.toText().startsWith("rule\twhat-if rule\tkind\ton record\twhat if\t"), report.toText());
    }

    @Test
    void theSameSettingsChangeNothing() {
        final Path journal = live("same", "0.7");
        final WhatIfReport report = WhatIf.run(journal, configuration("0.7"), PipelineReplay::create, RecordRange.ALL,
                change -> {
                    throw new AssertionError(change.toText());
                }, (body, offset, time) -> { });
        assertEquals(signals(journal).size(), report.sums().stream().mapToLong(WhatIfSum::same).sum());
    }

    @Test
    void aRunWhoseRulesThisBuildRefusesIsADoubt() throws IOException {
        try (JournalOfDays journal = new JournalOfDays(directory, "rules-of-tomorrow: []", LocalDate.of(2026, 3, 2))) {
            journal.recorder().onSignal(new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]), 0, journal.midnight());
        }
        final WhatIfReport report = WhatIf.run(directory, configuration("0.7"), PipelineReplay::create, RecordRange.ALL, change -> { },
                (body, offset, time) -> { });
        assertEquals(1, report.doubts().size(), report.doubts()::toString);
        assertTrue(report.doubts().get(0).startsWith("the rules of the run at 0x"), report.doubts().get(0));
        assertTrue(report.doubts().get(0).contains("rules-of-tomorrow"), report.doubts().get(0));
    }

    static List<String> signals(final Path journal) {
        final List<String> signals = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(new JournalRecordHandler() {
                @Override
                public void onRunStarted(final long index, final RunStarted run) {
                    // One run.
                }

                @Override
                public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                        final long receiveTime, final int line) {
                    // Signals are asked for.
                }

                @Override
                public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
                    signals.add(SignalText.of(body, offset).hex());
                }

                @Override
                public void onGap(final long index, final long frames, final long lost, final long firstTime, final long lastTime) {
                    throw new AssertionError("a gap");
                }

                @Override
                public void onRunStopped(final long index, final RunStopped run) {
                    // One run.
                }

                @Override
                public void onDamaged(final long index, final JournalDamage damage) {
                    throw new AssertionError(damage.toString());
                }
            });
        }
        return signals;
    }
}
