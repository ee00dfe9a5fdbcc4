package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Once warm, a captured session goes through without a byte allocated. */
class IexAllocationTest {
    private static final int WARM_UP = 4;

    @Test
    void topsAllocatesNothing() {
        assertAllocatesNothing(IexCapture.read("iex-tops16-20170710.pcap.gz"), IexProtocol.TOPS);
    }

    @Test
    void deepAllocatesNothing() {
        assertAllocatesNothing(IexCapture.read("iex-deep10-20170425.pcap.gz"), IexProtocol.DEEP);
    }

    private static void assertAllocatesNothing(final IexCapture capture, final IexProtocol protocol) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final int[] offsets = capture.payloads().stream().mapToInt(IexCapture.Payload::offset).toArray();
        final int[] lengths = capture.payloads().stream().mapToInt(IexCapture.Payload::length).toArray();
        final IexFeedHandler[] feeds = new IexFeedHandler[WARM_UP + 1];
        final CountingListener listener = new CountingListener();
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = new IexFeedHandler(protocol, 2, 16, 1_000_000, 1_000_000, listener);
        }
        // Code is compiled anew now and then, which costs some bytes; a feed that allocates does so every time.
        long least = Long.MAX_VALUE;
        for (final IexFeedHandler feed : feeds) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < offsets.length; i++) {
                // Line A misses some datagrams, so that packets are held back and doubled on the way too.
                if (i % 5 != 0) {
                    feed.onDatagram(capture.bytes(), offsets[i], lengths[i], 0, 0);
                }
                if (i > 0) {
                    feed.onDatagram(capture.bytes(), offsets[i - 1], lengths[i - 1], 0, 1);
                }
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        final IexFeedHandler last = feeds[WARM_UP];
        assertTrue(last.counts().get(FeedCounter.HELD_BACK) > 0);
        assertTrue(last.counts().get(FeedCounter.MESSAGES) > 50_000);
        assertTrue(listener.calls > 50_000);
        assertEquals(0, least, "bytes for " + offsets.length + " datagrams on each of two lines");
    }

    private static final class CountingListener implements MarketDataListener {
        private long calls;

        @Override
        public void onLevel(
                final long instrument, final long reportSequence, final int side, final int action,
                final int position, final long price, final int quantity, final int orders) {
            calls++;
        }

        @Override
        public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
            calls++;
        }

        @Override
        public void onQuote(
                final long instrument, final long bidPrice, final int bidQuantity,
                final long askPrice, final int askQuantity) {
            calls++;
        }

        @Override
        public void onTrade(
                final long instrument, final long reportSequence, final long exchangeTime,
                final long price, final int quantity, final int aggressor) {
            calls++;
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
        }
    }
}
