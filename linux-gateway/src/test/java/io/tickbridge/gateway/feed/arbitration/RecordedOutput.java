package io.tickbridge.gateway.feed.arbitration;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Writes down what an arbiter says; a packet's content is its sequence number, so a mixed-up copy is seen. */
final class RecordedOutput implements ArbitratedPackets {
    final List<String> calls = new ArrayList<>();
    /** Every unit handed over, in order. */
    final List<Long> units = new ArrayList<>();
    final List<long[]> gaps = new ArrayList<>();

    @Override
    public void onStart(final long sequence) {
        calls.add("start " + sequence);
    }

    @Override
    public void onRestart(final long expected, final long sequence) {
        calls.add("restart " + expected + "->" + sequence);
    }

    @Override
    public void onPacket(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
        final long written = buffer.getLong(offset);
        final int count = buffer.getInt(offset + 8);
        if (written != sequence || buffer.getInt(offset + length - 4) != ~count) {
            throw new AssertionError("packet " + sequence + " holds the content of " + written);
        }
        calls.add("packet " + sequence + (skipUnits == 0 ? "" : " skip " + skipUnits) + " @" + receiveTime + (late ? " late" : ""));
        for (int unit = skipUnits; unit < count; unit++) {
            units.add(sequence + unit);
        }
    }

    @Override
    public void onGap(final long from, final long to) {
        calls.add("gap " + from + ".." + to);
        gaps.add(new long[] {from, to});
    }
}
