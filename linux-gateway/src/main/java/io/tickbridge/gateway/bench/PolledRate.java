package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * How fast a source is polled when of each frame the EtherType is read. On the calling thread.
 *
 * @param perSecond    frames a second
 * @param perCpuSecond frames a second of processor time that the thread had; other programs' share does not count
 * @param burst        frames a poll that brought any, mean
 * @param allocated    bytes allocated by the thread, a frame
 */
record PolledRate(double perSecond, double perCpuSecond, double burst, double allocated) {
    private static final int ETHERNET_TYPE = 12;
    private static final int POLLS_A_LOOK = 1 << 10;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Reads the EtherType and looks whether it is that of the frame before. To add all of them up instead would make each frame
     * wait for the one before it: the sum lies in memory, and goes there and back with each.
     */
    static final class Touch implements FrameHandler {
        private short last;
        private long changes;

        @Override
        public void onFrame(
                final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
            final short type = buffer.getShort(offset + ETHERNET_TYPE, ByteOrder.BIG_ENDIAN);
            if (type != last) {
                last = type;
                changes++;
            }
        }
    }

    /**
     * Measures.
     *
     * @param source polled by this thread
     * @param limit  most frames a poll
     * @param warmUp ns before it counts
     * @param nanos  how long
     */
    static PolledRate measure(final PacketSource source, final int limit, final long warmUp, final long nanos) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Touch touch = new Touch();
        poll(source, limit, touch, warmUp);
        final long bursts = source.counts().bursts();
        final long allocated = threads.getCurrentThreadAllocatedBytes();
        final long cpu = threads.getCurrentThreadCpuTime();
        final long start = System.nanoTime();
        final long frames = poll(source, limit, touch, nanos);
        final double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        final double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpu) / NANOS_PER_SECOND;
        final long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        if (touch.changes < 0) {
            throw new IllegalStateException("read by nobody, the compiler would leave the frames unread");
        }
        return new PolledRate(frames / seconds, frames / cpuSeconds,
                (double) frames / Math.max(1, source.counts().bursts() - bursts), (double) bytes / Math.max(1, frames));
    }

    private static long poll(
            final PacketSource source, final int limit, final Touch touch, final long nanos) {
        long frames = 0;
        for (final long start = System.nanoTime(); System.nanoTime() - start < nanos;) {
            for (int i = 0; i < POLLS_A_LOOK; i++) {
                frames += source.poll(touch, limit);
            }
        }
        return frames;
    }
}
