package io.tickbridge.gateway.capture.burst;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The table that a backend writes a burst into: {@code struct tb_frame}s outside the Java heap, native byte order. Read
 * without checks: the index is within the burst that the backend announced.
 */
final class FrameTable {
    /** The most that one poll can bring: what `receive.burst` allows. */
    static final int ENTRIES = 4096;
    /** Bytes of an entry. */
    static final int SIZE = 24;
    /** TB_NO_TIME. */
    static final long NO_TIME = 0;

    private static final int TIME = 8;
    private static final int LENGTH = 16;
    private static final int PORT = 20;
    private static final int CACHE_LINE = 64;
    private static final int PORT_MASK = 0xffff;

    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(ENTRIES * SIZE, CACHE_LINE);
    private final long address = BufferUtil.address(memory);

    long address() {
        return address;
    }

    long entry(final int index) {
        return address + (long) index * SIZE;
    }

    static long address(final long entry) {
        return UnsafeApi.getLong(entry);
    }

    static long time(final long entry) {
        return UnsafeApi.getLong(entry + TIME);
    }

    static int length(final long entry) {
        return UnsafeApi.getInt(entry + LENGTH);
    }

    static int port(final long entry) {
        return UnsafeApi.getShort(entry + PORT) & PORT_MASK;
    }
}
