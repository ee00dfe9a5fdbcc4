package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.MachineFailure;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * CME's symbols as a run's own frames define them: its signals carry numbers alone. A run whose configuration this build refuses, or on
 * whose frames it fails, keeps its numbers; they are true all the same.
 */
final class DefinedSymbols implements BookListener {
    private final Map<Long, InstrumentBook> books = new HashMap<>();
    private Pipeline pipeline;

    private DefinedSymbols() {
    }

    /** Of a run; null for none. Other venues' keys are letters already: their frames are not gone through. */
    static DefinedSymbols of(final RunStarted run) {
        final DefinedSymbols defined = new DefinedSymbols();
        if (run != null) {
            try {
                final GatewayConfig config = ConfigReader.parse(run.configuration(), Path.of(""), "journalled configuration");
                if (config.feeds().stream().anyMatch(feed -> feed.protocol() == FeedConfig.Protocol.CME_MDP3)) {
                    defined.pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(), List.of(defined));
                }
            } catch (final RuntimeException | Error e) {
                MachineFailure.rethrow(e);
                defined.pipeline = null;
            }
        }
        return defined;
    }

    void onFrame(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        if (pipeline != null) {
            try {
                pipeline.onFrame(buffer, offset, length, receiveTime, 0);
            } catch (final RuntimeException | Error e) {
                MachineFailure.rethrow(e);
                pipeline = null;
            }
        }
    }

    /** Of CME's number of an instrument, as defined up to here; null when it is not. */
    String of(final long instrument) {
        final InstrumentBook book = books.get(instrument);
        return book == null || book.symbol() == null || book.symbol().isEmpty() ? null : book.symbol();
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        if (book.venue() == Venue.CME) {
            books.put(book.instrument(), book); // the same object for good: a definition that comes later is seen in it
        }
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // Here and below nothing of an instrument's name changes.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // As above.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // As above.
    }
}
