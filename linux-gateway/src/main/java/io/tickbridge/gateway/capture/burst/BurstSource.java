package io.tickbridge.gateway.capture.burst;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames from a native backend, handed over where the driver stored them.
 *
 * <p>One native call a burst: it gives the burst before back to the driver and fills the frame table with the next. A
 * frame's memory is therefore good until the next poll, which is longer than {@link FrameHandler} asks for. Frames without
 * a time of their own get that of the clock, read once in such a burst.
 */
public final class BurstSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(BurstSource.class);

    private final NativeSource source;
    private final String label;
    private final String description;
    private final FrameTable table = new FrameTable();
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final EpochNanoClock clock;
    private final SourceCounts counts;
    private boolean endSaid;

    private BurstSource(final Backend backend, final NativeSource source, final EpochNanoClock clock) {
        this.source = source;
        this.label = backend.label();
        this.description = label + ": " + source.text("describe");
        this.clock = clock;
        this.counts = new SourceCounts(source.figures());
    }

    /**
     * Opens a source, on the thread that will poll it.
     *
     * @param backend  which technology
     * @param settings what to open; the keys are the backend's
     * @param clock    read in bursts whose frames have no time
     * @return the source
     * @throws CaptureException when its library is not there, or the device cannot be had; says what to do
     */
    public static BurstSource open(final Backend backend, final BurstSettings settings, final EpochNanoClock clock) {
        return open(backend, BackendLibrary.of(backend), settings, clock);
    }

    static BurstSource open(
            final Backend backend, final BackendFunctions functions, final BurstSettings settings,
            final EpochNanoClock clock) {
        final NativeSource opened = NativeSource.open(backend, functions, settings);
        final BurstSource source;
        try {
            source = new BurstSource(backend, opened, clock);
        } catch (final RuntimeException e) {
            opened.close();
            throw e;
        }
        source.notices().lines().forEach(notice -> LOG.warn("{}: {}", source.label, notice));
        return source;
    }

    /** What could not be had as configured and what was done instead, one a line; logged when the source was opened. */
    String notices() {
        return source.text("notices");
    }

    /**
     * Whether a backend could be opened here as far as its library goes.
     *
     * @param backend which
     * @throws CaptureException when its library is not there or does not load
     */
    public static void requireLibrary(final Backend backend) {
        BackendLibrary.of(backend);
    }

    /**
     * {@inheritDoc}
     *
     * @throws CaptureException when the device is gone: no frame will ever come again
     */
    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final int frames = source.poll(table.address(), Math.min(limit, FrameTable.ENTRIES));
        if (frames < 0) {
            throw new CaptureException(description + ": receives no more: " + source.text("error"), null);
        }
        // Before they are handed over: what was taken from the driver is counted even when a handler throws.
        counts.burstReceived(frames);
        if (frames > 0) {
            handOver(handler, frames);
        }
        return frames;
    }

    private void handOver(final FrameHandler handler, final int frames) {
        // In a local variable, since the compiler must take each frame's handler for one that may change any field.
        final UnsafeBuffer buffer = frame;
        final long end = table.entry(frames);
        long now = FrameTable.NO_TIME;
        for (long entry = table.entry(0); entry != end; entry += FrameTable.SIZE) {
            long time = FrameTable.time(entry);
            if (time == FrameTable.NO_TIME) {
                if (now == FrameTable.NO_TIME) {
                    now = clock.nanoTime();
                }
                time = now;
            }
            final int length = FrameTable.length(entry);
            buffer.wrap(FrameTable.address(entry), length);
            handler.onFrame(buffer, 0, length, time, FrameTable.port(entry));
        }
    }

    /**
     * Sends a frame, for what is rare. May be called by another thread than the one that polls.
     *
     * @param port   on which of the source's ports, as {@link FrameHandler} numbers them
     * @param buffer memory outside the Java heap
     * @param offset of the Ethernet header in it
     * @param length bytes, without frame check sequence
     * @throws CaptureException when the device does not take it; says why
     */
    public void send(final int port, final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("a frame to send must lie outside the Java heap");
        }
        source.send(port, buffer.addressOffset() + offset, length);
    }

    /**
     * The processor's time stamp counter, for measurements.
     *
     * @return cycles of a constant rate, since whenever
     */
    public long cycles() {
        return source.cycles();
    }

    /**
     * The ports' Ethernet addresses.
     *
     * @return {@code aa:bb:cc:dd:ee:ff}, in the order in which ports are numbered
     */
    public List<String> ethernetAddresses() {
        return source.text("mac").lines().toList();
    }

    /** {@inheritDoc} Says once in the log when nothing will come any more. */
    @Override
    public void refreshCounts() {
        source.refresh(counts);
        if (!endSaid) {
            final String end = source.text("ended");
            if (!end.isEmpty()) {
                endSaid = true;
                LOG.info("{}: {}; the gateway keeps running until it is told to stop", description, end);
            }
        }
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public TimestampSource timestampSource() {
        return source.timestampSource();
    }

    @Override
    public SourceCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        source.refresh(counts);
        source.close();
    }
}
