package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Sends a capture by tcpreplay as fast as it goes, a portion at a time, each when the last has arrived: rings of any
 * source hold a portion, so that nothing is lost however late a busy machine lets the receiver have its turn.
 */
final class PortionedReplay {
    /** What the kernel queues for each processor (net.core.netdev_max_backlog, its default). */
    static final int PORTION = 500;
    private static final long LIMIT = 60; // seconds: tcpreplay ends as soon as it is told that there is no more

    // draft-ietf-opsawg-pcap: file header; record header of seconds, fraction, captured length, original length.
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;

    private PortionedReplay() {
    }

    /**
     * Sends into a namespace's wire.
     *
     * @param pcap    the file, as tcprewrite writes it: classic pcap in this machine's byte order
     * @param packets how many from its beginning
     * @param portion how many at once
     * @param arrived returns when so many packets have arrived
     */
    static void send(final NetworkNamespace namespace, final Path pcap, final int packets, final int portion,
            final IntConsumer arrived) throws IOException, InterruptedException {
        send(namespace, NetworkNamespace.WIRE, pcap, packets, portion, arrived);
    }

    /** Sends into any interface of a namespace. */
    static void send(final NetworkNamespace namespace, final String into, final Path pcap, final int packets,
            final int portion, final IntConsumer arrived) throws IOException, InterruptedException {
        final Path said = Files.createTempFile("tcpreplay", ".txt");
        final Process process = new ProcessBuilder(namespace.inside(
                List.of("tcpreplay", "--intf1=" + into, "--topspeed", "-")))
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            write(pcap, packets, portion, process, arrived);
            assertTrue(process.waitFor(LIMIT, TimeUnit.SECONDS), "tcpreplay does not end");
            assertEquals(0, process.exitValue(), () -> "tcpreplay: " + read(said));
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }

    /** Sends at most {@link #PORTION} at once into the wire, each portion when the kernel itself has had the last. */
    static void sendToTheKernel(final NetworkNamespace namespace, final Path pcap, final int packets)
            throws IOException, InterruptedException {
        final long before = namespace.packetsOfTheKernel();
        send(namespace, pcap, packets, PORTION, sent -> awaitInTheKernel(namespace, before + sent));
    }

    static void awaitInTheKernel(final NetworkNamespace namespace, final long packets) {
        Await.until("packets of the kernel", () -> namespace.packetsOfTheKernel() >= packets,
                () -> namespace.packetsOfTheKernel() + " instead of " + packets + ", dropped by the wire " + namespace.droppedByTheWire());
    }

    private static void write(final Path pcap, final int packets, final int most, final Process process,
            final IntConsumer arrived) throws IOException {
        try (OutputStream input = process.getOutputStream(); FileChannel channel = FileChannel.open(pcap)) {
            final ByteBuffer file = channel.map(MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.nativeOrder());
            int start = 0;
            int end = FILE_HEADER;
            for (int sent = 0; sent < packets;) {
                for (final int portion = Math.min(packets, sent + most); sent < portion; sent++) {
                    end += RECORD_HEADER + file.getInt(end + CAPTURED_LENGTH);
                }
                final byte[] bytes = new byte[end - start];
                file.get(start, bytes);
                input.write(bytes);
                input.flush();
                start = end;
                arrived.accept(sent);
            }
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
