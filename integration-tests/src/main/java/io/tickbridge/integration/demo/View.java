package io.tickbridge.integration.demo;

import java.io.PrintStream;
import java.util.Map;

/** Shows the running processes, as a screen that is drawn again and again, or as lines. */
final class View {
    private static final String CLEAR_SCREEN = "\u001b[2J";
    private static final String TO_THE_TOP = "\u001b[H";
    // What is longer from the last drawing is erased line by line: a screen cleared as a whole flickers.
    private static final String END_OF_LINE = "\u001b[K\n";

    private final PrintStream out;
    private final boolean screen;
    private final String exchange;
    private final long start = System.nanoTime();
    private Map<String, Long> before = Map.of();
    private long beforeTime = start;

    /**
     * A view of what has just begun.
     *
     * @param exchange what is played
     * @param out      where it is shown
     * @param screen   whether that is a terminal that can be drawn on
     */
    View(final String exchange, final PrintStream out, final boolean screen) {
        this.exchange = exchange;
        this.out = out;
        this.screen = screen;
        if (screen) {
            out.print(CLEAR_SCREEN);
        }
    }

    /** One look: the gateway's counters and what the add-on says of itself. */
    void show(final Map<String, Long> gateway, final Map<String, Object> addOn) {
        final long now = System.nanoTime();
        final Figures figures = new Figures(gateway, before, addOn, now - beforeTime);
        final long second = (now - start) / 1_000_000_000L;
        if (screen) {
            out.print(TO_THE_TOP + Picture.of(exchange, second, figures).replace("\n", END_OF_LINE));
        } else {
            out.println(line(second, figures));
        }
        out.flush();
        before = gateway;
        beforeTime = now;
    }

    private static String line(final long second, final Figures f) {
        return String.format("%3d s  %6d frames/s  %5d signals/s  %3d gaps  %5d withheld  %6d signals at the add-on  "
                        + "frame to socket p99 %s us",
                second, f.perSecond("source.received", ""), f.perSecond("signal.", ".signals"), f.sum("feed.", ".gaps"),
                f.withheld(), f.addOn("signals"), f.micros("latency.frame-to-socket.p99"));
    }
}
