package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.Side;
import java.util.ArrayList;
import java.util.List;

/** A user's kind as a test scripts it: writes down every call, emits one signal an event, and does what hooks say. */
final class ScriptedKind implements SignalKind {
    final List<String> calls = new ArrayList<>();
    Runnable onTrade = () -> { };
    Runnable onReset = () -> { };
    Runnable onCreate = () -> { };
    Hook onBookEvent = out -> out.emit(Side.NONE, 0);
    SignalEmitter kept;

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        onCreate.run();
        calls.clear();
        return new Rule();
    }

    List<String> takeCalls() {
        final List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** What a rule does at the end of an event. */
    interface Hook {
        void run(SignalEmitter out);
    }

    private final class Rule implements SignalRule {
        @Override
        public void onTrade(
                final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
                final int aggressor) {
            calls.add("trade " + quantity + "@" + price + " by " + aggressor + " at " + exchangeTime);
            onTrade.run();
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
            calls.add("event at " + exchangeTime);
            kept = out;
            onBookEvent.run(out);
        }

        @Override
        public void reset() {
            calls.add("reset");
            onReset.run();
        }
    }
}
