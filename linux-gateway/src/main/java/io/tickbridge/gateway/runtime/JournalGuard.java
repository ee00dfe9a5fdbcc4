package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.JournalConfig.WhenFull;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.BookState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Stands before the link and closes when the journal has stopped: what is not on record is not to be traded on. Once
 * closed, signals are withheld and counted, and add-ons have every book for NOT_JOURNALLED until the gateway is started
 * anew; quotes and trades go on, for whoever looks at them.
 *
 * <p>Receive thread only, but for the figures.
 */
final class JournalGuard implements SignalListener, BookListener {
    private final SignalListener signals;
    private final BookListener output;
    private final BooleanSupplier stopped;
    private final Runnable onStop;
    private final boolean closes;
    private final List<InstrumentBook> books = new ArrayList<>();
    private boolean told;
    private volatile boolean closed;
    private volatile long withheld;

    /**
     * An open guard.
     *
     * @param signals takes signals while it is open
     * @param output  told of books, always
     * @param stopped whether nothing more is journalled
     * @param policy  what happens then
     * @param onStop  ends the gateway; called once when the policy is to stop
     */
    JournalGuard(
            final SignalListener signals, final BookListener output, final BooleanSupplier stopped, final WhenFull policy,
            final Runnable onStop) {
        this.signals = signals;
        this.output = output;
        this.stopped = stopped;
        this.onStop = policy == WhenFull.STOP ? onStop : () -> { };
        closes = policy != WhenFull.STOP_JOURNAL;
    }

    /** Looks whether the journal goes on; the clock is read when it does not. */
    void look(final EpochNanoClock clock) {
        if (!told && stopped.getAsBoolean()) {
            told = true;
            if (closes) {
                closed = true;
                final long now = clock.nanoTime();
                for (final InstrumentBook book : books) {
                    output.onStateChange(book, BookState.NOT_JOURNALLED, now);
                }
            }
            onStop.run();
        }
    }

    /** 1 once signals are withheld. Any thread. */
    long state() {
        return closed ? 1 : 0;
    }

    /** Signals withheld. Any thread. */
    long withheld() {
        return withheld;
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        // The journal may have stopped within this burst.
        if (closed || closes && stopped.getAsBoolean()) {
            withheld = withheld + 1;
        } else {
            signals.onSignal(body, offset, receiveTime);
        }
    }

    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        output.onPacketStart(receiveTime, late);
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        books.add(book);
        output.onInstrument(book);
        if (closed) {
            output.onStateChange(book, BookState.NOT_JOURNALLED, 0);
        }
    }

    @Override
    public void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        output.onDefinition(book, definition);
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        output.onTrade(book, exchangeTime, price, quantity, aggressor);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        if (!closed) {
            output.onStateChange(book, state, exchangeTime);
        }
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        output.onBookEvent(book, exchangeTime);
    }
}
