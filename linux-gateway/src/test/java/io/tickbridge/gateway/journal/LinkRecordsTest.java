package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and events of the link, through the journal and back. */
class LinkRecordsTest {
    @TempDir
    private Path directory;

    @Test
    void comeBackAsTheyWentIn() {
        final byte[] report = new byte[424];
        for (int i = 0; i < report.length; i++) {
            report[i] = (byte) (i * 7);
        }
        final LinkEvent event = new LinkEvent(1L << 40, 3, "logged-on", "desk", "/127.0.0.1:5", "version 2");
        final Journal journal = Journal.open(new JournalConfig(true, directory, 1 << 17, 8 << 20),
                RunStarted.of("g", "b", "text", 1), true);
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[500]);
        memory.putBytes(9, report);
        journal.recorder().onLinkEvent(event, 10);
        assertTrue(journal.recorder().onLinkReport(7, memory, 9, report.length, 11));
        final long position = journal.recorder().position();
        while (journal.recorder().writtenPosition() < position) {
            Thread.onSpinWait();
        }
        final List<String> early = new ArrayList<>();
        read(early, new ArrayList<>());
        assertEquals(List.of("10 " + event, "11 report 7"), early, "on disk once the position is written");
        journal.close("done");
        final List<byte[]> reports = new ArrayList<>();
        final List<String> seen = new ArrayList<>();
        read(seen, reports);
        assertEquals(List.of("10 " + event, "11 report 7", "stopped done"), seen);
        assertArrayEquals(report, reports.get(0));
        assertEquals(1, journal.counts().get(JournalCounter.LINK_REPORTS));
        assertEquals(1, journal.counts().get(JournalCounter.LINK_EVENTS));
    }

    @Test
    void textThatDoesNotFitIsCut() {
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[LinkEvent.LENGTH]);
        new LinkEvent(1, 2, "k".repeat(99), "n".repeat(99), "a".repeat(99), "t".repeat(999)).encode(memory, 0);
        assertEquals(new LinkEvent(1, 2, "k".repeat(24), "n".repeat(32), "a".repeat(48), "t".repeat(112)),
                LinkEvent.decode(memory, 0));
    }

    @Test
    void recordsThatVersion1HadStillSayVersion1() {
        for (int type = RecordLayout.RUN_STARTED; type <= RecordLayout.RUN_STOPPED; type++) {
            assertEquals(1, RecordLayout.versionOf(type, RecordLayout.GAP_LENGTH));
        }
        assertEquals(5, RecordLayout.versionOf(RecordLayout.JOURNAL_GAP, RecordLayout.GAP_OF_OTHERS_LENGTH));
        assertEquals(2, RecordLayout.versionOf(RecordLayout.LINK_EVENT, LinkEvent.LENGTH));
        assertEquals(3, RecordLayout.versionOf(RecordLayout.FEED_HEALTH, FeedHealth.LENGTH));
    }

    private void read(final List<String> seen, final List<byte[]> reports) {
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(new JournalRecordHandler() {
                @Override
                public void onRunStarted(final long index, final RunStarted run) {
                    seen.clear();
                }

                @Override
                public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                        final long receiveTime, final int line) {
                    seen.add("frame");
                }

                @Override
                public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
                    seen.add("signal");
                }

                @Override
                public void onGap(final long index, final long frames, final long signals, final long firstTime,
                        final long lastTime) {
                    seen.add("gap");
                }

                @Override
                public void onLinkReport(final long index, final long connection, final DirectBuffer buffer,
                        final int offset, final int length, final long receiveTime) {
                    final byte[] copy = new byte[length];
                    buffer.getBytes(offset, copy);
                    reports.add(copy);
                    seen.add(receiveTime + " report " + connection);
                }

                @Override
                public void onLinkEvent(final long index, final LinkEvent event, final long time) {
                    seen.add(time + " " + event);
                }

                @Override
                public void onRunStopped(final long index, final RunStopped run) {
                    seen.add("stopped " + run.reason());
                }

                @Override
                public void onDamaged(final long index, final JournalDamage damage) {
                    seen.add("damage " + damage);
                }
            });
        }
    }
}
