package io.tickbridge.gateway.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.wire.WireBytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

    @Test
    void addsTheExampleOfTheRfc() {
        // RFC 1071, section 3.
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[] {
            0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7});
        assertEquals(0xddf2, foldedSum(buffer, 0, 8));
    }

    @Test
    void agreesWithTheTextbookLoopAtEveryLengthAndOffset() {
        final byte[] bytes = new byte[2_000];
        new SplittableRandom(7).nextBytes(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int length = 0; length < 1_900; length++) {
            final int offset = length % 5;
            assertEquals(FrameBuilder.wordSum(buffer, offset, length, 0),
                    foldedSum(buffer, offset, length), "length " + length);
        }
    }

    @Test
    void foldsTheLargestDatagram() {
        final byte[] bytes = new byte[0xffff];
        Arrays.fill(bytes, (byte) 0xff);
        assertEquals(0xff00, foldedSum(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    private static int foldedSum(final UnsafeBuffer buffer, final int offset, final int length) {
        final WireBytes bytes = new WireBytes();
        bytes.wrap(buffer, offset, length);
        return InternetChecksum.fold(InternetChecksum.sum(bytes, offset, length));
    }
}
