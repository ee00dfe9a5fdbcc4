package io.tickbridge.gateway.export;

import io.tickbridge.protocol.SignalDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Signals, and what became of them on the link. */
final class SignalRows {
    /** Far more than the gateway may tell of at once after a burst; a power of two. */
    private static final int REMEMBERED = 1 << 16;

    private final TableSink sink;
    private final SignalDecoder signal = new SignalDecoder();
    /** By the signal's number in its run: where it stands in the journal. */
    private final long[] numbers = new long[REMEMBERED];
    private final long[] indexes = new long[REMEMBERED];

    SignalRows(final TableSink sink) {
        this.sink = sink;
    }

    void onRunStarted() {
        // Signals are numbered from 1.
        Arrays.fill(numbers, 0);
    }

    /** One signal; run is null where its start is not in the journal. */
    void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime, final RunTables run) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final int slot = slot(signal.number());
        numbers[slot] = signal.number();
        indexes[slot] = index;
        sink.row(Table.SIGNALS).ifPresent(row -> {
            final RunInstruments.Fact fact = run == null
                    ? RunInstruments.Fact.NONE : run.instrument(signal.venueRaw(), signal.instrument());
            row.number(index).number(receiveTime).number(signal.number()).number(signal.exchangeTime())
                    .number(signal.instrument()).number(signal.rule()).text(run == null ? null : run.rule(signal.rule()))
                    .text(EnumText.of(signal::venue, signal.venueRaw())).text(EnumText.of(signal::side, signal.sideRaw()))
                    .price(signal.bidPrice()).number(signal.bidQuantity()).price(signal.askPrice()).number(signal.askQuantity())
                    .number(signal.value()).text(fact.symbol());
            (fact.tick() == 0 ? row.nothing() : row.price(fact.tick()))
                    .price(Microprice.of(signal.bidPrice(), signal.bidQuantity(), signal.askPrice(), signal.askQuantity()))
                    .text(run == null ? null : run.signalFeed(signal.venueRaw(), body, offset)).end();
        });
    }

    void onSent(final long index, final long session, final long sequence, final long number, final long readyTime,
            final long sentTime, final long peers) {
        sink.row(Table.SIGNALS_SENT).ifPresent(row -> {
            (sentTime == 0 ? row.number(index).nothing() : row.number(index).number(sentTime)).number(session).number(sequence).number(number);
            final int slot = slot(number);
            (numbers[slot] == number ? row.number(indexes[slot]) : row.nothing()).number(readyTime).number(peers).end();
        });
    }

    private static int slot(final long number) {
        return (int) number & REMEMBERED - 1;
    }
}
