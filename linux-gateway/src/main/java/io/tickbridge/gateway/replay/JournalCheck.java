package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Reads every record of a journal, each checked by length, checksum and number, and says what is not as it was written. */
public final class JournalCheck implements JournalRecordHandler {
    private final Map<String, Long> records = new LinkedHashMap<>();
    private final List<String> damages = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int files;

    private JournalCheck() {
        for (final String type : List.of("run started", "frame", "signal", "gap", "link report", "link event", "feed health",
                "signal sent", "run stopped")) {
            records.put(type, 0L);
        }
    }

    /**
     * Checks.
     *
     * @param directory the journal's
     * @return what was found
     * @throws io.tickbridge.gateway.journal.JournalException when there is no journal, or it cannot be read
     */
    public static JournalCheck of(final Path directory) {
        final JournalCheck check = new JournalCheck();
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(check);
            check.files = reader.files();
        }
        return check;
    }

    /**
     * Whether every record there should be is there and is as it was written.
     *
     * @return false with a damage or a gap
     */
    public boolean isSound() {
        return damages.isEmpty() && gaps.isEmpty();
    }

    /**
     * Damages, each with its file and byte.
     *
     * @return for people
     */
    public List<String> damages() {
        return damages;
    }

    /**
     * Sound records by type.
     *
     * @return every type there is, in order of its number
     */
    public Map<String, Long> records() {
        return records;
    }

    /**
     * For people.
     *
     * @return lines ended by newlines
     */
    public String toText() {
        final StringBuilder out = new StringBuilder();
        final long total = records.values().stream().mapToLong(Long::longValue).sum();
        out.append("files ").append(files).append(", sound records ").append(total).append('\n');
        records.forEach((type, count) -> out.append("  ").append(type).append(": ").append(count).append('\n'));
        notes.forEach(note -> out.append("note: ").append(note).append('\n'));
        gaps.forEach(gap -> out.append("gap: ").append(gap).append('\n'));
        damages.forEach(damage -> out.append("damage: ").append(damage).append('\n'));
        out.append(isSound() ? "the journal is sound\n"
                : "the journal is NOT sound: damages " + damages.size() + ", gaps " + gaps.size() + '\n');
        return out.toString();
    }

    /**
     * For tools.
     *
     * @return an object of JSON: maps, lists, text, numbers, booleans
     */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("sound", isSound());
        map.put("files", files);
        map.put("records", records);
        map.put("notes", notes);
        map.put("gaps", gaps);
        map.put("damages", damages);
        return map;
    }

    private void count(final String type) {
        records.merge(type, 1L, Long::sum);
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        count("run started");
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        count("frame");
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        count("signal");
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        count("gap");
        gaps.add(frames + " frames and " + signals + " signals found the ring full, received from "
                + Instant.ofEpochSecond(0, firstTime) + " to " + Instant.ofEpochSecond(0, lastTime) + ", before index 0x"
                + Long.toHexString(index));
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        gaps.add(records + " events of the link or of feeds' health, or times of sent signals, found the ring full, from "
                + Instant.ofEpochSecond(0, firstTime) + " to " + Instant.ofEpochSecond(0, lastTime) + ", before index 0x"
                + Long.toHexString(index));
    }

    @Override
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        count("link report");
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        count("link event");
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        count("feed health");
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        count("signal sent");
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        count("run stopped");
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        // Old files go by retention, or are moved away, with the start of a run that is still going on.
        if (damage.reason().equals(JournalReader.BEGINS_INSIDE_A_RUN)) {
            notes.add(damage.toString());
        } else {
            damages.add(damage + ", index 0x" + Long.toHexString(index));
        }
    }
}
