package io.tickbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tickbridge.protocol.Vectors.Entry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good, odd and malformed frames are told apart as the specification says. */
class FrameVectorsTest {

    static List<Entry> entries() {
        return Vectors.read("frames.txt");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void judges(final Entry entry) {
        final UnsafeBuffer bytes = entry.bytes();
        assertEquals(entry.get("expect"), FrameCheck.of(bytes, 0, bytes.capacity()).name());
    }

    /** Cut anywhere, a frame is either not yet judged or judged as it will be in the end; never accepted early. */
    @ParameterizedTest
    @MethodSource("entries")
    void judgesNoPartDifferently(final Entry entry) {
        final UnsafeBuffer bytes = entry.bytes();
        final FrameCheck whole = FrameCheck.of(bytes, 0, bytes.capacity());
        final Set<FrameCheck> allowed = EnumSet.of(FrameCheck.INCOMPLETE, whole);
        for (int length = 0; length < bytes.capacity(); length++) {
            final FrameCheck part = FrameCheck.of(bytes, 0, length);
            assertEquals(true, allowed.contains(part), length + " bytes: " + part);
            assertFalse(part == FrameCheck.ACCEPT && length < FrameCheck.frameLength(bytes, 0));
        }
    }

    @Test
    void everyVerdictHasAVector() {
        final Set<String> verdicts = new TreeSet<>();
        EnumSet.complementOf(EnumSet.of(FrameCheck.INCOMPLETE)).forEach(c -> verdicts.add(c.name()));
        final Set<String> expected = new TreeSet<>();
        entries().forEach(e -> expected.add(e.get("expect")));
        assertEquals(verdicts, expected);
    }

    @Test
    void readsTheFieldsItKnowsOfALongerBlock() {
        final Entry entry = entries().stream().filter(e -> e.name().startsWith("signal of a later")).findFirst()
                .orElseThrow();
        final SignalDecoder signal = new SignalDecoder().wrapAndApplyHeader(entry.bytes(), 0, new FrameHeaderDecoder());
        assertEquals(entry.get("number"), Long.toString(signal.number()));
        assertEquals(entry.get("value"), Long.toString(signal.value()));
        assertEquals(entry.get("receiveTime"), Long.toString(signal.receiveTime()));
    }
}
