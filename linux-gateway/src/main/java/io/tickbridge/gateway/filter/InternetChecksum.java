package io.tickbridge.gateway.filter;

import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteOrder;

/**
 * The Internet checksum: the one's complement of the one's complement sum of 16-bit words (RFC 1071).
 *
 * <p>The sum does not depend on byte order but for a final swap (RFC 1071, section 2 (B)), so it reads 4 bytes at
 * a time in the order given and adds them up in 64 bits, which 64 KiB cannot overflow.
 */
public final class InternetChecksum {
    private static final int WORD_MASK = 0xffff;
    private static final long INT_MASK = 0xffff_ffffL;

    private InternetChecksum() {
    }

    /**
     * Adds up a range, as big-endian words; an odd last byte is padded with a zero byte.
     *
     * @param bytes  what holds it
     * @param offset where it begins
     * @param length its bytes, at most 64 KiB
     * @return the sum, to be added to others and finished by {@link #fold}
     */
    public static long sum(final WireBytes bytes, final int offset, final int length) {
        final int end = offset + length;
        long sum = 0;
        int index = offset;
        for (; index + Integer.BYTES <= end; index += Integer.BYTES) {
            sum += bytes.getInt(index, ByteOrder.BIG_ENDIAN) & INT_MASK;
        }
        if (index + Short.BYTES <= end) {
            sum += bytes.getShort(index, ByteOrder.BIG_ENDIAN) & WORD_MASK;
            index += Short.BYTES;
        }
        if (index < end) {
            sum += (bytes.getByte(index) & 0xff) << Byte.SIZE;
        }
        return sum;
    }

    /**
     * Folds a sum into 16 bits.
     *
     * @param sum sums added together
     * @return the one's complement sum: 0xffff over a range that includes a right checksum; its complement is the
     *         checksum to send
     */
    public static int fold(final long sum) {
        long folded = (sum >>> Integer.SIZE) + (sum & INT_MASK);
        folded = (folded >>> Short.SIZE) + (folded & WORD_MASK);
        folded = (folded >>> Short.SIZE) + (folded & WORD_MASK);
        return (int) ((folded >>> Short.SIZE) + (folded & WORD_MASK));
    }
}
