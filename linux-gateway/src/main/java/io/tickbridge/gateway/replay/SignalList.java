package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Every signal of a journal as a line of text, with the journal index at which it lies and why it fired. */
public final class SignalList implements JournalRecordHandler {
    private final Consumer<String> out;
    private final RecordRange range;
    private RunNames names = RunNames.of(null);
    private DefinedSymbols defined = DefinedSymbols.of(null);

    private SignalList(final RecordRange range, final Consumer<String> out) {
        this.range = range;
        this.out = out;
    }

    /**
     * Lists the signals.
     *
     * @param directory the journal's directory
     * @param range     what of it
     * @param out       takes each line
     */
    public static void print(final Path directory, final RecordRange range, final Consumer<String> out) {
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(new SignalList(range, out));
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted started) {
        names = RunNames.of(started);
        defined = DefinedSymbols.of(started);
    }

    @Override
    public void onFrame(
            final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        // The definition of what a signal is about may lie long before the range.
        if (!range.isBehind(index)) {
            defined.onFrame(buffer, offset, length, receiveTime);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        if (range.contains(index, receiveTime)) {
            out.accept("0x" + Long.toHexString(index) + '\t' + SignalReading.of(names, defined::of, body, offset) + '\t'
                    + SignalText.of(body, offset).fields() + " receiveTime=" + receiveTime);
        }
    }

    @Override
    public void onGap(
            final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        out.accept("0x" + Long.toHexString(index) + "\tgap\tframes=" + frames + " signals=" + signals);
    }

    @Override
    public void onRunStopped(final long index, final RunStopped stopped) {
        noRun();
    }

    private void noRun() {
        names = RunNames.of(null);
        defined = DefinedSymbols.of(null);
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        if (damage.endsRun()) {
            noRun();
        }
        out.accept("0x" + Long.toHexString(index) + "\tdamage\t" + damage);
    }
}
