package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.feed.LineCounts;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when one line of a feed is silent while another speaks: the feed works on, but nothing replaces what the other
 * line loses any more. Warns too when a line was never heard at all, also when it is the only one: that is a wrong group,
 * port or interface, or a switch that does not deliver. Reads counts only; status thread, {@link #silent} from any.
 */
final class LineWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LineWatch.class);
    private static final char FIRST = 'A';

    private static final long NEVER = Long.MIN_VALUE;

    private final String feed;
    private final LineCounts counts;
    private final long limit;
    private final Supplier<String> others;
    private final long[] datagrams;
    private final long[] lastHeard;
    private final AtomicIntegerArray silent;
    private long start = NEVER;
    private long newest;
    private boolean spoken;

    /**
     * A watch over a feed that has yet to speak.
     *
     * @param feed   its name
     * @param counts what its lines delivered
     * @param limit  ns after which a line counts as silent
     * @param others says what came for no line, which may show a group misspelt; empty when nothing did
     */
    LineWatch(final String feed, final LineCounts counts, final long limit, final Supplier<String> others) {
        this.feed = feed;
        this.counts = counts;
        this.limit = limit;
        this.others = others;
        this.datagrams = new long[counts.lines()];
        this.lastHeard = new long[counts.lines()];
        this.silent = new AtomicIntegerArray(counts.lines());
    }

    /** How counters and logs call a line. */
    static String name(final int line) {
        return "line-" + (char) (FIRST + line);
    }

    /**
     * Looks once more; for the first time when the source is polled.
     *
     * @param now ns since the Unix epoch
     */
    void look(final long now) {
        if (start == NEVER) {
            start = now;
        }
        final long newestBefore = newest;
        boolean heardAny = false;
        for (int line = 0; line < datagrams.length; line++) {
            final long heard = counts.datagrams(line);
            if (heard != datagrams[line] || !spoken) {
                datagrams[line] = heard;
                lastHeard[line] = now;
            }
            newest = Math.max(newest, lastHeard[line]);
            heardAny |= heard > 0;
        }
        spoken = heardAny;
        for (int line = 0; line < datagrams.length; line++) {
            if (datagrams[line] == 0) {
                judgeUnheard(line, now);
            }
            judge(line, newestBefore);
        }
    }

    /** Against the clock: before anything came, there is no other line to go by. */
    private void judgeUnheard(final int line, final long now) {
        if (silent(line) == 0 && now - start > limit) {
            silent.set(line, 1);
            LOG.warn("feed {}: nothing was heard on {} in the {} ms since the start; check its group, port, interface and cable, "
                    + "and that the switch delivers the group{}", feed, name(line), (now - start) / 1_000_000,
                    others.get().isEmpty() ? "" : "; no line is configured for what did come: " + others.get());
        }
    }

    /**
     * Against the line heard last, not the clock: when all are silent, it is the feed that is. As of the look before, so
     * that this line has had time to deliver the same.
     */
    private void judge(final int line, final long spokenAt) {
        final boolean wasSilent = silent(line) == 1;
        final long quiet = spokenAt - lastHeard[line];
        if (!wasSilent && quiet > limit) {
            silent.set(line, 1);
            LOG.warn("feed {}: {} is silent for {} ms while another line speaks; check its group, port, interface and cable",
                    feed, name(line), quiet / 1_000_000);
        } else if (wasSilent && quiet <= limit && datagrams[line] > 0) {
            silent.set(line, 0);
            LOG.info("feed {}: {} speaks", feed, name(line));
        }
    }

    /**
     * Whether a line is silent while another speaks, or was not heard within the limit of the start.
     *
     * @param line from 0 (A)
     * @return 1 or 0
     */
    long silent(final int line) {
        return silent.get(line);
    }
}
