package io.tickbridge.gateway.signal;

import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Keeps every signal, read back by the link's own decoder. */
public final class SignalLog implements SignalListener {
    private final SignalDecoder decoder = new SignalDecoder();
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        decoder.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        entries.add(new Entry(decoder.number(), decoder.exchangeTime(), decoder.instrument(), decoder.rule(),
                decoder.venue(), decoder.side(), decoder.bidPrice(), decoder.askPrice(), decoder.bidQuantity(),
                decoder.askQuantity(), decoder.value(), receiveTime));
    }

    /** All that came since the last call. */
    public List<Entry> take() {
        final List<Entry> taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }

    /** One signal as a peer would read it. */
    public record Entry(long number, long exchangeTime, long instrument, int rule, Venue venue, Side side,
            long bidPrice, long askPrice, int bidQuantity, int askQuantity, long value, long receiveTime) {
    }
}
