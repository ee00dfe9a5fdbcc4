package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.DepthText;
import io.tickbridge.gateway.book.OrdersText;
import io.tickbridge.gateway.book.TopOfBookText;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.inspect.CaptureBooks;
import io.tickbridge.gateway.inspect.FeedKind;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the books that a capture makes. */
@Command(name = "books", mixinStandardHelpOptions = true,
        description = {"Prints one line each time an instrument's best bid or ask changes.",
            "Its fields, tab separated: packetSequence instrument bidPx bidQty askPx askQty",
            "Prices are decimal; price and quantity are empty when a side is empty or its best level not known.",
            "What is missing from the capture or was left out is said on standard error; the exit code is 1 when something "
                    + "cannot be decoded."})
final class BooksCommand implements Callable<Integer> {
    private static final int MAX_DEPTH = 64;
    /** What of a feed's counts a reader of its books must know. */
    private static final List<FeedCounter> DOUBTFUL = List.of(
            FeedCounter.GAPS, FeedCounter.LOST, FeedCounter.UNKNOWN_MESSAGES, FeedCounter.MALFORMED,
            FeedCounter.UNKNOWN_INSTRUMENTS);

    @Spec
    private CommandSpec spec;

    @Mixin
    private FeedOption input;

    @Option(names = "--depth", description = {"Print all levels as they stand at the end instead, base and implied:",
        "instrument state side level price quantity orders"})
    private boolean depth;

    @Option(names = "--orders", description = {"Print all orders as they stand at the end instead, where the feed tells of single "
            + "orders (itch):",
        "instrument state side level price order quantity place ahead attribution"})
    private boolean orders;

    @Option(names = "--market-depth", paramLabel = "LEVELS", defaultValue = "10",
            description = "CME: levels a side that the exchange maintains; 0 when not known (default ${DEFAULT-VALUE}).")
    private int marketDepth;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private List<String> omissions;

    @Override
    public Integer call() {
        if (marketDepth < 0 || marketDepth > MAX_DEPTH) {
            throw new ParameterException(
                    spec.commandLine(), "--market-depth: found " + marketDepth + ", allowed: 0 to " + MAX_DEPTH);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (depth && orders) {
            throw new ParameterException(spec.commandLine(), "--depth and --orders exclude each other");
        }
        if (orders && input.kind() != FeedKind.ITCH) {
            throw new ParameterException(spec.commandLine(), "--orders: this feed tells of no single orders; allowed with "
                    + "--feed itch");
        }
        final CaptureBooks books = orders ? printOrders(out) : depth ? printDepth(out) : printTop(out);
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        DOUBTFUL.stream().filter(counter -> books.counted(counter) > 0).forEach(
                counter -> err.println(input.file() + ": " + counter.label() + ": " + books.counted(counter)));
        omissions.forEach(err::println);
        return books.counted(FeedCounter.MALFORMED) == 0 ? 0 : 1;
    }

    private CaptureBooks printDepth(final PrintWriter out) {
        final DepthText text = new DepthText();
        final CaptureBooks books = walk(new CaptureBooks(input.kind().feed(), marketDepth, text));
        text.print(json ? TabbedJson.depth(out) : out);
        return books;
    }

    private CaptureBooks printOrders(final PrintWriter out) {
        final OrdersText text = new OrdersText();
        final CaptureBooks books = walk(new CaptureBooks(input.kind().feed(), marketDepth, text));
        text.print(json ? TabbedJson.orders(out) : out);
        return books;
    }

    private CaptureBooks printTop(final PrintWriter out) {
        // The printer needs the books' packet sequence, the books need the printer.
        final CaptureBooks[] books = new CaptureBooks[1];
        final BookListener text = new TopOfBookText(json ? TabbedJson.top(out) : out, () -> books[0].sequence());
        books[0] = new CaptureBooks(input.kind().feed(), marketDepth, text);
        return walk(books[0]);
    }

    private CaptureBooks walk(final CaptureBooks books) {
        omissions = input.walk(books).omissions();
        books.end();
        return books;
    }
}
