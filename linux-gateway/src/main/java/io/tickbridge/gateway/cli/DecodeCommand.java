package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.DecodedCapture;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a capture's messages. */
@Command(name = "decode", mixinStandardHelpOptions = true,
        description = {"Prints one line a message: sequence, template or type, fields, tab separated.",
            "What cannot be decoded is said on standard error, and the exit code is 1 then."})
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FeedOption input;

    @Option(names = "--count", description = "Print only type<TAB>count, in the order of the types.")
    private boolean count;

    @Option(names = "--by-line", description = "With --count: line<TAB>type<TAB>count. Needs --no-arbitration.")
    private boolean byLine;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final MessageSink sink = count ? new CountSink(byLine && !input.arbitrate()) : new TextSink(out, json);
        final DecodedCapture decoded = new DecodedCapture(input.kind().feed(), input.arbitrate(), sink);
        final CaptureWalk walk = new CaptureWalk(input.file(), input.kind().feed());
        walk.run(decoded);
        decoded.end();
        sink.finish(out, json);
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        sink.problems().forEach(err::println);
        if (walk.truncated() > 0) {
            err.println(input.file() + ": " + walk.truncated() + " frame(s) are there only in part and were left out");
        }
        if (walk.dropped().totalDropped() > 0) {
            err.println(input.file() + ": " + walk.dropped().totalDropped() + " frame(s) are no whole IPv4/UDP datagrams");
        }
        return sink.problems().isEmpty() ? 0 : 1;
    }
}
