package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The 64 bytes: against the link's decoder, and byte for byte against what the definition says. */
class SignalBodyTest {

    @Test
    void isTheLinksSignalUpToTheReceiveTime() {
        assertEquals(Link.SIGNAL_BODY_LENGTH, SignalListener.BODY_LENGTH);
        assertEquals(SignalDecoder.receiveTimeEncodingOffset(), SignalListener.BODY_LENGTH);
    }

    @Test
    void readsBackAsWritten() {
        final SignalLog log = new SignalLog();
        engine(log).onBookEvent(book(), 0x1112131415161718L);
        assertEquals(List.of(new SignalLog.Entry(1, 0x1112131415161718L, 0x2122232425262728L, 1, Venue.IEX, Side.SELL,
                0x3132333435363738L, 0x4142434445464748L, 0x51525354, 0x61626364, 0x7172737475767778L, 99)),
                log.take());
    }

    @Test
    void liesInMemoryAsTheDefinitionSays() {
        final List<String> bodies = new ArrayList<>();
        final SignalEngine engine = engine((body, offset, receiveTime) -> {
            final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
            body.getBytes(offset, bytes);
            bodies.add(HexFormat.of().formatHex(bytes));
        });
        engine.onBookEvent(book(), 0x1112131415161718L);
        assertEquals(List.of(
                "0100000000000000" + "1817161514131211" + "2827262524232221"
                        + "0100" + "02" + "02" + "00000000"
                        + "3837363534333231" + "4847464544434241" + "54535251" + "64636261" + "7877767574737271"),
                bodies);
    }

    private static SignalEngine engine(final SignalListener listener) {
        final ScriptedKind kind = new ScriptedKind();
        kind.onBookEvent = out -> out.emit(Side.SELL, 0x7172737475767778L);
        final SignalEngine engine = new SignalEngine(List.of(SingleRule.config("scripted")), List.of("iex"),
                SignalKinds.of(List.of(kind)), List.of(listener));
        engine.onInstrument(book());
        engine.onPacketStart(99, false);
        return engine;
    }

    private static FakeBook book() {
        return new FakeBook(0, Venue.IEX, 0x2122232425262728L)
                .top(0x3132333435363738L, 0x51525354, 0x4142434445464748L, 0x61626364);
    }
}
