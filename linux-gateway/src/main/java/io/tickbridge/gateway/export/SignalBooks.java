package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Books around chosen signals: the journal's frames once more through the pipeline that made the signals. Signals of frames that
 * are not in the journal are not found again, nor those behind them, whose numbers differ then.
 */
public final class SignalBooks implements JournalRecordHandler, BookListener {
    private final Set<Key> wanted;
    private final Found found;
    private final SignalDecoder signal = new SignalDecoder();
    private final List<Long> fired = new ArrayList<>();
    private final Map<InstrumentBook, DepthCopy> before = new HashMap<>();
    private final DepthCopy after = new DepthCopy();
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
        run = index;
        before.clear();
        final boolean isWanted = wanted.stream().anyMatch(key -> key.run() == index);
        pipeline = isWanted ? new Pipeline(
                ConfigReader.parse(started.configuration(), Path.of(""), "journalled configuration"), FrameRecorder.NONE,
                List.of((body, offset, receiveTime) -> fired.add(
                        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION).number())),
                List.of(this)) : null;
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        if (pipeline != null) {
            pipeline.onFrame(buffer, offset, length, receiveTime, 0);
        }
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        firedAt(book);
        before.computeIfAbsent(book, any -> new DepthCopy()).take(book);
    }

    /** Rules are asked before other listeners are, so what fired since the last call fired at this one. */
    private void firedAt(final InstrumentBook book) {
        for (final long number : fired) {
            final Key key = new Key(run, number);
            if (wanted.contains(key)) {
                final DepthCopy last = before.computeIfAbsent(book, any -> new DepthCopy());
                after.take(book);
                found.onBook(key, new SignalBook(last.bids(), last.asks(), after.bids(), after.asks()));
            }
        }
        fired.clear();
    }

    @Override
    public void onRunStopped(final long index, final RunStopped stopped) {
        if (pipeline != null) {
            pipeline.onEndOfInput();
            pipeline = null;
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        // Found again by the pipeline.
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        // What is missing is said elsewhere.
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        // What is missing is said elsewhere.
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        firedAt(book);
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        firedAt(book);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        firedAt(book);
    }
}
