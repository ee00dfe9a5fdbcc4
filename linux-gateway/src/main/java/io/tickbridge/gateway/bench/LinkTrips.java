package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Signals out through a link server, one at a time, and the add-on's reports back into this, its journal. One thread. */
final class LinkTrips implements LinkJournal {
    /** However few round trips a busy machine lets pass, a measurement ends after so long. */
    private static final long MOST_TIME = TimeUnit.SECONDS.toNanos(2);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final EpochNanoClock clock;
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalEncoder.BLOCK_LENGTH]);
    private final SignalEncoder signal = new SignalEncoder().wrap(body, 0);
    private final Histogram trips = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final Histogram writes = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long allocated;
    private long reports;
    private long arrived;

    LinkTrips(final EpochNanoClock clock) {
        this.clock = clock;
        signal.instrument(7).rule(1).venue(Venue.CME).side(Side.BUY).bidPrice(1).askPrice(2);
    }

    /** Waits until the add-on is logged on. */
    void await(final LinkServer server, final BooleanSupplier condition) throws IOException {
        final long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            server.doWork();
            if (System.nanoTime() - begun > PATIENCE) {
                throw new IOException("the add-on did not log on");
            }
        }
    }

    /** Makes round trips and forgets what the ones before took. */
    void make(final LinkServer server, final int count) throws IOException {
        trips.reset();
        writes.reset();
        final long end = System.nanoTime() + MOST_TIME;
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count && System.nanoTime() < end; i++) {
            final long wanted = reports + 1;
            signal.number(wanted);
            final long begun = System.nanoTime();
            server.onSignal(body, 0, clock.nanoTime());
            server.doWork();
            final long written = System.nanoTime();
            while (reports < wanted) {
                server.doWork();
                if (System.nanoTime() - begun > PATIENCE) {
                    throw new IOException("the add-on stopped reporting");
                }
            }
            trips.recordValue(arrived - begun);
            writes.recordValue(written - begun);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** From the signal handed to the link until the report was handed to the journal, ns. */
    Histogram trips() {
        return trips;
    }

    /** What writing it took of the thread, ns. */
    Histogram writes() {
        return writes;
    }

    /** What the thread allocated on the heap for each round trip, bytes: a signal written, and a report with its answer. */
    double allocatedEach() {
        return (double) allocated / trips.getTotalCount();
    }

    /** Nothing is written, so that the disk is not measured. */
    @Override
    public boolean report(final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
        arrived = System.nanoTime();
        reports++;
        return true;
    }

    @Override
    public void event(
            final long connection, final long events, final String kind, final String name, final String address,
            final String text, final long time) {
        // Who logs on is known here.
    }

    @Override
    public long position() {
        return reports;
    }

    @Override
    public long writtenPosition() {
        return reports;
    }

    @Override
    public boolean isKept() {
        return true;
    }
}
