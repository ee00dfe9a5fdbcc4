package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Once warm, the feed allocates nothing: neither in order, nor late, nor across gaps. */
class SteadyStateTest {
    private static final int PACKETS_A_LINE = 5_000;
    private static final int LOSE_EVERY = 97;
    private static final int SWAP_EVERY = 13;

    @Test
    void nothingIsAllocatedAPacket() {
        final CapturedDatagrams capture = CapturedDatagrams.open();
        final List<CapturedDatagrams.Datagram> all = capture.all();
        final int[] offsets = all.stream().mapToInt(CapturedDatagrams.Datagram::offset).toArray();
        final int[] lengths = all.stream().mapToInt(CapturedDatagrams.Datagram::length).toArray();
        final Digest digest = new Digest();
        final CmeFeedHandler feed = new CmeFeedHandler(2, 8, 10_000_000, 10_000_000, digest);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();

        for (int pass = 0; pass < 20; pass++) {
            play(feed, capture.buffer(), offsets, lengths);
        }
        final long packets = feed.counts().get(FeedCounter.PACKETS);
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int pass = 0; pass < 10; pass++) {
            play(feed, capture.buffer(), offsets, lengths);
        }
        final long allocated = threads.getThreadAllocatedBytes(thread) - before;

        // The bean itself may allocate a little for the answer: far less than a byte a packet.
        assertTrue(allocated < 1_000, allocated + " bytes in 100,000 datagrams");
        assertTrue(feed.counts().get(FeedCounter.PACKETS) - packets > 40_000);
        assertTrue(feed.counts().get(FeedCounter.HELD_BACK) > 1_000);
        assertTrue(feed.counts().get(FeedCounter.GAPS) > 1_000);
        assertEquals(0, feed.counts().get(FeedCounter.MALFORMED));
        assertTrue(digest.calls > 100_000);
    }

    /** The capture once, some packets lost on both lines, some swapped; then renumbered to go on where it ended. */
    private static void play(
            final CmeFeedHandler feed, final UnsafeBuffer buffer, final int[] offsets, final int[] lengths) {
        for (int i = 0; i < offsets.length; i++) {
            final int swapped = i % SWAP_EVERY == 0 && i + 1 < offsets.length ? i + 1
                    : i % SWAP_EVERY == 1 ? i - 1 : i;
            if (PacketHeader.sequence(buffer, offsets[swapped]) % LOSE_EVERY != 0) {
                feed.onDatagram(buffer, offsets[swapped], lengths[swapped], i, 0);
            }
        }
        for (final int offset : offsets) {
            final int sequence = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(offset, sequence + PACKETS_A_LINE, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static final class Digest implements MarketDataListener {
        private long calls;
        private long sum;

        @Override
        public void onLevel(
                final long instrument, final long reportSequence, final int side, final int action,
                final int position, final long price, final int quantity, final int orders) {
            calls++;
            sum += price + quantity;
        }

        @Override
        public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
            calls++;
        }

        @Override
        public void onQuote(final long instrument, final long bid, final int bidSize, final long ask, final int size) {
            calls++;
        }

        @Override
        public void onTrade(
                final long instrument, final long reportSequence, final long exchangeTime, final long price,
                final int quantity, final int aggressor) {
            calls++;
            sum += price;
        }

        @Override
        public void onOtherUpdate(final long instrument, final long reportSequence) {
            calls++;
        }

        @Override
        public void onTradingStatus(final long instrument, final int status) {
            calls++;
        }

        @Override
        public void onGroupTradingStatus(final long group, final int status) {
            calls++;
        }

        @Override
        public void onBookReset(final long instrument) {
            calls++;
        }

        @Override
        public void onFeedReset() {
            calls++;
        }

        @Override
        public void onSequenceGap(final long fromSequence, final long toSequence) {
            calls++;
        }

        @Override
        public void onSequenceRestart() {
            calls++;
        }

        @Override
        public void onEventEnd(final long exchangeTime) {
            calls++;
            sum ^= exchangeTime;
        }
    }
}
