package io.tickbridge.gateway.capture.udp;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.tickbridge.gateway.capture.CaptureException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The event loop and its channels. Belongs to the thread that opened it, which must also turn and close it. */
final class ReceiveLoop implements AutoCloseable {
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final DatagramTransport transport;
    private final ManualIoEventLoop loop;
    private final List<GroupChannel> channels = new ArrayList<>();
    private GroupChannel[] groups = new GroupChannel[0];
    private int smallestReceiveBuffer = Integer.MAX_VALUE;

    private ReceiveLoop(final DatagramTransport transport) {
        this.transport = transport;
        this.loop = new ManualIoEventLoop(Thread.currentThread(), transport.handlerFactory());
    }

    /**
     * Joins every group.
     *
     * @param receiveBuffer socket receive buffer asked for, bytes; 0 leaves the system's default
     * @throws CaptureException when one cannot be joined; nothing stays open then
     */
    static ReceiveLoop open(
            final DatagramTransport transport,
            final List<Subscription> subscriptions,
            final int receiveBuffer,
            final Function<Subscription, DatagramReceiver> receivers) {
        final ReceiveLoop opened;
        try {
            opened = new ReceiveLoop(transport);
        } catch (final RuntimeException e) {
            throw new CaptureException("cannot start " + transport.label() + ": " + e.getMessage(), e);
        }
        try {
            for (final Subscription subscription : subscriptions) {
                opened.join(subscription, receiveBuffer, receivers.apply(subscription));
            }
            opened.groups = opened.channels.toArray(GroupChannel[]::new);
            return opened;
        } catch (final RuntimeException e) {
            try {
                opened.close();
            } catch (final RuntimeException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    private void join(final Subscription subscription, final int receiveBuffer, final DatagramReceiver receiver) {
        try {
            final GroupChannel group = new GroupChannel(subscription, transport, receiver);
            channels.add(group);
            if (receiveBuffer > 0) {
                smallestReceiveBuffer = Math.min(smallestReceiveBuffer, group.receiveBuffer(receiveBuffer));
            }
            // Through the interface, where registering a channel is not deprecated.
            complete(((EventLoopGroup) loop).register(group.channel()));
            complete(group.join());
        } catch (final RuntimeException e) {
            throw new CaptureException("cannot join " + subscription + " (" + transport.label() + "): "
                    + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    /** What the kernel granted the socket that it granted least, bytes; very large when nothing was asked for. */
    int smallestReceiveBuffer() {
        return smallestReceiveBuffer;
    }

    /** Reads what is there, at most one batch a channel. */
    void turn() {
        for (final GroupChannel group : groups) {
            group.readIfIdle();
        }
        loop.runNow();
    }

    boolean isOwnedByCaller() {
        return loop.inEventLoop();
    }

    /** Leaves every group. */
    @Override
    public void close() {
        for (final GroupChannel group : channels) {
            complete(group.channel().close());
            group.release();
        }
        complete(loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS));
    }

    private void complete(final Future<?> future) {
        final long start = System.nanoTime();
        while (!future.isDone()) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new CaptureException(transport.label() + " did not answer for 10 s", null);
            }
            loop.run(TURN);
        }
        if (!future.isSuccess()) {
            throw new CaptureException(String.valueOf(future.cause().getMessage()), future.cause());
        }
    }
}
