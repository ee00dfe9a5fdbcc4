package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A session's name is held against that of the lines as far as it tells. */
class GlimpseTest {
    private final Glimpse glimpse = new Glimpse("USER", "PASS");
    private final UnsafeBuffer login = new UnsafeBuffer(new byte[64]);

    private void login(final String session, final String answered) throws ProtocolException {
        final ByteBuffer name = ByteBuffer.wrap(String.format("%-10s", session).getBytes(StandardCharsets.US_ASCII));
        glimpse.login(login, name.getShort(8), name.getLong(0));
        final byte[] accepted = ("\0\37A" + String.format("%10s%20d", answered, 1)).getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(glimpse.onPacket(new UnsafeBuffer(accepted), accepted.length, (buffer, length) -> { }));
    }

    @Test
    void aServerMayNameItsSessionsAsItLikes() throws ProtocolException {
        login("000010059B", "G1");
        login("000010060B", "G1");
    }

    @Test
    void theLinesSessionOfTheDayBeforeIsRefused() throws ProtocolException {
        login("000010059B", "G1");
        final ProtocolException refusal =
                assertThrows(ProtocolException.class, () -> login("000010060B", "000010059B"));
        assertEquals("is in session 000010059B, and the lines are in 000010060B", refusal.getMessage());
    }

    @Test
    void aServerThatOnceNamedTheLinesSessionHasToGoOnDoingSo() throws ProtocolException {
        login("000010059B", "000010059B");
        login("000010060B", "000010060B");
        assertThrows(ProtocolException.class, () -> login("000010060B", "000010058B"));
    }
}
