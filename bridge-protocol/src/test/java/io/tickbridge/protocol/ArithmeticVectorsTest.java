package io.tickbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.protocol.Vectors.Entry;
import io.tickbridge.protocol.Vectors.Line;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs, clock probes and sequence counts follow from the words of the specification. */
class ArithmeticVectorsTest {

    static List<Entry> logons() {
        return Vectors.read("logon.txt");
    }

    static List<Entry> probes() {
        return Vectors.read("clock.txt");
    }

    static List<Entry> sequences() {
        return Vectors.read("sequence.txt");
    }

    @ParameterizedTest
    @MethodSource("logons")
    void proofs(final Entry entry) throws GeneralSecurityException {
        final byte[] server = entry.hex("serverNonce");
        final byte[] client = entry.hex("clientNonce");
        final byte[] name = ByteBuffer.allocate(32).put(entry.get("clientName").getBytes(StandardCharsets.US_ASCII))
                .array();
        final byte[] session = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.parseUnsignedLong(entry.get("session"))).array();
        assertEquals(entry.get("clientProof"), hmac(entry, "tickbridge logon client 1", server, client, name));
        assertEquals(entry.get("gatewayProof"), hmac(entry, "tickbridge logon gateway 1", client, server, session));
    }

    private static String hmac(final Entry entry, final String label, final byte[]... parts)
            throws GeneralSecurityException {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(entry.hex("key"), "HmacSHA256"));
        mac.update(label.getBytes(StandardCharsets.US_ASCII));
        for (final byte[] part : parts) {
            mac.update(part);
        }
        return HexFormat.of().formatHex(mac.doFinal());
    }

    @ParameterizedTest
    @MethodSource("probes")
    void clocks(final Entry entry) {
        final BigInteger upper = number(entry, "t2").subtract(number(entry, "t1"));
        final BigInteger lower = number(entry, "t3").subtract(number(entry, "t4"));
        final BigInteger delay = upper.subtract(lower);
        if (delay.signum() < 0) {
            assertEquals("true", entry.get("discard"));
            return;
        }
        final BigInteger half = delay.shiftRight(1);
        assertEquals(number(entry, "delay"), delay);
        assertEquals(number(entry, "offset"), lower.add(half));
        assertEquals(number(entry, "error"), delay.subtract(half));
    }

    private static BigInteger number(final Entry entry, final String key) {
        return new BigInteger(entry.get(key));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void counts(final Entry entry) {
        final Counting counting = new Counting(new BigInteger(entry.get("expect")));
        for (final Line line : entry.lines()) {
            if (line.key().equals("frame")) {
                counting.take(line.value().split(" "));
            } else if (line.key().equals("then")) {
                assertEquals(line.value(), counting.expected + ", " + String.join(", ", counting.reported));
            }
        }
    }

    /** Section 6's table, row by row, in numbers that cannot overflow. */
    private static final class Counting {
        private BigInteger expected;
        private List<String> reported = List.of();

        Counting(final BigInteger expected) {
            this.expected = expected;
        }

        void take(final String[] frame) {
            reported = new ArrayList<>();
            final BigInteger number = new BigInteger(frame[1]);
            switch (frame[0]) {
                case "sequenced" -> {
                    if (number.compareTo(expected) < 0) {
                        reported.add("duplicate");
                    } else {
                        holeUpTo(number.subtract(BigInteger.ONE));
                        expected = number.add(BigInteger.ONE);
                        reported.add("taken");
                    }
                }
                case "gap" -> {
                    if (!frame[3].equals("OTHER_SESSION")) {
                        holeUpTo(number.subtract(BigInteger.ONE));
                        expected = expected.max(new BigInteger(frame[2]).add(BigInteger.ONE));
                    }
                    reported.add("gap " + frame[1] + " " + frame[2] + " " + frame[3]);
                }
                default -> {
                    holeUpTo(number);
                    expected = expected.max(number.add(BigInteger.ONE));
                    reported.add("taken");
                }
            }
        }

        private void holeUpTo(final BigInteger last) {
            if (last.compareTo(expected) >= 0) {
                reported.add("hole " + expected + " " + last);
            }
        }
    }
}
