package io.tickbridge.gateway.doctor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import jnr.ffi.LibraryLoader;

/** Reads the kernel's clock state; changes nothing and needs no right (adjtimex(2), include/uapi/linux/timex.h, 64 bits). */
final class AdjtimexCall {
    private static final int SIZE = 208; // sizeof(struct timex) on 64 bits
    private static final int LARGEST_ERROR = 24; // offset of maxerror
    private static final int STATUS = 40;
    private static final int UNSYNCHRONISED = 0x40; // STA_UNSYNC

    /** As the C library declares it. */
    public interface Calls {
        /** adjtimex(2); with no mode set it only reads. */
        int adjtimex(ByteBuffer timex);
    }

    private AdjtimexCall() {
    }

    static Optional<KernelClock.State> ask() {
        final ByteBuffer timex = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
        final int result = LibraryLoader.create(Calls.class).load("c").adjtimex(timex);
        return result < 0 ? Optional.empty() : Optional.of(new KernelClock.State(
                (timex.getInt(STATUS) & UNSYNCHRONISED) == 0, timex.getLong(LARGEST_ERROR)));
    }
}
