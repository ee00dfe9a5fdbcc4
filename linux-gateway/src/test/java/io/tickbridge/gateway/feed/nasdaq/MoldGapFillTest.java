package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.GapFill;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Wherever a server cuts its answers, what is handed over ends with whole events, and with nothing but what was asked for. */
class MoldGapFillTest {
    private static final String SESSION = "000010059B";
    private static final ByteBuffer NAME = ByteBuffer.wrap(SESSION.getBytes(StandardCharsets.US_ASCII));
    private static final long HEAD = NAME.getLong(0);
    private static final long TAIL = NAME.getShort(8);

    private final MoldGapFill fill = new MoldGapFill();
    private final List<String> handed = new ArrayList<>();

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, 7, "ZTEST");
    }

    private long answer(final ItchPacket packet, final long from, final long to) {
        final UnsafeBuffer bytes = packet.packet();
        return fill.answer(bytes, bytes.capacity(), TAIL, HEAD, from, to, (buffer, length) -> handed.add(
                MoldPacket.sequence(buffer, 0) + "+" + MoldPacket.messages(buffer, 0)));
    }

    private List<String> taken() {
        final List<String> taken = List.copyOf(handed);
        handed.clear();
        return taken;
    }

    @Test
    void anEventThatTwoAnswersShareIsHandedOverWhole() {
        assertEquals(14, answer(packet(10).at(1).delete(1).at(2).delete(2).delete(3).delete(4), 10, 20));
        assertEquals(List.of("10+1"), taken());
        assertEquals(16, answer(packet(14).at(2).delete(5).at(3).delete(6), 14, 20));
        assertEquals(List.of("11+4"), taken());
        assertEquals(21, answer(packet(16).at(3).delete(7).at(4).delete(8).delete(9).delete(10).delete(11).delete(12), 16, 20));
        assertEquals(List.of("15+6"), taken());
    }

    @Test
    void anEventOfSeveralAnswersIsHandedOverOnce() {
        assertEquals(11, answer(packet(10).at(2).delete(1), 10, 13));
        assertEquals(12, answer(packet(11).at(2).delete(2), 11, 13));
        assertEquals(List.of(), taken());
        assertEquals(14, answer(packet(12).at(2).delete(3).delete(4).delete(5), 12, 13));
        assertEquals(List.of("10+4"), taken());
    }

    @Test
    void whatIsLeftOfAHoleThatWasGivenUpDoesNotGetIntoAnother() {
        answer(packet(10).at(2).delete(1), 10, 13);
        assertEquals(31, answer(packet(30).at(2).delete(1), 30, 30));
        assertEquals(List.of("30+1"), taken());
        answer(packet(10).at(2).delete(1), 10, 13);
        final UnsafeBuffer other = new ItchPacket("000010060B", 11, 7, "ZTEST").at(2).delete(1).packet();
        assertEquals(GapFill.REFUSED, fill.answer(other, other.capacity(), TAIL, HEAD, 11, 13, (buffer, length) -> { }));
    }

    @Test
    void anEventThatNoDatagramHoldsIsHandedOverInParts() {
        long next = 1;
        for (int i = 0; i < 10; i++) {
            final ItchPacket packet = packet(next);
            for (int j = 0; j < 40; j++) {
                packet.at(2).add(next + j, 'B', 1, 1);
            }
            next = answer(packet, next, 400);
            assertEquals(41 + 40L * i, next);
        }
        assertEquals(List.of("1+235", "236+165"), taken());
    }
}
