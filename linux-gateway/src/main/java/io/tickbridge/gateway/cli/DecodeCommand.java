package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.InspectedFeed;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a capture's messages. */
@Command(name = "decode", mixinStandardHelpOptions = true,
        description = {"Prints one line a message: sequence, template or type, fields, tab separated.",
            "What cannot be decoded, or is missing, is said on standard error; the exit code is 1 when something cannot be "
                    + "decoded."})
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FeedOption input;

    @Option(names = "--count", description = "Print only type<TAB>count, in the order of the types.")
    private boolean count;

    @Option(names = "--by-line",
            description = "With --count and --no-arbitration: print line<TAB>type<TAB>count, lines being A, B, ...")
    private boolean byLine;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        if (byLine && (!count || input.arbitrate())) {
            throw new ParameterException(spec.commandLine(), "--by-line needs --count and --no-arbitration");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final InspectedFeed feed = input.kind().feed();
        final MessageSink sink = count ? new CountSink(feed, byLine) : new TextSink(feed, out, json);
        final CaptureWalk walk = input.walk(sink);
        sink.finish(out, json);
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        sink.malformed().print(err, input.file());
        sink.gaps().print(err, input.file());
        walk.omissions().forEach(err::println);
        return sink.malformed().isEmpty() ? 0 : 1;
    }
}
