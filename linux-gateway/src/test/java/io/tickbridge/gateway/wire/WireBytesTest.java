package io.tickbridge.gateway.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireBytesTest {
    private static final int LENGTH = 64;
    private static final int OFFSET = 5;
    private static final int WRAPPED = 40;

    private final WireBytes bytes = new WireBytes();

    static Stream<DirectBuffer> memory() {
        final byte[] content = new byte[LENGTH];
        new SplittableRandom(3).nextBytes(content);
        final ByteBuffer direct = ByteBuffer.allocateDirect(LENGTH).put(0, content);
        return Stream.of(new UnsafeBuffer(content), new UnsafeBuffer(direct));
    }

    @ParameterizedTest
    @MethodSource("memory")
    void readsWhatTheBufferReads(final DirectBuffer buffer) {
        bytes.wrap(buffer, OFFSET, WRAPPED);
        for (final ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (int i = OFFSET; i <= OFFSET + WRAPPED - Long.BYTES; i++) {
                assertEquals(buffer.getByte(i), bytes.getByte(i));
                assertEquals(buffer.getShort(i, order), bytes.getShort(i, order));
                assertEquals(buffer.getInt(i, order), bytes.getInt(i, order));
                assertEquals(buffer.getLong(i, order), bytes.getLong(i, order));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("memory")
    void refusesARangeOutsideTheBuffer(final DirectBuffer buffer) {
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.wrap(buffer, -1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.wrap(buffer, 0, LENGTH + 1));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.wrap(buffer, LENGTH, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.wrap(buffer, 1, Integer.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.wrap(buffer, 0, -1));
    }

    /** The parsers' tests against damaged input say nothing unless this holds. */
    @ParameterizedTest
    @MethodSource("memory")
    void failsOnEveryReadOutsideTheRangeInTests(final DirectBuffer buffer) {
        bytes.wrap(buffer, OFFSET, WRAPPED);
        final int end = OFFSET + WRAPPED;
        assertThrows(AssertionError.class, () -> bytes.getByte(OFFSET - 1));
        assertThrows(AssertionError.class, () -> bytes.getByte(end));
        assertThrows(AssertionError.class, () -> bytes.getShort(end - 1, ByteOrder.BIG_ENDIAN));
        assertThrows(AssertionError.class, () -> bytes.getInt(end - 3, ByteOrder.BIG_ENDIAN));
        assertThrows(AssertionError.class, () -> bytes.getLong(end - 7, ByteOrder.BIG_ENDIAN));
    }
}
