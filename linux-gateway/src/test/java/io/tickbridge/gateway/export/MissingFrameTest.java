package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.protocol.SignalDecoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame of a journal is damaged: run again, the signals behind it have other numbers, and none is taken for another. */
class MissingFrameTest {
    private static final String CAPTURE = "cme-mdp3-v6-ch340-ab.pcapng";
    private static final String ONE_LINE = CaptureJournal.CME.replace(", {group: 224.0.32.64, port: 15340}", "");
    private static final String TWO_FEEDS = CaptureJournal.CME.replace(", {group: 224.0.32.64, port: 15340}]", """
            ]
              - name: second
                protocol: cme-mdp3
                lines: [{group: 224.0.32.64, port: 15340}]""");
    /** Before this one a frame is lost: most are behind it. */
    private static final int DAMAGED_BEFORE = 20;
    private static final int ENOUGH = 400;

    @TempDir
    private Path directory;

    @Test
    void noBookIsShownThatIsNotTheSignals() throws IOException {
        final Path journal = directory.resolve("journal");
        final long count = CaptureJournal.write(journal, ONE_LINE, CAPTURE, none -> { });
        final Signals signals = Signals.of(journal);
        assertEquals(count, signals.best.size());
        assertEquals(count, signals.books(journal).size(), "of the whole journal each has its book");
        signals.damage(journal);
        final Map<SignalBooks.Key, String> books = signals.books(journal);
        books.forEach((key, book) -> assertEquals(signals.best.get(key), book, key::toString));
        assertTrue(books.size() > count / 2 && books.size() < count, () -> books.size() + " of " + count);
    }

    @Test
    void noFeedIsNamedThatIsNotTheSignals() throws IOException {
        final Path journal = directory.resolve("journal");
        final long count = CaptureJournal.write(journal, TWO_FEEDS, CAPTURE, none -> { });
        final Signals signals = Signals.of(journal);
        assertEquals(Set.of("cme", "second"), Set.copyOf(signals.feeds.values()));
        signals.damage(journal);
        final Path tables = directory.resolve("tables");
        // Few rows: what is written is not what is looked at here.
        TableExport.write(journal, tables, TableFormat.CSV, ExportRange.of(null, "0x" + Long.toHexString(signals.enough)), line -> { });
        final List<String> named = ExportTest.ask(tables, "SELECT number, feed FROM signals WHERE feed IS NOT NULL");
        assertTrue(named.size() > ENOUGH / 2 && named.size() < ENOUGH, named::toString);
        named.forEach(row -> assertEquals(signals.feeds.get(row.split("\\|")[0]), row.split("\\|")[1], row));
        assertTrue(count > ENOUGH);
    }

    /** What is on record of each signal, and the frame before one of them. */
    private static final class Signals implements JournalRecordHandler {
        private final Map<SignalBooks.Key, String> best = new HashMap<>();
        private final SignalDecoder signal = new SignalDecoder();
        private long run;
        /** By number as text: of the line that the frame came on. */
        private final Map<String, String> feeds = new HashMap<>();
        private long enough;
        private int lineOfFrame;
        private byte[] frame;
        private byte[] lost;

        static Signals of(final Path journal) {
            final Signals signals = new Signals();
            try (JournalReader reader = JournalReader.open(journal)) {
                reader.readAll(signals);
            }
            return signals;
        }

        Map<SignalBooks.Key, String> books(final Path journal) {
            final Map<SignalBooks.Key, String> books = new HashMap<>();
            SignalBooks.find(journal, best.keySet(), (key, book) -> books.put(key, text(book.bidsAfter()) + text(book.asksAfter())));
            return books;
        }

        private static String text(final List<BookLevel> side) {
            return side.isEmpty() ? "none 0;" : text(side.get(0).price(), side.get(0).quantity());
        }

        private static String text(final BigDecimal price, final int quantity) {
            return price.stripTrailingZeros().toPlainString() + ' ' + quantity + ';';
        }

        private static String text(final long price, final int quantity) {
            return price == Long.MIN_VALUE || price == Long.MAX_VALUE ? "none 0;" : text(BigDecimal.valueOf(price, 9), quantity);
        }

        /** One bit, in the middle of the frame. */
        void damage(final Path journal) throws IOException {
            final Path file;
            try (Stream<Path> files = Files.list(journal)) {
                file = files.filter(any -> any.toString().endsWith(".cq4")).findFirst().orElseThrow();
            }
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                final byte[] begin = new byte[(int) Math.min(bytes.length(), 16 << 20)];
                bytes.readFully(begin);
                final int at = new String(begin, StandardCharsets.ISO_8859_1).indexOf(new String(lost, StandardCharsets.ISO_8859_1));
                assertTrue(at > 0);
                bytes.seek(at + lost.length / 2);
                bytes.write(lost[lost.length / 2] ^ 1);
            }
        }

        @Override
        public void onRunStarted(final long index, final RunStarted started) {
            run = index;
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
                final int line) {
            lineOfFrame = line;
            frame = new byte[length];
            buffer.getBytes(offset, frame);
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
            best.put(new SignalBooks.Key(run, signal.number()),
                    text(signal.bidPrice(), signal.bidQuantity()) + text(signal.askPrice(), signal.askQuantity()));
            feeds.put(Long.toString(signal.number()), lineOfFrame == 0 ? "cme" : "second");
            enough = best.size() == ENOUGH ? index : enough;
            if (best.size() == DAMAGED_BEFORE) {
                lost = frame;
            }
        }

        @Override
        public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
            throw new AssertionError("nothing is lost on the way");
        }

        @Override
        public void onRunStopped(final long index, final RunStopped stopped) {
            // No signals follow.
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            throw new AssertionError(damage.toString());
        }
    }
}
