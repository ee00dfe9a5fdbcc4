package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.file.PcapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the inspection commands say of files that are damaged, foreign, or not there. */
class BadCaptureTest {
    @TempDir
    private Path directory;

    private static void assertOneError(final String expected, final Object... arguments) {
        assertEquals(new CommandRun(1, "", expected + System.lineSeparator()), CommandRun.of(arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "books"})
    void oneErrorForWhatIsNoCapture(final String command) throws IOException {
        final Path missing = directory.resolve("missing.pcap");
        assertOneError(missing + ": cannot be opened: no such file or directory", command, "--feed", "cme", missing);
        assertOneError(directory + ": is a directory; wanted a pcap or pcapng file", command, "--feed", "cme", directory);
        final Path empty = Files.createFile(directory.resolve("empty.pcap"));
        assertOneError(empty + ": at byte 0: found a file of 0 bytes; wanted a pcap or pcapng capture, plain or gzip",
                command, "--feed", "iex", empty);
        final Path text = Files.writeString(directory.resolve("notes.txt"), "these are no packets");
        assertOneError(text + ": at byte 0: found magic 74686573; wanted a pcap or pcapng capture, plain or gzip",
                command, "--feed", "iex", text);
    }

    @ParameterizedTest
    @CsvSource({
        "captures/iex-deep10-20170425.pcap.gz, cme, its first 1000, CME MDP 3.0",
        "captures/cme-mdp3-v6-ch340-ab.pcapng, iex, its first 1000, IEX-TP with TOPS 1.6 or DEEP 1.0 or DEEP+ 1.0",
        "captures/nasdaq-itch50-messages.pcap, cme, its 190, CME MDP 3.0",
        "captures/nasdaq-itch50-messages.pcap, iex, its 190, IEX-TP with TOPS 1.6 or DEEP 1.0 or DEEP+ 1.0"})
    void oneErrorForAnotherFeed(final String capture, final String feed, final String which, final String wanted) {
        final Path file = SharedData.file(capture);
        for (final String[] command : new String[][] {
            {"decode"}, {"decode", "--json"}, {"decode", "--count"}, {"decode", "--no-arbitration"}, {"books"},
            {"books", "--depth"}}) {
            final Object[] arguments = Arrays.copyOf(command, command.length + 3, Object[].class);
            arguments[command.length] = "--feed";
            arguments[command.length + 1] = feed;
            arguments[command.length + 2] = file;
            final CommandRun run = CommandRun.of(arguments);
            assertEquals(1, run.code());
            assertEquals("", run.out());
            assertEquals(1, run.errors().size(), run.err());
            assertTrue(run.err().startsWith(file + ": not one of " + which + " datagrams is " + wanted
                    + "; name the feed that it holds, or another file. Of the first: "), run.err());
        }
    }

    @Test
    void benchMeasuresNothingInAnotherFeed() {
        final Path file = SharedData.file("captures/iex-tops16-20170710.pcap.gz");
        final CommandRun run = CommandRun.of("bench", "pipeline", "--capture", file);
        assertEquals(1, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith(file + ": not one of its first 1000 datagrams is CME MDP 3.0"), run.err());
    }

    @Test
    void aCutCaptureIsReadAsFarAsItGoes() {
        final Path file = SharedData.file("captures/iex-truncated.pcapng");
        for (final Object[] arguments : new Object[][] {
            {"decode", "--feed", "iex", file}, {"books", "--feed", "iex", file}}) {
            final CommandRun run = CommandRun.of(arguments);
            assertEquals(0, run.code(), run.err());
            assertEquals(1, run.errors().size(), run.err());
            assertTrue(run.err().startsWith(file + ": cut short inside the record at byte "), run.err());
        }
        assertEquals(53, CommandRun.of("decode", "--feed", "iex", file).lines().size());
    }

    /** An IPv4/UDP frame to 224.0.31.1:14310, without a UDP checksum. */
    private static byte[] frame(final byte[] payload) {
        final ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + payload.length);
        frame.position(12);
        frame.putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + payload.length)).putInt(0).put((byte) 9).put((byte) 17)
                .putShort((short) 0).put(new byte[] {10, 0, 0, 1, (byte) 224, 0, 31, 1});
        frame.putShort((short) 9999).putShort((short) 14310).putShort((short) (8 + payload.length)).putShort((short) 0);
        return frame.put(payload).array();
    }

    /** A CME packet of one AdminHeartbeat12, or of one message with the given size field. */
    private static byte[] packet(final int sequence, final int messageSize) {
        return ByteBuffer.allocate(12 + 10).order(ByteOrder.LITTLE_ENDIAN).putInt(sequence).putLong(1_000_000_000L * sequence)
                .putShort((short) messageSize).putShort((short) 0).putShort((short) 12).putShort((short) 1).putShort((short) 9)
                .array();
    }

    private Path capture(final byte[]... frames) throws IOException {
        final Path file = directory.resolve("made.pcap");
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (int i = 0; i < frames.length; i++) {
                writer.write(new UnsafeBuffer(frames[i]), 0, frames[i].length, 1_000L * i);
            }
        }
        return file;
    }

    @Test
    void malformedMessagesAreSaidAndTheRestIsDecoded() throws IOException {
        final Path file = capture(frame(packet(1, 10)), frame(packet(2, 0)), frame(packet(3, 10)), frame(new byte[5]));
        final CommandRun run = CommandRun.of("decode", "--feed", "cme", file);
        assertEquals(1, run.code());
        assertEquals(List.of("1\t12\t", "3\t12\t"), run.lines());
        assertEquals(List.of(
                file + ": packet without a header: a datagram of 5 bytes is shorter than the packet header of 12",
                file + ": packet 2: at byte 12 of the datagram: a message size of 0 where it must be from 10 to 10"),
                run.errors().stream().sorted(Comparator.reverseOrder()).toList());
        final CommandRun books = CommandRun.of("books", "--feed", "cme", file);
        assertEquals(1, books.code());
        assertEquals(List.of(file + ": malformed: 2"), books.errors());
    }

    @Test
    void onlyTheFirstOfManyProblemsAreSaid() throws IOException {
        final byte[][] frames = new byte[101][];
        frames[0] = frame(packet(1, 10));
        for (int i = 1; i < frames.length; i++) {
            frames[i] = frame(packet(i + 1, 3));
        }
        final CommandRun run = CommandRun.of("decode", "--feed", "cme", capture(frames));
        assertEquals(1, run.code());
        assertEquals(21, run.errors().size());
        assertTrue(run.errors().get(20).endsWith(": and 80 more of the kind"), run.err());
    }

    @Test
    void whatComesBeforeTheFirstDatagramOfTheFeedIsNotLost() throws IOException {
        final Path file = capture(frame(new byte[5]), frame(packet(7, 10)));
        final CommandRun run = CommandRun.of("decode", "--feed", "cme", "--no-arbitration", file);
        assertEquals(1, run.code());
        assertEquals(List.of("7\t12\t"), run.lines());
        assertEquals(List.of(file + ": packet without a header: a datagram of 5 bytes is shorter than the packet header of 12"),
                run.errors());
    }

    @Test
    void aHoleInTheCaptureIsNewsButNoFailure() throws IOException {
        final Path file = capture(frame(packet(1, 10)), frame(packet(4, 10)));
        final CommandRun run = CommandRun.of("decode", "--feed", "cme", file);
        assertEquals(0, run.code());
        assertEquals(List.of("1\t12\t", "4\t12\t"), run.lines());
        assertEquals(List.of(file + ": packets 2 to 3 are on no line of the capture"), run.errors());
        assertEquals(List.of(file + ": gaps: 1", file + ": lost: 2"), CommandRun.of("books", "--feed", "cme", file).errors());
    }

    @Test
    void foreignFramesAreCountedByReason() throws IOException {
        final byte[] arp = new byte[60];
        arp[12] = 8;
        arp[13] = 6;
        final byte[] tcp = frame(packet(1, 10));
        tcp[14 + 9] = 6;
        final Path file = capture(arp, frame(packet(1, 10)), arp, tcp, new byte[9]);
        final CommandRun run = CommandRun.of("decode", "--feed", "cme", file);
        assertEquals(0, run.code());
        assertEquals(List.of("1\t12\t"), run.lines());
        assertEquals(List.of(file + ": left out 4 frame(s) that are no whole IPv4/UDP datagrams: 1 frame too short, "
                + "2 not IPv4, 1 not UDP"), run.errors());
        assertOneError(file + ": not one of its 2 frames is a whole IPv4/UDP datagram; wanted a capture of CME MDP 3.0",
                "decode", "--feed", "cme", capture(arp, tcp));
        assertEquals(new CommandRun(0, "", ""), CommandRun.of("decode", "--feed", "cme", capture()));
    }

    @Test
    void anyPortIsShownAsItIs() throws IOException {
        final byte[] toPortZero = frame(packet(1, 10));
        toPortZero[14 + 20 + 2] = 0;
        toPortZero[14 + 20 + 3] = 0;
        assertEquals(List.of("1\t12\t"), CommandRun.of("decode", "--feed", "cme", capture(toPortZero)).lines());
    }
}
