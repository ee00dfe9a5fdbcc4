package io.tickbridge.gateway.bench.wire;

import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.util.List;

/** Sends smallest frames as fast as it can, on a core of its own, until closed. */
public final class Flood implements AutoCloseable {
    private static final long TURN = 50_000_000; // ns after which it looks whether it is to stop

    private final FrameSender sender;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile RuntimeException failure;

    private Flood(final FrameSender sender, final int core) {
        this.sender = sender;
        this.thread = new Thread(() -> {
            try {
                new Cores(SystemTree.MACHINE).pin(List.of(core));
                while (!stopped) {
                    sender.send(Load.flood(TestFrame.SMALLEST, TURN), 0);
                }
            } catch (final RuntimeException e) {
                failure = e;
            }
        }, "bench-flood");
        thread.setDaemon(true);
    }

    /**
     * Starts sending.
     *
     * @param networkInterface where
     * @param core             from which core
     * @return to be closed by whoever started it
     * @throws IOException when the interface cannot be asked
     */
    public static Flood start(final String networkInterface, final int core) throws IOException {
        final Flood flood = new Flood(FrameSender.open(networkInterface), core);
        flood.thread.start();
        return flood;
    }

    /**
     * Whether it has been sending all along.
     *
     * @throws IllegalStateException when sending failed meanwhile
     */
    public void requireUndisturbed() {
        if (failure != null) {
            throw new IllegalStateException("sending failed: " + failure.getMessage(), failure);
        }
    }

    /** Stops, and returns when the last frame is sent. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
