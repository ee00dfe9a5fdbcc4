package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.JournalConfig.WhenFull;
import io.tickbridge.protocol.BookState;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What add-ons get once nothing more is journalled, by policy. */
class JournalGuardTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[64]);
    private final InstrumentBook book = (InstrumentBook) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {InstrumentBook.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> 1;
                default -> throw new AssertionError(method);
            });

    private JournalGuard guard(final WhenFull policy) {
        final JournalGuard guard = new JournalGuard((signal, offset, time) -> told.add("signal " + time), new StatesOnly() {
            @Override
            public void onStateChange(final InstrumentBook changed, final BookState state, final long exchangeTime) {
                told.add(state + " " + exchangeTime);
            }
        }, stopped::get, policy, () -> told.add("stop"));
        guard.onInstrument(book);
        guard.onStateChange(book, BookState.TRUSTED, 5);
        guard.onSignal(body, 0, 6);
        guard.look(() -> 7);
        stopped.set(true);
        guard.onSignal(body, 0, 8);
        guard.look(() -> 9);
        guard.look(() -> 10);
        guard.onStateChange(book, BookState.TRUSTED, 11);
        guard.onInstrument(book);
        guard.onSignal(body, 0, 12);
        return guard;
    }

    @Test
    void stopSignalsWithholdsThemAndSaysWhy() {
        final JournalGuard guard = guard(WhenFull.STOP_SIGNALS);
        assertEquals(List.of("TRUSTED 5", "signal 6", "NOT_JOURNALLED 9", "NOT_JOURNALLED 0"), told);
        assertEquals(2, guard.withheld());
        assertEquals(1, guard.state());
    }

    @Test
    void stopJournalLetsEverythingThrough() {
        final JournalGuard guard = guard(WhenFull.STOP_JOURNAL);
        assertEquals(List.of("TRUSTED 5", "signal 6", "signal 8", "TRUSTED 11", "signal 12"), told);
        assertEquals(0, guard.withheld());
        assertEquals(0, guard.state());
    }

    @Test
    void stopEndsTheGatewayOnceAndSendsNothingMore() {
        guard(WhenFull.STOP);
        assertEquals(List.of("TRUSTED 5", "signal 6", "NOT_JOURNALLED 9", "stop", "NOT_JOURNALLED 0"), told);
    }
}
