package io.tickbridge.gateway.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/** The yardstick: records of the same length appended to the same kind of Chronicle queue by the calling thread, with no ring or checksum. */
final class RawQueue implements AppendTarget {
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Bytes<?> frame;
    private long written;

    RawQueue(final Path directory, final long blockBytes, final byte[] content) {
        queue = SingleChronicleQueueBuilder.binary(directory).rollCycle(LargeRollCycles.LARGE_DAILY).blockSize(blockBytes).build();
        appender = queue.createAppender();
        frame = Bytes.allocateElasticDirect(content.length);
        frame.write(content);
    }

    @Override
    public void append(final long number) {
        appender.writeBytes(frame);
        written++;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public long appenderCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        queue.close();
        frame.releaseLast();
    }
}
