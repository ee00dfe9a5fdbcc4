package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.CaptureArbitration;
import io.tickbridge.gateway.inspect.CaptureBooks;
import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.FeedKind;
import io.tickbridge.gateway.inspect.SequencedVisitor;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The capture file that the inspection commands read, and what it holds. */
final class FeedOption {
    @Option(names = "--feed", required = true, paramLabel = "FEED", description = "What it holds: cme, iex or itch.")
    private FeedKind kind;

    @Option(names = "--no-arbitration",
            description = "Take every line as it is, instead of making one of redundant lines. (`decode` does so with IEX's anyhow, "
                    + "which may count anew at any time.)")
    private boolean apart;

    @Parameters(paramLabel = "FILE", description = "A pcap or pcapng file; for itch also a BinaryFILE or bare messages; gzip or not.")
    private Path file;

    FeedKind kind() {
        return kind;
    }

    boolean arbitrate() {
        return !apart;
    }

    Path file() {
        return file;
    }

    /** Reads the whole file; redundant lines are made one as far as numbers tell. */
    CaptureWalk walk(final SequencedVisitor visitor) {
        return walk(visitor, arbitrate());
    }

    /** Reads the whole file into books, which make lines one by themselves where their feed does. */
    CaptureWalk walkBooks(final CaptureBooks books) {
        return walk(books, arbitrate() && !kind.feed().handlesLines());
    }

    private CaptureWalk walk(final SequencedVisitor visitor, final boolean arbitrate) {
        final CaptureArbitration arbitration = new CaptureArbitration(kind.feed(), arbitrate, visitor);
        final CaptureWalk walk = new CaptureWalk(file, kind.feed());
        walk.run(arbitration);
        arbitration.end();
        return walk;
    }
}
