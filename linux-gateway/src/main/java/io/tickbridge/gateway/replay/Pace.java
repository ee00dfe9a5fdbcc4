package io.tickbridge.gateway.replay;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When the next frame of a replay is due. Asked until it says so, so that whoever asks can do other things meanwhile. One
 * thread.
 */
public interface Pace {
    /** What is asked before a step. */
    String PROMPT = "[Enter one frame, a number as many, s to the next signal, q end] ";

    /**
     * Asks.
     *
     * @param receiveTime of the frame, as recorded, ns since the Unix epoch
     * @return whether it is due now; each true is one frame
     */
    boolean isDue(long receiveTime);

    /** A frame that is not paced was passed over, or a run begins: the next frame is the first of a new count. */
    default void begin() {
        // Those that count no time have nothing to begin.
    }

    /**
     * Whether whoever steps has had enough.
     *
     * @return true from then on
     */
    default boolean isEnded() {
        return false;
    }

    /**
     * A frame was played.
     *
     * @param index       of its record
     * @param receiveTime as recorded, ns since the Unix epoch
     * @param line        the feed line it came in on, from 0 over all feeds
     * @param length      bytes
     */
    default void onFrame(final long index, final long receiveTime, final int line, final int length) {
        // Only who steps looks at each.
    }

    /**
     * A signal came out of the last frame.
     *
     * @param text why it fired, for people
     */
    default void onSignal(final String text) {
        // Only stepping to the next signal asks for it.
    }

    /**
     * Whether each frame and signal is shown, so that its text is needed.
     *
     * @return false where that would only cost time
     */
    default boolean shows() {
        return false;
    }

    /**
     * As fast as it goes.
     *
     * @return always due
     */
    static Pace fastest() {
        return receiveTime -> true;
    }

    /**
     * As it was received, or so many times faster.
     *
     * @param factor 1 for the recorded pace, 2 for twice as fast
     * @param clock  ns from any origin
     * @return due when as much time has passed since the first frame as on record; a time that goes back is due at once
     */
    static Pace recorded(final double factor, final LongSupplier clock) {
        return new Pace() {
            private long firstTime;
            private long begun;
            private boolean hasBegun;

            @Override
            public boolean isDue(final long receiveTime) {
                final long now = clock.getAsLong();
                if (!hasBegun) {
                    hasBegun = true;
                    firstTime = receiveTime;
                    begun = now;
                }
                return now - begun >= (receiveTime - firstTime) / factor;
            }

            @Override
            public void begin() {
                hasBegun = false;
            }
        };
    }

    /**
     * A step for each line that is read: nothing for one frame, a number for as many, {@code s} up to the next signal,
     * {@code q} for the end.
     *
     * @param lines gives the next line, or null as long as there is none
     * @param out   takes what each step showed, and the prompt when the next is waited for
     * @return due once asked for
     */
    static Pace stepwise(final Supplier<String> lines, final Consumer<String> out) {
        return new Pace() {
            private long steps;
            private boolean prompted;
            private boolean toSignal;
            private boolean ended;

            @Override
            public boolean isDue(final long receiveTime) {
                if (steps == 0 && !toSignal && !ended) {
                    if (!prompted) {
                        prompted = true;
                        out.accept(PROMPT);
                    }
                    take(lines.get());
                }
                if (steps > 0) {
                    steps--;
                    return true;
                }
                return toSignal && !ended;
            }

            private void take(final String line) {
                if (line == null) {
                    return;
                }
                prompted = false;
                switch (line.strip()) {
                    case "q" -> ended = true;
                    case "s" -> toSignal = true;
                    default -> steps = line.strip().matches("[1-9][0-9]{0,8}") ? Long.parseLong(line.strip()) : 1;
                }
            }

            @Override
            public boolean isEnded() {
                return ended;
            }

            @Override
            public void onFrame(final long index, final long receiveTime, final int line, final int length) {
                out.accept("frame 0x" + Long.toHexString(index) + ' ' + Instant.ofEpochSecond(0, receiveTime) + " line " + line + ", "
                        + length + " bytes\n");
            }

            @Override
            public void onSignal(final String text) {
                toSignal = false;
                out.accept("  signal " + text + '\n');
            }

            @Override
            public boolean shows() {
                return true;
            }
        };
    }
}
