package io.tickbridge.gateway.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends test frames on an interface through a packet socket that goes around queueing disciplines.
 *
 * <p>Open loop: every frame has a time, and a frame whose time is past is sent at once, whatever became of those before.
 * The scheduled time travels in the frame, so that a receiver which measures from it sees what a sender's stall hid
 * (coordinated omission). Spins on the calling thread; one thread at a time.
 */
public final class FrameSender implements AutoCloseable {
    /** Frames of one call, at most: enough to make the call's own cost vanish. */
    private static final int BATCH = 64;

    // linux/socket.h, linux/if_packet.h, linux/if_ether.h
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_QDISC_BYPASS = 20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int ADDRESS_LENGTH = 20; // struct sockaddr_ll
    private static final int ADDRESS_INTERFACE = 4;
    // struct mmsghdr, struct iovec of 64-bit machines
    private static final int MESSAGE = 64;
    private static final int MESSAGE_VECTOR = 16;
    private static final int MESSAGE_VECTOR_LENGTH = 24;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 8;
    // asm-generic/errno-base.h, errno.h
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;
    private static final int INTERFACE_UP = 1; // linux/if.h, IFF_UP
    private static final int HEXADECIMAL = 16;

    private static final int SLOT = 2048; // a frame and the next, apart by whole cache lines
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_LATENESS = 3_600_000_000_000L;

    private final String networkInterface;
    private final long mac;
    private final int socket;
    private final UnsafeBuffer frames = memory(BATCH * SLOT);
    private final UnsafeBuffer vectors = memory(BATCH * VECTOR);
    private final UnsafeBuffer messages = memory(BATCH * MESSAGE);

    private FrameSender(final String networkInterface, final int index, final long mac) {
        this.networkInterface = networkInterface;
        this.mac = mac;
        this.socket = CLibrary.C.socket(AF_PACKET, SOCK_RAW, 0);
        if (socket < 0) {
            throw new IllegalStateException("no packet socket for " + networkInterface + ": " + CLibrary.reason()
                    + "; sending frames takes root or CAP_NET_RAW");
        }
        final UnsafeBuffer address = memory(ADDRESS_LENGTH);
        address.putShort(0, (short) AF_PACKET);
        address.putInt(ADDRESS_INTERFACE, index);
        if (CLibrary.C.bind(socket, address.addressOffset(), ADDRESS_LENGTH) < 0) {
            throw failed("cannot bind a packet socket");
        }
        final UnsafeBuffer on = memory(Integer.BYTES);
        on.putInt(0, 1);
        if (CLibrary.C.setsockopt(socket, SOL_PACKET, PACKET_QDISC_BYPASS, on.addressOffset(), Integer.BYTES) < 0) {
            throw failed("cannot go around queueing disciplines");
        }
        for (int i = 0; i < BATCH; i++) {
            vectors.putLong(i * VECTOR, frames.addressOffset() + i * SLOT);
            messages.putLong(i * MESSAGE + MESSAGE_VECTOR, vectors.addressOffset() + i * VECTOR);
            messages.putLong(i * MESSAGE + MESSAGE_VECTOR_LENGTH, 1);
        }
    }

    /**
     * Opens a sender.
     *
     * @param networkInterface name of the interface
     * @return the sender
     * @throws IllegalArgumentException when there is no such interface, or it is down
     * @throws IllegalStateException    when the right to send frames is missing
     * @throws IOException              when the interface cannot be asked
     */
    public static FrameSender open(final String networkInterface) throws IOException {
        // Java knows only interfaces that have an IP address, which a sender of frames does without.
        final Path entry = Path.of("/sys/class/net").resolve(networkInterface);
        if (networkInterface.isEmpty() || networkInterface.contains("/") || !Files.isDirectory(entry)) {
            throw new IllegalArgumentException("interface " + networkInterface + " does not exist; see `ip link`");
        }
        if ((Integer.decode(read(entry, "flags")) & INTERFACE_UP) == 0) {
            throw new IllegalArgumentException(
                    "interface " + networkInterface + " is down; ip link set " + networkInterface + " up");
        }
        final long mac = Long.parseLong(read(entry, "address").replace(":", ""), HEXADECIMAL);
        return new FrameSender(networkInterface, Integer.parseInt(read(entry, "ifindex")), mac);
    }

    private static String read(final Path entry, final String name) throws IOException {
        return Files.readString(entry.resolve(name)).strip();
    }

    /**
     * Sends, and returns when all is sent.
     *
     * @param load  what, and how fast
     * @param trial number that the frames carry
     * @return what was done
     */
    public Sent send(final Load load, final int trial) {
        for (int i = 0; i < BATCH; i++) {
            TestFrame.write(frames, i * SLOT, load.frameSize(), mac);
            vectors.putLong(i * VECTOR + VECTOR_LENGTH, load.frameSize() - TestFrame.CHECK_SEQUENCE);
        }
        final Histogram lateness = new Histogram(LONGEST_LATENESS, 3);
        final boolean paced = load.framesPerSecond() != Load.UNPACED;
        final double nanosPerFrame = paced ? NANOS_PER_SECOND / load.framesPerSecond() : 0;
        long retries = 0;
        int sent = 0;
        final long start = System.nanoTime();
        while (sent < load.frames()) {
            final long now = System.nanoTime();
            if (now - start > load.longest()) {
                break;
            }
            // Frame number n is due at n times the pause, so at least as many as pauses have passed, and one.
            final long due = paced ? (long) ((now - start) / nanosPerFrame) + 1 : Long.MAX_VALUE;
            final int count = (int) Math.min(Math.min(due, load.frames()) - sent, BATCH);
            if (count <= 0) {
                Thread.onSpinWait();
                continue;
            }
            for (int i = 0; i < count; i++) {
                final long scheduled = paced ? start + (long) ((sent + i) * nanosPerFrame) : now;
                TestFrame.mark(frames, i * SLOT, trial, sent + i, scheduled);
                lateness.recordValue(Math.max(0, now - scheduled));
            }
            retries += transmit(count);
            sent += count;
        }
        return new Sent(sent, System.nanoTime() - start, lateness, retries);
    }

    private long transmit(final int count) {
        long retries = 0;
        for (int done = 0; done < count;) {
            final int accepted = CLibrary.C.sendmmsg(
                    socket, messages.addressOffset() + (long) done * MESSAGE, count - done, MSG_DONTWAIT);
            if (accepted > 0) {
                done += accepted;
            } else {
                final int error = CLibrary.error();
                if (error != EAGAIN && error != ENOBUFS && error != EINTR) {
                    throw new IllegalStateException("cannot send on " + networkInterface + ": " + CLibrary.C.strerror(error));
                }
                retries++;
            }
        }
        return retries;
    }

    private IllegalStateException failed(final String what) {
        final String reason = CLibrary.reason();
        CLibrary.C.close(socket);
        return new IllegalStateException(what + " on " + networkInterface + ": " + reason);
    }

    private static UnsafeBuffer memory(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
    }

    @Override
    public void close() {
        CLibrary.C.close(socket);
    }
}
