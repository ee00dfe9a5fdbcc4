package io.tickbridge.gateway.export;

import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the rules, run again, gave at the frame at hand, each with what was known of the book. A signal on record stands behind its
 * frame and is known again by all that it says but its number: once a frame is missing, the same number is another signal's.
 *
 * @param <T> what was known
 */
final class FiredAgain<T> {
    private static final int NUMBER = SignalDecoder.numberEncodingOffset();

    private final List<UnsafeBuffer> untold = new ArrayList<>();
    private final List<Fired<T>> fired = new ArrayList<>();

    private record Fired<T>(UnsafeBuffer body, T known) {
    }

    /** A frame comes, or a run: what was on record of the one before has been asked for. */
    void clear() {
        untold.clear();
        fired.clear();
    }

    /** The pipeline gave a signal. */
    void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        untold.add(withoutNumber(body, offset));
    }

    /** Whether signals fired of which {@link #know} was not told yet. */
    boolean isUntold() {
        return !untold.isEmpty();
    }

    /** What fired since the last call fired at this. */
    void know(final T known) {
        untold.forEach(body -> fired.add(new Fired<>(body, known)));
        untold.clear();
    }

    /** What was known as a signal on record fired; null when it did not fire again. */
    T take(final DirectBuffer body, final int offset) {
        final UnsafeBuffer wanted = withoutNumber(body, offset);
        for (int i = 0; i < fired.size(); i++) {
            if (fired.get(i).body().equals(wanted)) {
                return fired.remove(i).known();
            }
        }
        return null;
    }

    private static UnsafeBuffer withoutNumber(final DirectBuffer body, final int offset) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]);
        copy.putBytes(0, body, offset, SignalListener.BODY_LENGTH);
        copy.setMemory(NUMBER, SignalDecoder.numberEncodingLength(), (byte) 0);
        return copy;
    }
}
