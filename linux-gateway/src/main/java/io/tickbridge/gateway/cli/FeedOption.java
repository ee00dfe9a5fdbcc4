package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.FeedKind;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The capture file that the inspection commands read, and what it holds. */
final class FeedOption {
    @Option(names = "--feed", required = true, paramLabel = "FEED", description = "What it holds: cme or iex.")
    private FeedKind kind;

    @Option(names = "--no-arbitration",
            description = "Take every line as it is, instead of making one of redundant lines.")
    private boolean apart;

    @Parameters(paramLabel = "FILE", description = "A pcap or pcapng file, gzip or not.")
    private Path file;

    FeedKind kind() {
        return kind;
    }

    Path file() {
        return file;
    }

    boolean arbitrate() {
        return !apart;
    }
}
