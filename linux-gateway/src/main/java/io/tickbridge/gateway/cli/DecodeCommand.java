package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.inspect.CaptureWalk;
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
        final MessageInspector inspector = input.kind().feed().inspector();
        final MessageSink sink = count
                ? new CountSink(inspector, byLine && !input.arbitrate()) : new TextSink(inspector, out, json);
        final CaptureWalk walk = input.walk(sink);
        sink.finish(out, json);
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        sink.problems().forEach(err::println);
        input.complain(walk, err);
        return sink.problems().isEmpty() ? 0 : 1;
    }
}
