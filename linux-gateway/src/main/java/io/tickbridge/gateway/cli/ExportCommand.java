package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.ExportResult;
import io.tickbridge.gateway.export.FrameExport;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.replay.RangeProbe;
import io.tickbridge.gateway.replay.RecordRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a journal in a form that other programs read. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = {"Writes a journal as a capture file, as tables, or as a latency log.",
            "Tables are described in EXPORT.md: a directory each, partitioned by UTC day; what is there already is kept. An export that "
                    + "was stopped, even killed, goes on where it was when it is run again.",
            "Progress, and what is missing from the journal or damaged, is said on standard error; the exit code is 1 when "
                    + "something is missing."})
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal's directory.")
    private Path journal;

    @Option(names = "--to", required = true, paramLabel = "FORM", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Form form;

    @Option(names = "--out", required = true, paramLabel = "PATH",
            description = "File (pcapng, hlog) or directory (csv, parquet) to write.")
    private Path out;

    @Option(names = "--from", paramLabel = "PLACE",
            description = "Time like 2026-11-22T14:30:00Z, or journal index like 0x4e3a00000001, of the first record.")
    private String from;

    @Option(names = "--until", paramLabel = "PLACE", description = "The same of the first record that is left out again.")
    private String until;

    /** What to write. */
    private enum Form {
        pcapng, csv, parquet, hlog
    }

    @Mixin
    private final DiskOptions disk = new DiskOptions();

    @Override
    public Integer call() throws IOException {
        final PrintWriter err = spec.commandLine().getErr();
        final ExportRange range = range();
        JournalReader.requireJournal(journal);
        OutputPlace.require("--out", out);
        final RecordRange records =
                new RecordRange(range.fromIndex(), range.untilIndex() - 1, range.fromTime(), range.untilTime() - 1);
        final boolean frames = form == Form.pcapng || form == Form.hlog;
        final RangeProbe.Wanted wanted = frames ? RangeProbe.Wanted.FRAMES_AND_SIGNALS : RangeProbe.Wanted.ANY;
        if (!ExportRange.ALL.equals(range) && !RangeProbe.finds(journal, records, wanted)) {
            throw new ParameterException(spec.commandLine(), "--from, --until: no record of " + journal + " lies between; it holds "
                    + RangeProbe.span(journal, wanted));
        }
        final ExportResult result;
        try (ExportScreen screen = new ExportScreen(err)) {
            result = write(range, screen);
        }
        result.problems().forEach(err::println);
        spec.commandLine().getOut().println(out + ": " + result.records() + (frames ? " frames" : " rows written"));
        spec.commandLine().getOut().flush();
        return result.problems().isEmpty() ? 0 : 1;
    }

    private ExportRange range() {
        try {
            return ExportRange.of(from, until);
        } catch (final ExportException e) {
            throw new ParameterException(spec.commandLine(), "--from, --until: " + e.getMessage(), e);
        }
    }

    private ExportResult write(final ExportRange range, final ExportScreen screen) throws IOException {
        return switch (form) {
            case pcapng -> FrameExport.write(FrameExport.Form.PCAPNG, journal, out, range, disk.room(out), screen);
            case hlog -> FrameExport.write(FrameExport.Form.HLOG, journal, out, range, disk.room(out), screen);
            case csv -> TableExport.write(journal, out, TableFormat.CSV, range, disk.room(out), screen);
            case parquet -> TableExport.write(journal, out, TableFormat.PARQUET, range, disk.room(out), screen);
        };
    }
}
