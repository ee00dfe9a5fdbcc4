package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.rule.TopOfBookKind;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.Venue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate, the order, the counts, and what becomes of rules that fail. */
class SignalEngineTest {
    private final ScriptedKind kind = new ScriptedKind();
    private final SignalLog log = new SignalLog();
    private final FakeBook book = new FakeBook(0, Venue.CME, 42).top(100, 1, 101, 1);
    private final SignalEngine engine = engine(log);

    @Test
    void everyStateButTrustedIsMappedToItsOwnReason() {
        final Map<BookState, SignalCounter> reasons = new EnumMap<>(BookState.class);
        reasons.put(BookState.TRUSTED, SignalCounter.SUPPRESSED_ONE_SIDED);
        reasons.put(BookState.NOT_YET_KNOWN, SignalCounter.SUPPRESSED_NOT_YET_KNOWN);
        reasons.put(BookState.SEQUENCE_GAP, SignalCounter.SUPPRESSED_SEQUENCE_GAP);
        reasons.put(BookState.CROSSED, SignalCounter.SUPPRESSED_CROSSED);
        reasons.put(BookState.NOT_TRADING, SignalCounter.SUPPRESSED_NOT_TRADING);
        reasons.put(BookState.STALE, SignalCounter.SUPPRESSED_STALE);
        reasons.put(BookState.INVALID_UPDATE, SignalCounter.SUPPRESSED_INVALID_UPDATE);
        reasons.put(BookState.NOT_JOURNALLED, SignalCounter.SUPPRESSED_INVALID_UPDATE);
        reasons.put(BookState.NULL_VAL, SignalCounter.SUPPRESSED_INVALID_UPDATE);
        for (final BookState state : BookState.values()) {
            assertEquals(reasons.get(state), SignalCounter.suppressedBy(state));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUSTED")
    void aBookInDoubtEmitsNothingAndSaysWhy(final BookState doubt) {
        event(1);
        assertEquals(1, log.take().size());
        state(doubt, 2);
        event(2);
        event(3);
        assertEquals(List.of(), log.take());
        assertEquals(2, count(SignalCounter.suppressedBy(doubt)));
        assertEquals(1, count(SignalCounter.EVALUATIONS));
        state(BookState.TRUSTED, 4);
        event(4);
        assertEquals(2, log.take().get(0).number(), "numbers are of signals, not of evaluations");
        assertEquals(2, count(SignalCounter.SIGNALS));
        assertEquals(List.of("event at 1", "reset", "reset", "event at 4"), kind.takeCalls());
    }

    @Test
    void aBookWithoutBothSidesEmitsNothingAndRulesForget() {
        event(1);
        book.asks().forget(0);
        event(2);
        event(3);
        book.asks().set(0, 101, 1);
        event(4);
        book.bids().forget(0);
        event(5);
        assertEquals(List.of(1L, 4L), log.take().stream().map(SignalLog.Entry::exchangeTime).toList());
        assertEquals(3, count(SignalCounter.SUPPRESSED_ONE_SIDED));
        assertEquals(List.of("event at 1", "reset", "event at 4", "reset"), kind.takeCalls());
    }

    @Test
    void stateThatTurnsBadWithoutTellingIsCaughtToo() {
        event(1);
        book.setState(BookState.CROSSED);
        event(2);
        assertEquals(1, log.take().size());
        assertEquals(List.of("event at 1", "reset"), kind.takeCalls());
    }

    @Test
    void tradesReachRulesOnlyAfterAnEventEndedWithAFitBook() {
        trade(1, 5);
        event(1);
        trade(2, 6);
        event(2);
        state(BookState.STALE, 3);
        trade(3, 7);
        state(BookState.TRUSTED, 3);
        trade(3, 8);
        event(3);
        trade(4, 9);
        assertEquals(List.of("event at 1", "trade 6@100 by 0 at 2", "event at 2", "reset", "reset", "event at 3",
                "trade 9@100 by 0 at 4"), kind.takeCalls());
        assertEquals(3, count(SignalCounter.TRADES_WITHHELD));
    }

    @Test
    void theGateIsClosedOutsideTheEndOfAnEvent() {
        event(1);
        log.take();
        kind.onTrade = () -> kind.kept.emit(Side.BUY, 1);
        trade(2, 1);
        assertEquals(1, count(SignalCounter.SWITCHED_OFF), "a rule that tries is switched off");
        event(2);
        assertEquals(List.of(), log.take());
        assertEquals(1, count(SignalCounter.NOT_EVALUATED));
    }

    @Test
    void aRuleCannotEmitWhileTheBookFallsIntoDoubt() {
        event(1);
        log.take();
        kind.onReset = () -> kind.kept.emit(Side.BUY, 1);
        state(BookState.SEQUENCE_GAP, 2);
        event(2);
        assertEquals(List.of(), log.take());
        assertThrows(IllegalStateException.class, () -> kind.kept.emit(Side.BUY, 1));
        assertThrows(IllegalStateException.class, () -> kind.kept.notEvaluated());
        assertThrows(IllegalStateException.class, () -> kind.kept.conflated());
        assertEquals(1, count(SignalCounter.SIGNALS));
    }

    @ParameterizedTest
    @EnumSource(names = "NULL_VAL")
    void aSignalMustHaveAProperSide(final Side side) {
        kind.onBookEvent = out -> out.emit(side, 1);
        event(1);
        assertEquals(List.of(), log.take());
        assertEquals(1, count(SignalCounter.SWITCHED_OFF));
        assertEquals(0, count(SignalCounter.SIGNALS));
    }

    @Test
    void aFailingRuleStopsAloneOnItsInstrumentAlone() {
        final ScriptedKind good = new ScriptedKind();
        final FakeBook other = new FakeBook(0, Venue.CME, 43, 1).top(100, 1, 101, 1);
        final SignalEngine both = new SignalEngine(
                List.of(SingleRule.config("scripted"), SingleRule.config("top-of-book")), List.of("cme"),
                SignalKinds.of(List.of(good, new TopOfBookKind())), List.of(log));
        both.onInstrument(book);
        both.onInstrument(other);
        good.onBookEvent = out -> {
            throw new ArithmeticException("scripted failure");
        };
        both.onBookEvent(book, 1);
        assertEquals(List.of(2), log.take().stream().map(SignalLog.Entry::rule).toList());
        good.onBookEvent = out -> out.emit(Side.NONE, 0);
        both.onBookEvent(book.top(100, 1, 102, 1), 2);
        both.onBookEvent(other, 2);
        assertEquals(List.of("2 on 42", "1 on 43", "2 on 43"),
                log.take().stream().map(entry -> entry.rule() + " on " + entry.instrument()).toList());
        assertEquals(1, both.counts(1).get(SignalCounter.SWITCHED_OFF));
        assertEquals(1, both.counts(1).get(SignalCounter.NOT_EVALUATED));
    }

    @Test
    void anErrorSwitchesARuleOffLikeAnException() {
        final List<Error> errors = List.of(
                new AssertionError("scripted"), new NoSuchMethodError("scripted"), new StackOverflowError());
        for (final Error error : errors) {
            for (final BiConsumer<ScriptedKind, Runnable> place : List.<BiConsumer<ScriptedKind, Runnable>>of(
                    (script, failure) -> script.onBookEvent = out -> failure.run(),
                    (script, failure) -> script.onTrade = failure,
                    (script, failure) -> script.onReset = failure)) {
                final ScriptedKind script = new ScriptedKind();
                final SignalEngine one = new SignalEngine(List.of(SingleRule.config("scripted")), List.of("cme"),
                        SignalKinds.of(List.of(script)), List.of(log));
                one.onInstrument(book);
                place.accept(script, () -> {
                    throw error;
                });
                one.onBookEvent(book, 1);
                one.onTrade(book, 2, 100, 1, 0);
                one.onStateChange(book, BookState.SEQUENCE_GAP, 2);
                assertEquals(1, one.counts(1).get(SignalCounter.SWITCHED_OFF), error.toString());
                script.onBookEvent = out -> out.emit(Side.NONE, 0);
                log.take();
                one.onBookEvent(book, 3);
                assertEquals(List.of(), log.take(), "it stays off");
            }
        }
    }

    @Test
    void memoryThatRunsOutInARuleIsNotTheRulesAffair() {
        final OutOfMemoryError failure = new OutOfMemoryError("scripted");
        kind.onBookEvent = out -> {
            throw failure;
        };
        assertSame(failure, assertThrows(OutOfMemoryError.class, () -> event(1)));
        assertEquals(0, count(SignalCounter.SWITCHED_OFF));
    }

    @Test
    void anErrorWhileARuleIsCreatedSwitchesItOffThere() {
        kind.onCreate = () -> {
            throw new AssertionError("scripted failure");
        };
        engine.onInstrument(new FakeBook(0, Venue.CME, 43, 1));
        assertEquals(1, count(SignalCounter.SWITCHED_OFF));
    }

    @Test
    void aListenersErrorIsNotBlamedOnTheRule() {
        final LinkageError broken = new LinkageError("no such method in the journal");
        final SignalEngine failing = engine((body, offset, receiveTime) -> {
            throw broken;
        });
        assertSame(broken, assertThrows(LinkageError.class, () -> failing.onBookEvent(book, 1)));
        assertEquals(0, failing.counts(1).get(SignalCounter.SWITCHED_OFF));
    }

    @Test
    void aRuleThatCannotBeCreatedForOneInstrumentIsOffThere() {
        kind.onCreate = () -> {
            throw new IllegalStateException("scripted failure");
        };
        engine.onInstrument(new FakeBook(0, Venue.CME, 43, 1));
        assertEquals(1, count(SignalCounter.SWITCHED_OFF));
        event(1);
        assertEquals(1, log.take().size());
    }

    @Test
    void aFailingListenerIsNotBlamedOnTheRule() {
        final IllegalStateException full = new IllegalStateException("journal is full");
        final SignalEngine failing = engine((body, offset, receiveTime) -> {
            throw full;
        });
        assertSame(full, assertThrows(IllegalStateException.class, () -> failing.onBookEvent(book, 1)));
        assertEquals(0, failing.counts(1).get(SignalCounter.SWITCHED_OFF));
    }

    @Test
    void asksInstrumentsInTheOrderTouchedAndRulesAsConfigured() {
        final SignalEngine ordered = new SignalEngine(
                List.of(SingleRule.config("spread-widening", "tick", "0.000000001"), SingleRule.config("top-of-book"),
                        SingleRule.config("top-of-book", "prices-only", "true")),
                List.of("a", "b"), SignalKinds.load(), List.of(log));
        final FakeBook first = new FakeBook(1, Venue.CME, 9).top(100, 1, 109, 1);
        final FakeBook second = new FakeBook(0, Venue.IEX, 7).top(100, 1, 109, 1);
        ordered.onInstrument(second);
        ordered.onInstrument(first);
        ordered.onBookEvent(first, 5);
        ordered.onBookEvent(second, 5);
        assertEquals(List.of("1: 9/1", "2: 9/2", "3: 9/3", "4: 7/1", "5: 7/2", "6: 7/3"), log.take().stream()
                .map(entry -> entry.number() + ": " + entry.instrument() + "/" + entry.rule()).toList());
    }

    @Test
    void handsEachSignalToEveryListenerWithTheReceiveTimeOfItsFrame() {
        final SignalLog second = new SignalLog();
        final SignalEngine two = engine(log, second);
        two.onPacketStart(1_700_000_000_000_000_001L, false);
        two.onBookEvent(book, 1);
        two.onPacketStart(1_700_000_000_000_000_002L, false);
        two.onBookEvent(book, 1);
        final List<SignalLog.Entry> seen = log.take();
        assertEquals(seen, second.take());
        assertEquals(List.of(1_700_000_000_000_000_001L, 1_700_000_000_000_000_002L),
                seen.stream().map(SignalLog.Entry::receiveTime).toList());
    }

    @Test
    void anEventOfALatePacketEmitsNothingAndSaysWhy() {
        engine.onPacketStart(1, false);
        event(1);
        engine.onPacketStart(2, true);
        event(2);
        event(3);
        engine.onPacketStart(4, false);
        event(4);
        assertEquals(List.of(1L, 4L), log.take().stream().map(SignalLog.Entry::exchangeTime).toList());
        assertEquals(2, count(SignalCounter.SUPPRESSED_LATE));
        assertEquals(List.of("event at 1", "reset", "event at 4"), kind.takeCalls());
        engine.onPacketStart(5, true);
        state(BookState.CROSSED, 5);
        event(5);
        assertEquals(2, count(SignalCounter.SUPPRESSED_LATE), "a book in doubt is the better reason");
        assertEquals(1, count(SignalCounter.SUPPRESSED_CROSSED));
    }

    @Test
    void everyCounterHasALabelOfItsOwn() {
        final long labels = Arrays.stream(SignalCounter.values()).map(SignalCounter::label).distinct().count();
        assertEquals(SignalCounter.values().length, labels);
        assertTrue(Arrays.stream(SignalCounter.values()).allMatch(counter -> counter.label().matches("[a-z, -]+")));
    }

    private SignalEngine engine(final SignalListener... listeners) {
        final SignalEngine made = new SignalEngine(List.of(SingleRule.config("scripted")), List.of("cme"),
                SignalKinds.of(List.of(kind)), List.of(listeners));
        made.onInstrument(book);
        return made;
    }

    private void event(final long exchangeTime) {
        engine.onBookEvent(book, exchangeTime);
    }

    private void trade(final long exchangeTime, final int quantity) {
        engine.onTrade(book, exchangeTime, 100, quantity, MarketDataListener.BID);
    }

    private void state(final BookState state, final long exchangeTime) {
        book.setState(state);
        engine.onStateChange(book, state, exchangeTime);
    }

    private long count(final SignalCounter counter) {
        return engine.counts(1).get(counter);
    }
}
