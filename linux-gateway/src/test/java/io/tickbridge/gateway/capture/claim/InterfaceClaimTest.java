package io.tickbridge.gateway.capture.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.CaptureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets along with whom on one interface; that the libraries agree, their own tests show. */
class InterfaceClaimTest {
    /** Of an interface that nobody has: numbers are given upwards from 1. */
    private static final int INDEX = 1_500_000_000 + (int) ProcessHandle.current().pid();

    private static boolean both(final InterfaceUse first, final InterfaceUse second) {
        try (InterfaceClaim one = InterfaceClaim.take("eth7", INDEX, first).orElseThrow();
                InterfaceClaim two = InterfaceClaim.take("eth7", INDEX, second).orElseThrow()) {
            return one != two;
        } catch (final CaptureException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(InterfaceUse.class)
    void whatTakesFramesIsAlone(final InterfaceUse other) {
        assertEquals(false, both(InterfaceUse.TAKES, other));
        assertEquals(false, both(other, InterfaceUse.TAKES));
    }

    @Test
    void socketsAndCopiesAndProgramsOfEfViGetAlong() {
        assertTrue(both(InterfaceUse.SOCKETS, InterfaceUse.SOCKETS));
        assertTrue(both(InterfaceUse.SHARES, InterfaceUse.SHARES));
        assertTrue(both(InterfaceUse.COPIES, InterfaceUse.SOCKETS));
        assertTrue(both(InterfaceUse.SOCKETS, InterfaceUse.COPIES));
        assertEquals(false, both(InterfaceUse.COPIES, InterfaceUse.COPIES));
        assertEquals(false, both(InterfaceUse.SHARES, InterfaceUse.SOCKETS));
        assertEquals(false, both(InterfaceUse.SOCKETS, InterfaceUse.SHARES));
        assertEquals(false, both(InterfaceUse.SHARES, InterfaceUse.COPIES));
    }

    @Test
    void theHolderIsNamedAndARefusalLeavesNothing() {
        assertEquals(Optional.empty(), InterfaceClaim.against(INDEX, InterfaceUse.TAKES));
        final InterfaceClaim claim = InterfaceClaim.take("eth7", INDEX, InterfaceUse.SOCKETS).orElseThrow();
        try (claim) {
            final int self = (int) ProcessHandle.current().pid();
            // However often somebody looks.
            for (int i = 0; i < 10; i++) {
                assertEquals(Optional.of(new InterfaceClaim.Holder(InterfaceUse.SOCKETS, self)),
                        InterfaceClaim.against(INDEX, InterfaceUse.TAKES));
            }
            assertEquals("eth7: a gateway (process " + self + ") with `source: udp` receives from it already, and frames taken from the "
                    + "kernel would not reach it any more; stop that one (`ss -xlp | grep \"tickbridge.*interface " + INDEX
                    + "\"` shows it) or name another device", assertThrows(CaptureException.class,
                            () -> InterfaceClaim.take("eth7", INDEX, InterfaceUse.TAKES)).getMessage());
            assertEquals(Optional.empty(), InterfaceClaim.against(INDEX, InterfaceUse.SOCKETS));
        }
        InterfaceClaim.take("eth7", INDEX, InterfaceUse.TAKES).orElseThrow().close();
    }

    /** More gateways than there are names are not refused: those before them are there to be seen. */
    @Test
    void namesMayRunOut() {
        final List<InterfaceClaim> claims = new ArrayList<>();
        for (Optional<InterfaceClaim> claim = InterfaceClaim.take("eth7", INDEX, InterfaceUse.SOCKETS); claim.isPresent();
                claim = InterfaceClaim.take("eth7", INDEX, InterfaceUse.SOCKETS)) {
            claims.add(claim.get());
        }
        assertEquals(64, claims.size());
        claims.forEach(InterfaceClaim::close);
    }
}
