package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not, or not wholly, captures. */
final class BadCaptureIT {
    // pcapng, section 4.3: an Enhanced Packet Block has type 6; every block's length follows its type.
    private static final int ENHANCED_PACKET_BLOCK = 6;

    @TempDir
    private Path directory;

    @Test
    void aCutCaptureIsPlayedToItsLastWholeFrame() throws Exception {
        final Path whole = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final int frames = 6_000;
        final Path cut = directory.resolve("cut.pcapng");
        Files.write(cut, cutAfter(Files.readAllBytes(whole), frames));
        final String text = GatewayText.cmeFile(cut);
        GatewayFiles.prepare(directory, text);
        final Launcher.Result run = run();
        assertEquals(0, run.exit(), run.err());
        assertEquals(1, run.err().lines().filter(line -> line.contains("WARN") && line.contains("cut short")
                && line.contains(cut.toString())).count(), run.err());
        final Launcher.Result stat = Launcher.tickbridge(directory, "stat", GatewayFiles.config(directory).toString());
        assertTrue(stat.out().contains("source.received\t" + frames + "\n"), stat.out());
        assertTrue(stat.out().contains("source.truncated\t1\n"), stat.out());
        final List<String> expected = Signals.ofFile(text, whole, frames);
        assertTrue(expected.size() > 1_000, () -> "only " + expected.size() + " signals");
        Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "signals before the cut");
    }

    @Test
    void aFileThatIsNoCaptureIsRefused() throws Exception {
        final Path file = Files.writeString(directory.resolve("notes.txt"), "bought 5 at market\n");
        GatewayFiles.prepare(directory, GatewayText.cmeFile(file));
        ClearError.assertOne(run(), file.toString(), "byte 0", "pcap or pcapng");
    }

    @Test
    void aWrongMagicIsRefused() throws Exception {
        // A pcap header in all but one digit of its magic.
        final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d5).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1);
        final Path file = Files.write(directory.resolve("wrong.pcap"), header.array());
        GatewayFiles.prepare(directory, GatewayText.cmeFile(file));
        ClearError.assertOne(run(), file.toString(), "magic d5c3b2a1", "wanted");
    }

    @Test
    void anAbsentFileIsRefused() throws Exception {
        final Path file = directory.resolve("absent.pcap");
        GatewayFiles.prepare(directory, GatewayText.cmeFile(file));
        ClearError.assertOne(run(), file.toString(), "no such file");
    }

    private Launcher.Result run() throws IOException, InterruptedException {
        return Launcher.tickbridge(directory, "run", "--config", GatewayFiles.config(directory).toString());
    }

    /** The file up to the middle of the block after so many frames. */
    private static byte[] cutAfter(final byte[] file, final int frames) {
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int seen = 0;
        int at = 0;
        while (true) {
            final boolean frame = bytes.getInt(at) == ENHANCED_PACKET_BLOCK;
            final int length = bytes.getInt(at + 4);
            if (frame && seen++ == frames) {
                return Arrays.copyOf(file, at + length / 2);
            }
            at += length;
        }
    }
}
