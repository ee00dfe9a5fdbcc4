package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.DefinitionsText;
import io.tickbridge.gateway.book.DepthText;
import io.tickbridge.gateway.book.OrdersText;
import io.tickbridge.gateway.book.StatisticsText;
import io.tickbridge.gateway.book.TopOfBookText;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.inspect.CaptureBooks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
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
            FeedCounter.UNKNOWN_MESSAGES, FeedCounter.MALFORMED);

    @Spec
    private CommandSpec spec;

    @Mixin
    private FeedOption input;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private final What what = new What();

    /** What is printed instead of best prices. */
    private static final class What {
        @Option(names = "--depth", description = {"Print all levels as they stand at the end instead, base and implied:",
            "instrument state side level price quantity orders"})
        private boolean depth;

        @Option(names = "--consolidated", description = "The same with base and implied levels merged by price.")
        private boolean consolidated;

        @Option(names = "--orders", description = {"Print all single orders as they stand at the end instead, each with its place in "
                + "the queue and the quantity ahead of it:", "instrument state side level price order quantity place ahead attribution"})
        private boolean orders;

        @Option(names = "--definitions", description = {"Print what the exchange says of instruments instead:",
            "instrument symbol group product type currency maturity expiry tick displayFactor depth impliedDepth legs status"})
        private boolean definitions;

        @Option(names = "--statistics", description = {"Print statistics of the session, limits, volume and settlements instead:",
            "time instrument statistic price quantity"})
        private boolean statistics;
    }

    @Option(names = "--market-depth", paramLabel = "LEVELS", defaultValue = "10",
            description = "CME: levels a side that the exchange maintains; 0 when not known (default ${DEFAULT-VALUE}).")
    private int marketDepth;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private final List<String> omissions = new ArrayList<>();

    @Override
    public Integer call() {
        if (marketDepth < 0 || marketDepth > MAX_DEPTH) {
            throw new ParameterException(
                    spec.commandLine(), "--market-depth: found " + marketDepth + ", allowed: 0 to " + MAX_DEPTH);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final CaptureBooks books = print(out);
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        holes(books).forEach(err::println);
        DOUBTFUL.stream().filter(counter -> books.counted(counter) > 0).forEach(
                counter -> err.println(input.file() + ": " + counter.label() + ": " + books.counted(counter)));
        omissions.forEach(err::println);
        return books.counted(FeedCounter.MALFORMED) == 0 ? 0 : 1;
    }

    /** Where more is missing than is there, it is not the wire that lost it. */
    private List<String> holes(final CaptureBooks books) {
        final long gaps = books.counted(FeedCounter.GAPS);
        final long lost = books.counted(FeedCounter.LOST);
        final long there = Math.max(books.counted(FeedCounter.MESSAGES), books.counted(FeedCounter.PACKETS));
        if (gaps > 0 && lost > there) {
            return List.of(input.file() + ": sequence jumps: " + gaps + ", over " + lost + " numbers where " + there
                    + " message(s) are there: the file is not one contiguous session, and no book of it is whole");
        }
        return Stream.of(FeedCounter.GAPS, FeedCounter.LOST).filter(counter -> books.counted(counter) > 0)
                .map(counter -> input.file() + ": " + counter.label() + ": " + books.counted(counter)).toList();
    }

    private CaptureBooks print(final PrintWriter out) {
        if (what.orders) {
            final OrdersText text = new OrdersText();
            final CaptureBooks books = walk(books(true, text));
            text.print(json ? TabbedJson.orders(out) : out);
            if (text.unknown() > 0) {
                omissions.add(input.file() + ": the single orders of " + text.unknown() + " of " + text.instruments()
                        + " instrument(s) are not known: " + input.kind().feed().ordersComeFrom());
            } else if (text.instruments() == 0) {
                omissions.add(input.file() + ": tells of no instrument, and so of no order: "
                        + input.kind().feed().ordersComeFrom());
            }
            return books;
        }
        if (what.definitions) {
            final DefinitionsText text = new DefinitionsText(json ? TabbedJson.definitions(out) : out);
            final CaptureBooks books = walk(books(false, text));
            if (text.instruments() == 0) {
                omissions.add(input.file() + ": defines no instrument: " + input.kind().feed().definitionsComeFrom());
            }
            return books;
        }
        if (what.statistics) {
            final StatisticsText text = new StatisticsText(json ? TabbedJson.statistics(out) : out);
            final CaptureBooks books = walk(books(false, text));
            if (text.statistics() == 0) {
                omissions.add(input.file() + ": tells of no statistic: " + input.kind().feed().statisticsComeFrom());
            }
            return books;
        }
        return what.depth || what.consolidated ? printDepth(out) : printTop(out);
    }

    private CaptureBooks printDepth(final PrintWriter out) {
        final DepthText text = new DepthText(what.consolidated);
        final CaptureBooks books = walk(books(false, text));
        text.print(json ? TabbedJson.depth(out) : out);
        return books;
    }

    private CaptureBooks printTop(final PrintWriter out) {
        // The printer needs the books' packet sequence, the books need the printer.
        final CaptureBooks[] books = new CaptureBooks[1];
        final BookListener text = new TopOfBookText(json ? TabbedJson.top(out) : out, () -> books[0].sequence());
        books[0] = books(false, text);
        return walk(books[0]);
    }

    private CaptureBooks books(final boolean orders, final BookListener listener) {
        return new CaptureBooks(input.kind().feed(), marketDepth, orders, input.arbitrate(), listener);
    }

    private CaptureBooks walk(final CaptureBooks books) {
        omissions.addAll(input.walkBooks(books).omissions());
        books.end();
        return books;
    }
}
