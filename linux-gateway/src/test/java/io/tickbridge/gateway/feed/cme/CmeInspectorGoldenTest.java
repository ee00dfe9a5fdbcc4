package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.MessageInspector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every field of every message of a real capture, against what tshark says. */
class CmeInspectorGoldenTest {

    private record Seen(int frame, long sequence, String type, Map<String, Object> fields) {
    }

    @Test
    void everyFieldOfEveryMessageIsWhatTsharkSays() {
        final List<Seen> seen = inspectAll(CapturedDatagrams.open());
        final List<GoldenMessages.Message> golden = GoldenMessages.read();
        for (int i = 0; i < golden.size(); i++) {
            final GoldenMessages.Message message = golden.get(i);
            assertEquals(
                    new Seen(message.frame(), message.sequence(), message.type(), message.fields()), seen.get(i),
                    "message " + (i + 1) + " of the list");
        }
        assertEquals(20_546, golden.size());
        assertEquals(golden.size(), seen.size());
    }

    @Test
    void sizesAndSendingTimesAreWhatTsharkSays() {
        final CapturedDatagrams capture = CapturedDatagrams.open();
        final int[] sizes = new int[capture.all().size() + 1];
        for (final GoldenMessages.Message message : GoldenMessages.read()) {
            final CapturedDatagrams.Datagram datagram = capture.all().get(message.frame() - 1);
            assertEquals(message.sendingTime(), PacketHeader.sendingTime(capture.buffer(), datagram.offset()));
            sizes[message.frame()] += message.size();
        }
        capture.all().forEach(d -> assertEquals(PacketHeader.LENGTH + sizes[d.frame()], d.length()));
    }

    @Test
    void countsAreThoseThatTwoOtherProgramsFound() {
        final Map<String, Integer> counts = new TreeMap<>();
        inspectAll(CapturedDatagrams.open()).forEach(message -> counts.merge(message.type(), 1, Integer::sum));
        assertEquals(Map.of("32", 19_138, "35", 614, "42", 388, "37", 388, "12", 18), counts);
    }

    private static List<Seen> inspectAll(final CapturedDatagrams capture) {
        final CmeInspector inspector = new CmeInspector();
        final List<Seen> seen = new ArrayList<>();
        for (final CapturedDatagrams.Datagram datagram : capture.all()) {
            inspector.inspect(capture.buffer(), datagram.offset(), datagram.length(), new MessageInspector.Sink() {
                @Override
                public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                    seen.add(new Seen(datagram.frame(), sequence, type, fields));
                }

                @Override
                public void onHeartbeat(final long sequence) {
                    throw new AssertionError("packet " + sequence + " has messages");
                }

                @Override
                public void onMalformed(final long sequence, final String what) {
                    throw new AssertionError("packet " + sequence + ": " + what);
                }
            });
        }
        return seen;
    }
}
