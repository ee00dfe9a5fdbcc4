package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalException;
import io.tickbridge.gateway.journal.RunStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journalled datagrams come out of a real socket again, to the groups and ports they came from. */
class MulticastReplayTest {
    private static final int FRAMES = 200;
    private static final int HEADERS = 14 + 20 + 8;
    private static final String GROUP = "239.77.31.5";

    @TempDir
    private Path directory;
    private final byte[][] payloads = new byte[FRAMES][];
    private DatagramChannel receiver;
    private int port;

    @BeforeEach
    void record() throws IOException {
        receiver = DatagramChannel.open(StandardProtocolFamily.INET).setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20).bind(new InetSocketAddress(0));
        receiver.join(InetAddress.getByName(GROUP), NetworkInterface.getByName("lo"));
        port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
        final Random random = new Random(3);
        try (Journal journal = Journal.open(new JournalConfig(true, directory, 1 << 20, 8 << 20),
                RunStarted.of("x", "1", "none", 0), true)) {
            for (int i = 0; i < FRAMES; i++) {
                payloads[i] = new byte[1 + random.nextInt(300)];
                random.nextBytes(payloads[i]);
                final byte[] frame = frame(GROUP, payloads[i]);
                journal.recorder().onFrame(new UnsafeBuffer(frame), 0, frame.length, 1_000_000 + i, 0);
            }
            final byte[] unicast = frame("10.0.0.1", payloads[0]);
            journal.recorder().onFrame(new UnsafeBuffer(unicast), 0, unicast.length, 2_000_000, 1);
        }
    }

    private byte[] frame(final String destination, final byte[] payload) throws IOException {
        final ByteBuffer frame = ByteBuffer.allocate(HEADERS + payload.length);
        frame.position(12).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + payload.length)).putInt(0).put((byte) 8).put((byte) 17).putShort((short) 0)
                .putInt(0x0a000002).put(InetAddress.getByName(destination).getAddress());
        frame.putShort((short) 5000).putShort((short) port).putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        return frame.array();
    }

    @Test
    void everyDatagramComesOutAsItWentIn() throws IOException {
        final MulticastReplay.Result result = MulticastReplay.run(directory, "lo", 0, RecordRange.ALL, Pace.fastest());
        assertEquals(new MulticastReplay.Result(FRAMES, 1), result);
        final ByteBuffer in = ByteBuffer.allocate(2000);
        for (int i = 0; i < FRAMES; i++) {
            receiver.receive(in.clear());
            assertArrayEquals(payloads[i], Arrays.copyOf(in.array(), in.position()), "datagram " + i);
        }
        receiver.close();
    }

    @Test
    void aPartIsSentAlone() throws IOException {
        final RecordRange range = new RecordRange(0, Long.MAX_VALUE, 1_000_010, 1_000_014);
        assertEquals(new MulticastReplay.Result(5, 0), MulticastReplay.run(directory, "lo", 0, range, Pace.fastest()));
        final ByteBuffer in = ByteBuffer.allocate(2000);
        receiver.receive(in);
        assertArrayEquals(payloads[10], Arrays.copyOf(in.array(), in.position()));
        receiver.close();
    }

    @Test
    void anInterfaceThatIsNotThereIsNamed() throws IOException {
        final JournalException refused = assertThrows(JournalException.class,
                () -> MulticastReplay.run(directory, "nosuch0", 0, RecordRange.ALL, Pace.fastest()));
        assertTrue(refused.getMessage().contains("nosuch0"), refused.getMessage());
        receiver.close();
    }
}
