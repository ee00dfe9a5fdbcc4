package io.tickbridge.gateway.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a source received, and what it lost by reason. The receive thread writes what it does itself, with plain stores, at
 * least once a burst; what the layer below counts is written by whoever refreshes the source. Any thread may read.
 */
public final class SourceCounts {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    // A cache line before and behind the receive thread's counts keeps other threads' writes away from them.
    private static final int RECEIVED = 8;
    private static final int TRUNCATED = 9;
    private static final int BURSTS = 10;
    private static final int EMPTY_POLLS = 11;
    private static final int PADDED = 24;

    private final long[] own = new long[PADDED];
    private final List<SourceFigure> figures;
    private final long[] totals;

    /**
     * Counts for a source.
     *
     * @param figures what the layer below counts, in the order that numbers them; no name twice
     */
    public SourceCounts(final SourceFigure... figures) {
        this.figures = List.of(figures);
        this.totals = new long[figures.length];
    }

    /** One frame was handed over. */
    public void frameReceived() {
        own[RECEIVED]++;
    }

    /**
     * Frames were taken that are handed over now.
     *
     * @param frames how many
     */
    public void framesReceived(final int frames) {
        own[RECEIVED] += frames;
    }

    /** One frame was there but cut short, and was not handed over. */
    public void frameTruncated() {
        own[TRUNCATED]++;
    }

    /**
     * A poll is over, whose frames were not counted one by one.
     *
     * @param frames how many were handed over
     */
    public void burstReceived(final int frames) {
        own[RECEIVED] += frames;
        polled(frames);
    }

    /**
     * A poll is over, whose frames were counted one by one.
     *
     * @param frames how many there were
     */
    public void polled(final int frames) {
        own[frames > 0 ? BURSTS : EMPTY_POLLS]++;
    }

    /**
     * The layer below tells one of its totals.
     *
     * @param figure its place among the figures
     * @param total  since the source was opened
     */
    public void figure(final int figure, final long total) {
        COUNT.setOpaque(totals, figure, total);
    }

    /**
     * What the layer below counts.
     *
     * @return its figures; places in this list number them
     */
    public List<SourceFigure> figures() {
        return figures;
    }

    /**
     * Last known total of one figure.
     *
     * @param figure its place among the figures
     * @return running total
     */
    public long total(final int figure) {
        return (long) COUNT.getOpaque(totals, figure);
    }

    /**
     * Frames handed over.
     *
     * @return running total
     */
    public long received() {
        return own(RECEIVED);
    }

    /**
     * Frames found cut short.
     *
     * @return running total
     */
    public long truncated() {
        return own(TRUNCATED);
    }

    /**
     * Frames that the kernel or the NIC lost before they could be polled, for whatever reason.
     *
     * @return running total
     */
    public long dropped() {
        return IntStream.range(0, totals.length)
                .filter(figure -> figures.get(figure).kind() == SourceFigure.Kind.LOST).mapToLong(this::total).sum();
    }

    /**
     * Polls that brought at least one frame.
     *
     * @return running total
     */
    public long bursts() {
        return own(BURSTS);
    }

    /**
     * Polls that brought nothing.
     *
     * @return running total
     */
    public long emptyPolls() {
        return own(EMPTY_POLLS);
    }

    private long own(final int index) {
        return (long) COUNT.getOpaque(own, index);
    }
}
