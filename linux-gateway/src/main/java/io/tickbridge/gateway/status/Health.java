package io.tickbridge.gateway.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a gateway does its work, by its figures.
 *
 * @param live    whether its threads go round: what is not is to be restarted
 * @param ready   whether signals can be relied upon
 * @param reasons why not, for people; empty when it is both
 */
public record Health(boolean live, boolean ready, List<String> reasons) {
    /** ns that a thread may be away which never should be. */
    static final long LIMIT = 2_000_000_000L;

    /**
     * Judges.
     *
     * @param figures as published last
     * @param age     ns since they were published
     * @param feeds   names of the feeds
     * @return with reasons
     */
    public static Health of(final Map<String, Long> figures, final long age, final List<String> feeds) {
        final List<String> reasons = new ArrayList<>();
        if (age > LIMIT) {
            reasons.add("figures were not published for " + age / 1_000_000 + " ms: the status thread hangs, or the machine does");
        }
        final long stalled = figures.getOrDefault("receive.stalled", 0L);
        if (stalled > LIMIT) {
            reasons.add("the receive thread has not polled for " + stalled / 1_000_000 + " ms");
        }
        final boolean live = reasons.isEmpty();
        if (figures.getOrDefault("receive.open", 0L) == 0) {
            reasons.add("nothing is received yet: the source is not open, or waits for the first add-on");
        }
        if (figures.getOrDefault("journal.stopped", 0L) != 0) {
            reasons.add("the journal has stopped; the log says why");
        }
        if (figures.getOrDefault("signals.stopped", 0L) != 0) {
            reasons.add("signals are withheld because nothing is journalled");
        }
        if (feeds.stream().allMatch(feed -> isSilent(figures, feed))) {
            reasons.add((feeds.size() == 1 ? "the feed is" : "all feeds are") + " silent");
        }
        return new Health(live, reasons.isEmpty(), List.copyOf(reasons));
    }

    /** As the gateway says, or, of one that was never heard, each of its lines. */
    private static boolean isSilent(final Map<String, Long> figures, final String feed) {
        if (figures.getOrDefault("feed." + feed + ".stale", 0L) != 0) {
            return true;
        }
        final List<Long> lines = figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith("feed." + feed + ".line-") && figure.getKey().endsWith(".silent"))
                .map(Map.Entry::getValue).toList();
        return !lines.isEmpty() && lines.stream().allMatch(silent -> silent != 0);
    }
}
