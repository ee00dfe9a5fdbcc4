package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a TotalView-ITCH message costs, from MoldUDP64 packet to followed order, at several numbers of instruments and of
 * live orders, beside plain C doing the same with the same day in the same invocation. Both must end with the same
 * levels.
 */
public final class BooksBench {
    private static final int WARM_UP_ROUNDS = 6;
    private static final double NANOS_PER_MICRO = 1000;

    private final int messages;
    private final int rounds;
    private final long seed;

    /** One size of market. */
    private record Market(int instruments, int orders) {
        String text() {
            return String.format(Locale.ROOT, "%,d instruments, %,d orders", instruments, orders);
        }
    }

    /**
     * A benchmark.
     *
     * @param messages of a day, in the part that is timed
     * @param rounds   days played for each figure; the median counts
     * @param seed     of the days
     */
    public BooksBench(final int messages, final int rounds, final long seed) {
        this.messages = messages;
        this.rounds = rounds;
        this.seed = seed;
    }

    /**
     * Measures.
     *
     * @param baseline C source of the yardstick, or null to do without
     * @param mostOrders live orders of the largest market
     * @return the figures, in order
     * @throws IOException          when a day cannot be written or the baseline not be compiled or run
     * @throws InterruptedException when waiting for the baseline is interrupted
     */
    public List<Figure> run(final Path baseline, final int mostOrders) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("tickbridge-bench");
        final Path day = directory.resolve("day");
        try (ItchBaseline yardstick = baseline == null ? null : new ItchBaseline(baseline)) {
            ItchDay.write(day, 1000, 100_000, Math.min(messages, 2_000_000), seed);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                ItchRun.of(day, ItchDay.most(100_000));
            }
            final List<Figure> figures = new ArrayList<>();
            final List<Market> markets = List.of(new Market(10, 200_000), new Market(1000, 200_000),
                    new Market(8000, 1_000_000), new Market(100_000, 1_000_000), new Market(8000, mostOrders));
            for (final Market market : markets) {
                measure(market, day, yardstick, figures);
            }
            figures.add(new Figure("load average",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), "runnable threads", Double.NaN));
            return figures;
        } finally {
            Files.deleteIfExists(day);
            Files.delete(directory);
        }
    }

    private void measure(final Market market, final Path day, final ItchBaseline yardstick, final List<Figure> figures)
            throws IOException, InterruptedException {
        ItchDay.write(day, market.instruments, market.orders, messages, seed);
        final List<ItchRun> runs = new ArrayList<>();
        final List<Double> c = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            runs.add(ItchRun.of(day, ItchDay.most(market.orders)));
            if (yardstick != null) {
                final ItchBaseline.Run run = yardstick.run(day, ItchDay.most(market.orders));
                if (!run.digest().equals(runs.get(i).digest())) {
                    throw new IllegalStateException(market.text() + ": books and baseline differ: "
                            + runs.get(i).digest() + ", " + run.digest());
                }
                c.add(run.nanosPerMessage());
            }
        }
        final double nanos = median(runs.stream().map(ItchRun::nanosPerMessage).toList());
        final double baseline = c.isEmpty() ? Double.NaN : median(c);
        figures.add(new Figure(market.text(), nanos, "ns/message", baseline));
        figures.add(new Figure(market.text(), NANOS_PER_MICRO / nanos, "million messages/s", NANOS_PER_MICRO / baseline));
        figures.add(new Figure("allocated, " + market.text(),
                median(runs.stream().map(ItchRun::bytesPerMessage).toList()), "bytes/message", Double.NaN));
    }

    private static double median(final List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
