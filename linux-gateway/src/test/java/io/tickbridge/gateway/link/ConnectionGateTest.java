package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tickbridge.gateway.config.LinkLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** A flood of strangers keeps strangers out, and nobody who has logged on before. */
class ConnectionGateTest {
    private static final long SECOND = 1_000_000_000L;

    private final ConnectionGate gate = new ConnectionGate(new LinkLimits(3 * SECOND, 2, 10, 1000));

    @Test
    void strangersShareOneRateAndWhoeverLoggedOnHasItsOwn() throws UnknownHostException {
        final InetAddress addOn = InetAddress.getByName("192.0.2.1");
        assertNull(gate.refusal(addOn, SECOND));
        gate.trust(addOn);
        for (int i = 1; i < 10; i++) {
            assertNull(gate.refusal(stranger(i), SECOND), "stranger " + i);
        }
        assertEquals(LinkCounter.REFUSED_RATE, gate.refusal(stranger(10), SECOND));
        assertEquals(LinkCounter.REFUSED_RATE, gate.refusal(stranger(1), 2 * SECOND - 1));
        for (int i = 0; i < 10; i++) {
            assertNull(gate.refusal(addOn, SECOND), "its own " + i);
        }
        assertEquals(LinkCounter.REFUSED_RATE, gate.refusal(addOn, SECOND));
        assertNull(gate.refusal(stranger(11), 2 * SECOND));
        assertNull(gate.refusal(addOn, 2 * SECOND));
    }

    /** Of a few addresses that are remembered, one that was forgotten is a stranger again. */
    @Test
    void rememberedAreTheNewest() throws UnknownHostException {
        for (int i = 0; i < 2000; i++) {
            gate.trust(stranger(i));
        }
        for (int i = 0; i < 10; i++) {
            assertNull(gate.refusal(InetAddress.getByName("198.51.100." + i), SECOND));
        }
        assertEquals(LinkCounter.REFUSED_RATE, gate.refusal(stranger(0), SECOND));
        assertNull(gate.refusal(stranger(1999), SECOND));
    }

    @Test
    void anAddressHasSoManyConnections() throws UnknownHostException {
        final InetAddress address = stranger(1);
        gate.admit(address);
        gate.admit(address);
        assertEquals(LinkCounter.REFUSED_ADDRESS, gate.refusal(address, SECOND));
        gate.release(address);
        assertNull(gate.refusal(address, SECOND));
    }

    private static InetAddress stranger(final int number) throws UnknownHostException {
        return InetAddress.getByName("10.0." + number / 256 + '.' + number % 256);
    }
}
