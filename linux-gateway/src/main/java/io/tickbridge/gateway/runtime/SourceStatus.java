package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.ops.LossWatch;
import io.tickbridge.gateway.ops.StatusFigures;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Names the figures of a packet source. Those that every source has are there from the start; what the layer below counts
 * is known once the source is open, which the receive thread does, and is added by the first look after that.
 *
 * <p>Status thread; reads counts only.
 */
final class SourceStatus {
    private final StatusFigures figures;
    private final LossWatch losses;
    private final Supplier<PacketSource> opened;
    private boolean named;

    /**
     * The status of a source that need not be open yet.
     *
     * @param figures takes the names
     * @param losses  told of all that must not rise
     * @param opened  the source; null before it is open
     */
    SourceStatus(final StatusFigures figures, final LossWatch losses, final Supplier<PacketSource> opened) {
        this.figures = figures;
        this.losses = losses;
        this.opened = opened;
    }

    /** Adds what every source has. */
    void add() {
        addTotal("received", SourceCounts::received);
        addTotal("bursts", SourceCounts::bursts);
        addTotal("empty-polls", SourceCounts::emptyPolls);
        addTotal("dropped", SourceCounts::dropped);
        addTotal("truncated", SourceCounts::truncated);
        losses.add("source.truncated", () -> total(SourceCounts::truncated));
        for (final TimestampSource clock : TimestampSource.values()) {
            figures.add("source.timestamps." + word(clock), () -> {
                final PacketSource source = opened.get();
                return source != null && source.timestampSource() == clock ? 1 : 0;
            });
        }
    }

    private void addTotal(final String name, final ToLongFunction<SourceCounts> total) {
        figures.add("source." + name, () -> total(total));
    }

    private long total(final ToLongFunction<SourceCounts> total) {
        final PacketSource source = opened.get();
        return source == null ? 0 : total.applyAsLong(source.counts());
    }

    /** Has the source ask the layer below, and adds what that counts when it is seen for the first time. */
    void refresh() {
        final PacketSource source = opened.get();
        if (source != null) {
            if (!named) {
                named = true;
                addFigures(source.counts());
            }
            source.refreshCounts();
        }
    }

    private void addFigures(final SourceCounts counts) {
        final List<SourceFigure> below = counts.figures();
        for (int i = 0; i < below.size(); i++) {
            final int figure = i;
            final String name = "source." + word(below.get(i).kind()) + '.' + below.get(i).name();
            figures.add(name, () -> counts.total(figure));
            if (below.get(i).kind() != SourceFigure.Kind.SEEN) {
                losses.add(name, () -> counts.total(figure));
            }
        }
    }

    private static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
