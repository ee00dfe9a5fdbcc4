package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Books around chosen signals: the journal's frames once more through the pipeline that made the signals. A signal that does not
 * come out of it again as it is on record, because a frame is missing, has no book.
 */
public final class SignalBooks implements JournalRecordHandler {
    private final Set<Key> wanted;
    private final Found found;
    private final SignalDecoder signal = new SignalDecoder();
    private final FiredAgain<SignalAround> fired = new FiredAgain<>();
    /** On record since the last frame, and not fired again yet: what arbiters hold back comes at the run's end. */
    private final List<Awaited> awaited = new ArrayList<>();
    private final Map<InstrumentBook, DepthCopy> before = new HashMap<>();
    private long run;
    private Pipeline pipeline;

    /**
     * Which signal.
     *
     * @param run    journal index of its run's start
     * @param number its number in that run
     */
    public record Key(long run, long number) {
    }

    /** Takes each book as it is found. */
    @FunctionalInterface
    public interface Found {
        /**
         * A book around a signal.
         *
         * @param key  which signal
         * @param book its book
         */
        void onBook(Key key, SignalBook book);
    }

    /** Copies, made to levels only if the signal is a wanted one. */
    private record SignalAround(DepthCopy before, DepthCopy after) {
    }

    private record Awaited(Key key, UnsafeBuffer body) {
    }

    private SignalBooks(final Set<Key> wanted, final Found found) {
        this.wanted = wanted;
        this.found = found;
    }

    /**
     * Reads a journal.
     *
     * @param journal its directory
     * @param wanted  signals to look for
     * @param found   takes the books of those found, in the journal's order
     */
    public static void find(final Path journal, final Set<Key> wanted, final Found found) {
        if (!wanted.isEmpty()) {
            try (JournalReader reader = JournalReader.open(journal)) {
                reader.readAll(new SignalBooks(wanted, found));
            }
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted started) {
        endRun();
        run = index;
        final boolean isWanted = wanted.stream().anyMatch(key -> key.run() == index);
        pipeline = isWanted ? new Pipeline(
                ConfigReader.parse(started.configuration(), Path.of(""), "journalled configuration"), FrameRecorder.NONE,
                List.of(fired::onSignal), List.of(new Around())) : null;
    }

    /** What follows belongs to it no more. */
    private void endRun() {
        pipeline = null;
        before.clear();
        fired.clear();
        awaited.clear();
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        if (pipeline != null) {
            fired.clear();
            awaited.clear();
            pipeline.onFrame(buffer, offset, length, receiveTime, 0);
        }
    }

    /** The book as each signal found it, and as it was before. */
    private final class Around implements FiringListener {
        @Override
        public void firedAt(final InstrumentBook book) {
            if (fired.isUntold()) {
                final DepthCopy after = new DepthCopy();
                after.take(book);
                fired.know(new SignalAround(before.getOrDefault(book, new DepthCopy()).copy(), after));
            }
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            firedAt(book);
            before.computeIfAbsent(book, any -> new DepthCopy()).take(book);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final Key key = new Key(run, signal.number());
        // Taken even when it is not wanted: another may say the same.
        if (pipeline != null && !show(key, body, offset) && wanted.contains(key)) {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[SignalDecoder.BLOCK_LENGTH]);
            copy.putBytes(0, body, offset, SignalDecoder.BLOCK_LENGTH);
            awaited.add(new Awaited(key, copy));
        }
    }

    private boolean show(final Key key, final DirectBuffer body, final int offset) {
        final SignalAround around = fired.take(body, offset);
        if (around != null && wanted.contains(key)) {
            found.onBook(key, new SignalBook(around.before().bids(), around.before().asks(), around.after().bids(), around.after().asks()));
        }
        return around != null;
    }

    @Override
    public void onRunStopped(final long index, final RunStopped stopped) {
        if (pipeline != null) {
            pipeline.onEndOfInput();
            awaited.forEach(signal -> show(signal.key(), signal.body(), 0));
        }
        endRun();
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        // What is missing is said elsewhere.
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        // What is missing is said elsewhere.
        if (damage.endsRun()) {
            endRun();
        }
    }
}
