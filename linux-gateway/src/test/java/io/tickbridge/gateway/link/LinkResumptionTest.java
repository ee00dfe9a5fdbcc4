package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.GapReason;
import io.tickbridge.protocol.LogonAcceptedDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a lost connection: everything that was missed comes, or a gap that says why it does not. */
class LinkResumptionTest {
    @TempDir
    private Path directory;
    private LinkHarness link;

    private LinkHarness start(final LinkHarness.Setup setup) {
        link = new LinkHarness(directory, setup);
        return link;
    }

    @AfterEach
    void stop() {
        link.close();
    }

    /** What an add-on got after logon that bears on the sequence: numbers, and gaps as from-to:reason. */
    private static List<String> story(final TestAddOn addOn) {
        final List<String> story = new ArrayList<>();
        for (final TestAddOn.Frame frame : addOn.frames) {
            if (frame.isSequenced()) {
                story.add(Long.toString(frame.sequence()));
            } else if (frame.template() == 23) {
                story.add(frame.int64(0) + "-" + Long.toUnsignedString(frame.int64(8)) + ":"
                        + GapReason.get(frame.uint16(16)));
            }
        }
        return story;
    }

    private static List<String> numbers(final long from, final long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
    }

    @Test
    void resumesWhereThePeerLeftOff() throws Exception {
        start(LinkHarness.Setup.USUAL);
        final TestAddOn first = link.loggedOn();
        link.signal();
        link.signal();
        link.settle(first);
        first.close();
        final byte[] missed = link.signal();
        link.signal();
        final TestAddOn again = link.loggedOn(link.server.session(), 3);
        link.signal();
        link.settle(again);
        assertEquals(List.of("3", "4", "5"), story(again));
        final TestAddOn.Frame accepted = again.first(LogonAcceptedDecoder.TEMPLATE_ID);
        assertEquals(3, accepted.int64(8));
        assertEquals(4, accepted.int64(16), "up to here resumed");
        assertEquals(2, accepted.sequence());
        assertArrayEquals(missed, again.sequenced().get(0).block(0, 64));
        assertTrue(again.sequenced().get(0).header().sendTime() > accepted.header().sendTime(), "send time is new");
        assertEquals(2, link.server.counts().get(LinkCounter.SENT_RESUMED));
    }

    @Test
    void resumedFramesAreTheOriginalsButForSendTime() {
        start(LinkHarness.Setup.USUAL);
        final TestBook book = new TestBook(9);
        link.server.onInstrument(book);
        final TestAddOn live = link.loggedOn();
        link.signal();
        link.server.onStateChange(book, BookState.SEQUENCE_GAP, 44);
        link.signal();
        link.settle(live);
        final TestAddOn late = link.loggedOn(0, 1);
        assertEquals(3, late.sequenced().size());
        for (int i = 0; i < 3; i++) {
            final TestAddOn.Frame a = live.sequenced().get(i);
            final TestAddOn.Frame b = late.sequenced().get(i);
            assertNotEquals(a.header().sendTime(), b.header().sendTime());
            b.bytes().putLong(24, a.bytes().getLong(24));
            assertEquals(a.bytes(), b.bytes());
        }
    }

    @Test
    void fromNowOnSendsNothingOld() {
        start(LinkHarness.Setup.USUAL);
        link.signal();
        final TestAddOn addOn = link.loggedOn(link.server.session(), 0);
        link.signal();
        link.settle(addOn);
        assertEquals(List.of("2"), story(addOn));
        assertEquals(2, addOn.first(LogonAcceptedDecoder.TEMPLATE_ID).int64(8));
    }

    @Test
    void aNumberNotYetGivenCountsAsFromNowOn() {
        start(LinkHarness.Setup.USUAL);
        link.signal();
        for (final long beyond : new long[] {3, Long.MAX_VALUE, -1}) {
            assertEquals(2, link.loggedOn(link.server.session(), beyond).first(3).int64(8));
        }
        final TestAddOn next = link.loggedOn(link.server.session(), 2);
        link.signal();
        link.settle(next);
        assertEquals(List.of("2"), story(next));
    }

    @Test
    void anotherSessionGetsItsGapAndThisSessionWhole() {
        start(LinkHarness.Setup.USUAL);
        link.signal();
        link.signal();
        final TestAddOn addOn = link.loggedOn(link.server.session() + 1, 4711);
        assertEquals(List.of("4711-18446744073709551615:OTHER_SESSION", "1", "2"), story(addOn));
        assertEquals(1, addOn.first(3).int64(8));
        assertEquals(0, addOn.first(23).sequence());
    }

    @Test
    void whatIsNotRetainedIsAGap() {
        start(LinkHarness.Setup.USUAL.retain(8));
        for (int i = 0; i < 20; i++) {
            link.signal();
        }
        final TestAddOn addOn = link.loggedOn(0, 1);
        final List<String> expected = new ArrayList<>(List.of("1-12:NOT_RETAINED"));
        expected.addAll(numbers(13, 20));
        assertEquals(expected, story(addOn));
        assertEquals(12, addOn.first(23).sequence());
        assertEquals(12, link.server.counts().get(LinkCounter.NOT_RETAINED));
    }

    @Test
    void expiredSignalsAreMergedAndStatesAreNot() {
        start(LinkHarness.Setup.USUAL);
        final TestBook book = new TestBook(9);
        link.server.onInstrument(book);
        link.signal();
        link.signal();
        link.server.onStateChange(book, BookState.TRUSTED, 1);
        link.signal();
        link.clock.advance(LinkHarness.TIME_TO_LIVE + 1);
        link.signal();
        link.server.onStateChange(book, BookState.STALE, 2);
        link.signal(link.clock.now() - LinkHarness.TIME_TO_LIVE - 1);
        final TestAddOn addOn = link.loggedOn(0, 1);
        link.signal();
        link.settle(addOn);
        assertEquals(List.of("1-2:EXPIRED", "3", "4-4:EXPIRED", "5", "6", "7-7:EXPIRED", "8"), story(addOn));
        assertEquals(List.of(2L, 4L, 7L), addOn.all(23).stream().map(TestAddOn.Frame::sequence).toList());
        assertEquals(4, link.server.counts().get(LinkCounter.EXPIRED));
    }

    /** Specification, section 6: after a gap the frames that are not sequenced carry its end, as if it had been received. */
    @Test
    void afterAGapItsEndIsTheLastNumber() {
        start(LinkHarness.Setup.USUAL);
        link.signal();
        link.signal();
        link.clock.advance(LinkHarness.TIME_TO_LIVE + 1);
        final TestAddOn addOn = link.loggedOn(0, 1);
        assertEquals(List.of("1-2:EXPIRED"), story(addOn));
        link.clock.advance(LinkHarness.HEARTBEAT);
        link.settle(addOn);
        link.until(() -> addOn.has(6));
        assertEquals(2, addOn.first(6).sequence(), "the heartbeat's");
        assertEquals(2, addOn.all(8).get(addOn.all(8).size() - 1).sequence(), "the answer's to a probe");
    }

    @Test
    void aSignalAtTheEndOfItsTimeToLiveStillComes() {
        start(LinkHarness.Setup.USUAL);
        final long received = link.clock.now();
        link.signal(received);
        final TestAddOn addOn = link.challenged();
        link.clock.advance(LinkHarness.TIME_TO_LIVE - (link.clock.now() - received) - 1000);
        addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 1));
        link.until(() -> addOn.has(20));
        assertEquals(List.of("1"), story(addOn));
    }

    @Test
    void aLongHistoryFitsThroughASmallBuffer() {
        start(LinkHarness.Setup.USUAL.retain(1 << 14).peerBuffer(4096));
        for (int i = 0; i < 300; i++) {
            link.server.onInstrument(new TestBook(i).top(i, 1, i + 1, 1));
        }
        for (int i = 0; i < 10_000; i++) {
            link.signal();
        }
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 1));
        link.until(() -> addOn.has(3));
        for (int i = 0; i < 50; i++) {
            link.signal();
            link.server.doWork();
        }
        link.server.onInstrument(new TestBook(300));
        link.until(() -> addOn.sequenced().size() == 10_050 && addOn.all(10).size() == 301);
        assertEquals(numbers(1, 10_050), story(addOn));
        assertEquals(LongStream.rangeClosed(0, 300).boxed().toList(),
                addOn.all(10).stream().map(f -> f.int64(0)).toList());
        assertEquals(0, link.server.counts().get(LinkCounter.SLOW_PEERS));
    }

    @Test
    void whatPassesAwayDuringCatchingUpIsAGapToo() {
        start(LinkHarness.Setup.USUAL.retain(16).peerBuffer(4096));
        for (int i = 0; i < 16; i++) {
            link.signal();
        }
        final TestAddOn addOn = link.challenged();
        for (int i = 0; i < 400; i++) {
            link.server.onInstrument(new TestBook(i));
        }
        addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 1));
        link.until(() -> addOn.has(3));
        for (int i = 0; i < 20; i++) {
            link.signal();
        }
        link.until(() -> addOn.sequenced().size() == 16);
        final List<String> expected = new ArrayList<>(List.of("1-20:NOT_RETAINED"));
        expected.addAll(numbers(21, 36));
        assertEquals(expected, story(addOn));
    }
}
