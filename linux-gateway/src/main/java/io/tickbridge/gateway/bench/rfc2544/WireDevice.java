package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.FrameSender;
import io.tickbridge.gateway.bench.wire.Load;
import io.tickbridge.gateway.bench.wire.Sent;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A packet source, polled by the thread that calls, at one end of a wire, and a sender at the other. */
public final class WireDevice implements Device, AutoCloseable {
    private static final int BURST = 64; // as the gateway's own default
    private static final int LARGEST_TRIAL = 1 << 27; // frames; their marks take 16 MiB

    private final PacketSource source;
    private final FrameSender sender;
    private final long settle;
    private final TrialReceiver receiver = new TrialReceiver();
    private final ExecutorService thread;
    private int trials;

    /**
     * A device.
     *
     * @param source     opened by the calling thread, and closed by whoever opened it
     * @param sender     at the other end; closed by whoever opened it
     * @param senderCore where to send from
     * @param settle     ns without a frame after which those missing are lost
     */
    public WireDevice(final PacketSource source, final FrameSender sender, final int senderCore, final long settle) {
        this.source = source;
        this.sender = sender;
        this.settle = settle;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            final Thread made = new Thread(() -> {
                new Cores(SystemTree.MACHINE).pin(List.of(senderCore));
                task.run();
            }, "bench-sender");
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public Trial run(final Load load) {
        final int number = ++trials;
        final Load bounded = new Load(
                load.frameSize(), load.framesPerSecond(), Math.min(load.frames(), LARGEST_TRIAL), load.longest());
        quiet();
        // A flood is as long as it happens to become, so that there must be room for the most that any sender sends.
        receiver.begin(number, bounded.frames());
        final Future<Sent> sending = thread.submit(() -> sender.send(bounded, number));
        while (!sending.isDone()) {
            source.poll(receiver, BURST);
        }
        final Sent sent = result(sending);
        long last = System.nanoTime();
        while (receiver.received() < sent.frames() && System.nanoTime() - last < settle) {
            final int before = receiver.received();
            source.poll(receiver, BURST);
            if (receiver.received() > before) {
                last = System.nanoTime();
            }
        }
        return new Trial(bounded, sent, receiver.arrivals());
    }

    /** Lets go by what is still on its way. */
    private void quiet() {
        final long rest = settle / 10;
        for (long last = System.nanoTime(); System.nanoTime() - last < rest;) {
            if (source.poll(receiver, BURST) > 0) {
                last = System.nanoTime();
            }
        }
    }

    private static Sent result(final Future<Sent> sending) {
        try {
            return sending.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Frames that arrived after their trial was over.
     *
     * @return how many, since the beginning; above 0 the settling time is too short
     */
    public long strays() {
        return receiver.strays();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
