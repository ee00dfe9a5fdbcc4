package io.tickbridge.integration.demo;

import java.util.Locale;

/** The demonstration's one screen: 80 columns, a line a part of the path, in the order of the path. */
final class Picture {
    private static final String CELL = "%,12d %-11s";

    private Picture() {
    }

    /** The screen as lines. */
    static String of(final String exchange, final long second, final Figures f) {
        return String.join("\n",
                "Tickbridge demo" + right(second + " s", 64),
                "",
                "exchange  " + exchange,
                row("gateway", f.perSecond("source.received", ""), "frames/s", f.get("source.received"), "frames",
                        f.get("source.dropped"), "kernel drops"),
                row("lines", f.sum("feed.", ".duplicates"), "duplicates", f.sum("feed.", ".held-back"), "held back",
                        f.sum("feed.", ".lost"), "lost on both"),
                row("books", f.sum("books.", ".instruments"), "instruments",
                        f.sum("books.", ".report-sequence-gaps"), "relearnt",
                        f.sum("books.", ".healed-by-report-sequence"), "healed"),
                row("signals", f.perSecond("signal.", ".signals"), "signals/s", f.sum("signal.", ".signals"), "signals",
                        f.withheld(), "withheld:"),
                row("", f.withheld("not-trading"), "halted", f.withheld("sequence-gap"), "in a gap",
                        f.withheld() - f.withheld("not-trading") - f.withheld("sequence-gap"), "other reason"),
                row("journal", f.get("journal.frames"), "frames", f.get("journal.signals"), "signals",
                        f.sum("journal.frames-lost", "") + f.sum("journal.signals-lost", ""), "lost"),
                row("add-on", f.addOn("signals"), "signals", f.addOn("quotes"), "quotes",
                        f.addOn("framesInHoles"), "missing"),
                "",
                latency("latency, us", "p50", "p99", "p99.9", "max"),
                latency("frame to socket", f.micros("latency.frame-to-socket.p50"),
                        f.micros("latency.frame-to-socket.p99"), f.micros("latency.frame-to-socket.p99.9"),
                        f.micros("latency.frame-to-socket.max")),
                latency("socket to add-on", f.addOnMicros("oneWay", "p50"), f.addOnMicros("oneWay", "p99"),
                        f.addOnMicros("oneWay", "p999"), f.addOnMicros("oneWay", "max")),
                "");
    }

    private static String row(
            final String part, final long first, final String firstUnit, final long second, final String secondUnit,
            final long third, final String thirdUnit) {
        return String.format(Locale.ROOT, "%-7s" + CELL + CELL + CELL,
                part, first, firstUnit, second, secondUnit, third, thirdUnit).stripTrailing();
    }

    private static String latency(final String what, final String... values) {
        final StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-19s", what));
        for (final String value : values) {
            row.append(right(value, 15));
        }
        return row.toString();
    }

    private static String right(final String text, final int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }
}
