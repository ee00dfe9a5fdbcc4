package io.tickbridge.integration.demo;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Stream;

/** Shows the running processes, as a screen that is drawn again and again, or as lines. */
final class View {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final PrintStream out;
    private final boolean screen;
    private final long start = System.nanoTime();
    private Map<String, Long> before = Map.of();
    private long beforeTime = start;

    View(final PrintStream out, final boolean screen) {
        this.out = out;
        this.screen = screen;
    }

    /** One look: the gateway's counters and what the add-on says of itself. */
    void show(final Map<String, Long> gateway, final Map<String, Object> addOn) {
        final long now = System.nanoTime();
        final Figures figures = new Figures(gateway, before, addOn, now - beforeTime);
        final long second = (now - start) / 1_000_000_000L;
        if (screen) {
            out.print(HOME_AND_CLEAR + picture(second, figures));
        } else {
            out.println(line(second, figures));
        }
        out.flush();
        before = gateway;
        beforeTime = now;
    }

    private static String line(final long second, final Figures f) {
        return String.format("%3d s  %6d frames/s  %5d signals/s  %3d gaps  %d signals at the add-on  frame to socket p99 %s us",
                second, f.perSecond("source.received", ""), f.perSecond("signal.", ".signals"), f.sum("feed.", ".gaps"),
                f.addOn("signals"), f.micros("latency.frame-to-socket.p99"));
    }

    private static String picture(final long second, final Figures f) {
        return """
                Tickbridge demo                                                  %4d s

                exchange  A and B over UDP multicast
                gateway   %8d frames/s   %10d frames   %6d dropped by the kernel
                lines     %8d duplicates mended   %6d held back
                          %8d gaps on both lines   %6d packets lost
                books     %8d instruments   %8d suspect after gaps   %6d healed by report sequence
                signals   %8d /s           %10d signals  %6d withheld from books in doubt
                latency   frame to socket, us    p50 %8s   p99 %8s   p99.9 %8s   max %8s
                journal   %8d frames       %10d signals   %6d records lost
                link      %8d quotes sent  %10d conflated
                add-on    %8d signals      %10d missing
                          socket to add-on, us   p50 %8s   p99 %8s   max %8s
                """.formatted(second,
                f.perSecond("source.received", ""), f.get("source.received"), f.get("source.dropped"),
                f.sum("feed.", ".duplicates"), f.sum("feed.", ".held-back"),
                f.sum("feed.", ".gaps"), f.sum("feed.", ".lost"),
                f.sum("books.", ".instruments"), f.sum("books.", ".report-sequence-gaps"),
                f.sum("books.", ".healed-by-report-sequence"),
                f.perSecond("signal.", ".signals"), f.sum("signal.", ".signals"), withheld(f),
                f.micros("latency.frame-to-socket.p50"), f.micros("latency.frame-to-socket.p99"),
                f.micros("latency.frame-to-socket.p99.9"), f.micros("latency.frame-to-socket.max"),
                f.get("journal.frames"), f.get("journal.signals"), f.sum("journal.frames-lost", "") + f.sum("journal.signals-lost", ""),
                f.get("link.quotes-sent"), f.get("link.quotes-conflated"),
                f.addOn("signals"), f.addOn("framesInHoles"),
                f.addOnMicros("oneWay", "p50"), f.addOnMicros("oneWay", "p99"), f.addOnMicros("oneWay", "max"));
    }

    /** Evaluations that did not take place because the book was in doubt: one counter for each reason. */
    private static long withheld(final Figures f) {
        return Stream.of("not-yet-known", "sequence-gap", "crossed", "not-trading", "stale", "invalid-update", "one-sided")
                .mapToLong(reason -> f.sum("signal.", ".suppressed-" + reason)).sum();
    }
}
