package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.DepthText;
import io.tickbridge.gateway.book.TopOfBookText;
import io.tickbridge.gateway.inspect.CaptureBooks;
import io.tickbridge.gateway.inspect.CaptureWalk;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the books that a capture makes. */
@Command(name = "books", mixinStandardHelpOptions = true,
        description = {"Prints one line each time an instrument's best bid or ask changes, tab separated:",
            "packetSequence instrument bidPx bidQty askPx askQty",
            "Prices are decimal; price and quantity are empty when a side is empty or its best level not known."})
final class BooksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FeedOption input;

    @Option(names = "--depth", description = {"Print all levels as they stand at the end instead, base and implied:",
        "instrument state side level price quantity orders"})
    private boolean depth;

    @Option(names = "--market-depth", defaultValue = "10",
            description = "CME: levels a side that the exchange maintains; 0 when not known (default ${DEFAULT-VALUE}).")
    private int marketDepth;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final CaptureWalk walk = depth ? printDepth(out) : printTop(out);
        out.flush();
        input.complain(walk, spec.commandLine().getErr());
        return 0;
    }

    private CaptureWalk printDepth(final PrintWriter out) {
        final DepthText text = new DepthText();
        final CaptureWalk walk = walk(new CaptureBooks(input.kind().feed(), marketDepth, text));
        text.print(json ? TabbedJson.depth(out) : out);
        return walk;
    }

    private CaptureWalk printTop(final PrintWriter out) {
        // The printer needs the books' packet sequence, the books need the printer.
        final CaptureBooks[] books = new CaptureBooks[1];
        final BookListener text = new TopOfBookText(json ? TabbedJson.top(out) : out, () -> books[0].sequence());
        books[0] = new CaptureBooks(input.kind().feed(), marketDepth, text);
        return walk(books[0]);
    }

    private CaptureWalk walk(final CaptureBooks books) {
        final CaptureWalk walk = input.walk(books);
        books.end();
        return walk;
    }
}
