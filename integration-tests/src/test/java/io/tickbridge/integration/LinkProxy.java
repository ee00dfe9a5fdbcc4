package io.tickbridge.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between add-ons and the gateway's link and does what networks do: delays, stalls, cuts and resets connections,
 * and lets one end live on without the other. What it does not disturb it passes on byte for byte.
 */
final class LinkProxy implements AutoCloseable {
    private static final int CHUNK = 16_384;
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final int gateway;
    private final List<Wire> wires = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean refuses;
    private volatile boolean held;
    private volatile long delay;
    private long cutToAddOn = NEVER;
    private long cutToGateway = NEVER;
    private long cuts;
    private volatile Chance chance = () -> 0;

    /** A stall before each piece that is passed on. */
    @FunctionalInterface
    interface Chance {
        /** ns; asked from several threads. */
        long stall();
    }

    /** A proxy for the gateway that listens there. */
    LinkProxy(final int gateway) throws IOException {
        this.gateway = gateway;
        listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that it took. */
    long accepted() {
        return accepted.get();
    }

    /** Each piece waits so long, in both directions; ns. */
    void delay(final long nanos) {
        delay = nanos;
    }

    void disturb(final Chance stalls) {
        chance = stalls;
    }

    /** Nothing passes until {@link #release}; connections stand. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    /** New connections end at once, or are passed on again. */
    void refuse(final boolean refuse) {
        refuses = refuse;
    }

    /**
     * Ends every connection with a reset on both sides. The next one is cut once so many bytes have passed; where it ends before,
     * the one after it, until one was.
     */
    void cutNextAfterBytesToAddOn(final long bytes) {
        cutNext(bytes, NEVER);
    }

    /** The same in the other direction. */
    void cutNextAfterBytesToGateway(final long bytes) {
        cutNext(NEVER, bytes);
    }

    private void cutNext(final long bytesToAddOn, final long bytesToGateway) {
        final List<Wire> before;
        // In one piece: a connection has the limit, or is one of those that are reset here.
        synchronized (wires) {
            cutToAddOn = bytesToAddOn;
            cutToGateway = bytesToGateway;
            before = List.copyOf(wires);
        }
        before.forEach(wire -> wire.end(true));
    }

    /** Connections that were cut because so many bytes had passed. */
    long cuts() {
        synchronized (wires) {
            return cuts;
        }
    }

    private void countCut() {
        synchronized (wires) {
            cuts++;
            cutToAddOn = NEVER;
            cutToGateway = NEVER;
        }
    }

    /** Ends every connection in order. */
    void cut() {
        standing().forEach(wire -> wire.end(false));
    }

    /** Ends every connection with a reset on both sides. */
    void reset() {
        standing().forEach(wire -> wire.end(true));
    }

    /** The add-ons' side of every connection vanishes; the gateway is not told. */
    void forgetAddOns() {
        standing().forEach(Wire::forgetAddOn);
    }

    /** What the last connection brought so far. */
    byte[] lastToGateway() {
        final List<Wire> all = standing();
        synchronized (all.get(all.size() - 1).toGateway) {
            return all.get(all.size() - 1).toGateway.toByteArray();
        }
    }

    /** Bytes that the last connection was brought so far. */
    long lastCountToAddOn() {
        final List<Wire> all = standing();
        return all.get(all.size() - 1).countToAddOn;
    }

    private List<Wire> standing() {
        synchronized (wires) {
            return List.copyOf(wires);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket addOn = listener.accept();
                if (refuses) {
                    accepted.incrementAndGet();
                    addOn.close();
                    continue;
                }
                final Socket server = connect(addOn);
                final Wire wire;
                // In one piece: whoever sees it counted can end it, and it has one limit or the other, never neither.
                synchronized (wires) {
                    wire = new Wire(addOn, server);
                    wires.add(wire);
                    accepted.incrementAndGet();
                }
                wire.start();
            } catch (final IOException e) {
                // The gateway is gone, or this proxy is closed: the add-on sees a connection that ends.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private Socket connect(final Socket addOn) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), gateway);
        } catch (final IOException e) {
            accepted.incrementAndGet();
            addOn.close();
            throw e;
        }
    }

    private static void start(final String name, final Runnable work) {
        final Thread thread = new Thread(work, "link-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        held = false;
        cut();
    }

    /** One connection. */
    private final class Wire {
        private final Socket addOn;
        private final Socket server;
        private final long mostToAddOn = cutToAddOn;
        private final long mostToGateway = cutToGateway;
        private final ByteArrayOutputStream toGateway = new ByteArrayOutputStream();
        private volatile long countToAddOn;
        private volatile boolean isHalf;
        private volatile boolean isEnded;

        Wire(final Socket addOn, final Socket server) throws IOException {
            this.addOn = addOn;
            this.server = server;
            addOn.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void start() {
            LinkProxy.start("to-add-on", () -> pass(server, addOn, mostToAddOn));
            LinkProxy.start("to-gateway", () -> pass(addOn, server, mostToGateway));
        }

        private void pass(final Socket from, final Socket to, final long most) {
            final byte[] bytes = new byte[CHUNK];
            long passed = 0;
            try {
                while (passed < most) {
                    final int count = from.getInputStream().read(bytes, 0, (int) Math.min(CHUNK, most - passed));
                    if (count < 0) {
                        break;
                    }
                    await();
                    if (isHalf) {
                        continue;
                    }
                    if (from == addOn) {
                        synchronized (toGateway) {
                            toGateway.write(bytes, 0, count);
                        }
                    }
                    to.getOutputStream().write(bytes, 0, count);
                    passed += count;
                    if (from == server) {
                        countToAddOn = passed;
                    }
                }
            } catch (final IOException e) {
                // One end closed; the other is told below.
            }
            if (!isHalf) {
                if (passed == most && !isEnded) {
                    countCut();
                }
                end(false);
            }
        }

        private void await() {
            final long wait = delay + chance.stall();
            final long until = System.nanoTime() + wait;
            while (held || wait > 0 && System.nanoTime() < until) {
                LockSupport.parkNanos(held ? TimeUnit.MILLISECONDS.toNanos(1) : Math.max(1, until - System.nanoTime()));
            }
        }

        void end(final boolean reset) {
            isEnded = true;
            close(addOn, reset);
            close(server, reset);
            synchronized (wires) {
                wires.remove(this);
            }
        }

        void forgetAddOn() {
            isHalf = true;
            close(addOn, true);
        }

        private void close(final Socket socket, final boolean reset) {
            try {
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (final IOException e) {
                // Closed already.
            }
        }
    }
}
