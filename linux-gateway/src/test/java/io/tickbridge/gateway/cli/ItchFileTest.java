package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.nasdaq.ItchPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ITCH messages in files of both forms, and what is said of spoilt ones. */
class ItchFileTest {
    private static final int MOLD_HEADER = 20;

    @TempDir
    private Path directory;

    /** A packet's message blocks are what a BinaryFILE consists of. */
    private static byte[] prefixed() {
        final UnsafeBuffer packet = new ItchPacket("", 1, 1, "AAPL").system('O').system('S').directory().trading('T')
                .add(11, 'B', 100, 1_501_200).add(12, 'B', 50, 1_501_200, "VIRT").add(13, 'S', 70, 1_501_300)
                .execute(11, 40).packet();
        final byte[] blocks = new byte[packet.capacity() - MOLD_HEADER];
        packet.getBytes(MOLD_HEADER, blocks);
        return blocks;
    }

    private static byte[] bare() {
        final ByteBuffer in = ByteBuffer.wrap(prefixed());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            final byte[] message = new byte[in.getShort()];
            in.get(message);
            out.writeBytes(message);
        }
        return out.toByteArray();
    }

    private Path file(final byte[] bytes) throws IOException {
        return Files.write(directory.resolve("messages"), bytes);
    }

    private static CommandRun decode(final Path file) {
        return CommandRun.of("decode", "--feed", "itch", file);
    }

    @Test
    void bothFormsAndTheirCompressedOnesHoldTheSame() throws IOException {
        final List<String> lines = decode(file(prefixed())).lines();
        assertEquals(8, lines.size());
        assertEquals("6\tF\tstockLocate=1;trackingNumber=0;timestamp=34200000000000;order=12;side=BUY;shares=50;stock=AAPL;"
                + "price=150.1200;attribution=VIRT", lines.get(5));
        assertEquals(lines, decode(file(bare())).lines());
        final Path zipped = directory.resolve("zipped");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(bare());
        }
        assertEquals(new CommandRun(0, decode(file(bare())).out(), ""), decode(zipped));
    }

    @Test
    void ordersAreListedInTheOrderInWhichTheyWillBeFilled() throws IOException {
        final CommandRun run = CommandRun.of("books", "--feed", "itch", "--orders", file(prefixed()));
        assertEquals(List.of(
                "AAPL\tTRUSTED\tbid\t1\t150.12\t11\t60\t1\t0\t",
                "AAPL\tTRUSTED\tbid\t1\t150.12\t12\t50\t2\t60\tVIRT",
                "AAPL\tTRUSTED\task\t1\t150.13\t13\t70\t1\t0\t"), run.lines());
        assertEquals(0, run.code());
        assertEquals("{\"instrument\":\"AAPL\",\"state\":\"TRUSTED\",\"side\":\"bid\",\"level\":1,\"price\":150.12,\"order\":\"12\","
                        + "\"quantity\":50,\"place\":2,\"ahead\":60,\"attribution\":\"VIRT\"}",
                CommandRun.of("books", "--feed", "itch", "--orders", "--json", file(prefixed())).lines().get(1));
        assertEquals(2, CommandRun.of("books", "--feed", "itch", "--orders", "--depth", file(prefixed())).code());
    }

    @Test
    void theEndOfTheSessionEndsTheFile() throws IOException {
        final byte[] whole = prefixed();
        assertEquals(List.of(), decode(file(Arrays.copyOf(whole, whole.length + 2))).errors());
        final CommandRun more = decode(file(Arrays.copyOf(whole, whole.length + 3)));
        assertEquals(8, more.lines().size());
        assertTrue(more.errors().get(0).endsWith("left out what follows the end of the session after 8 message(s)"), more.err());
    }

    @Test
    void aFileThatIsCutIsReadAsFarAsItGoesAndSaysSo() throws IOException {
        for (final byte[] whole : List.of(prefixed(), bare())) {
            final CommandRun run = decode(file(Arrays.copyOf(whole, whole.length - 1)));
            assertEquals(7, run.lines().size());
            assertTrue(run.errors().get(0).endsWith("cut short within message 8"), run.err());
        }
    }

    @Test
    void bareMessagesOfAnUnknownTypeEndTheReading() throws IOException {
        final byte[] whole = bare();
        final byte[] more = Arrays.copyOf(whole, whole.length + 5);
        more[whole.length] = 'z';
        final CommandRun run = decode(file(more));
        assertEquals(8, run.lines().size());
        assertTrue(run.err().contains("left out the rest after 8 message(s): no message type is 122"), run.err());
    }

    @Test
    void anythingElseIsReadAsACaptureAndRefusedAsOne() throws IOException {
        assertEquals(1, decode(file("no messages at all, but a text".getBytes(java.nio.charset.StandardCharsets.US_ASCII))).code());
        assertEquals(1, decode(file(new byte[0])).code());
    }
}
