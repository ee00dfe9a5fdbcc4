package io.tickbridge.gateway.bench.wire;

import org.agrona.concurrent.UnsafeBuffer;

/** Test frames as tests want them. */
public final class TestFrames {
    private TestFrames() {
    }

    /** A whole frame in an array. */
    public static UnsafeBuffer frame(final int size, final int trial, final int number, final long scheduled) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[size - TestFrame.CHECK_SEQUENCE]);
        TestFrame.write(frame, 0, size, 0x0242_ac11_0002L);
        TestFrame.mark(frame, 0, trial, number, scheduled);
        return frame;
    }
}
