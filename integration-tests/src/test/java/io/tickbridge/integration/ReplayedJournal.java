package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.SignalDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;

/** A gateway's journal of one run without holes or damage, played again in this process: its books, and each signal at its place. */
final class ReplayedJournal implements JournalRecordHandler {
    private final Pipeline pipeline;
    private final BiConsumer<Pipeline, SignalDecoder> onSignal;
    private final SignalDecoder signal = new SignalDecoder();
    private int signals;

    private ReplayedJournal(final Pipeline pipeline, final BiConsumer<Pipeline, SignalDecoder> onSignal) {
        this.pipeline = pipeline;
        this.onSignal = onSignal;
    }

    /** Plays the journal of the gateway that ran in a directory; {@code onSignal} sees the books as they were at each signal. */
    static ReplayedJournal of(final Path directory, final BiConsumer<Pipeline, SignalDecoder> onSignal) throws IOException {
        final ReplayedJournal replayed = new ReplayedJournal(new Pipeline(
                ConfigReader.parse(Files.readString(GatewayFiles.config(directory)), directory, "gateway.yaml"),
                FrameRecorder.NONE, List.of(), List.of()), onSignal);
        try (JournalReader reader = JournalReader.open(GatewayFiles.journal(directory))) {
            reader.readAll(replayed);
        }
        return replayed;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    int signals() {
        return signals;
    }

    /** All levels of a book, which has to know them, as the simulated exchanges print theirs. */
    static List<String> levels(final String name, final InstrumentBook book, final boolean withOrders) {
        final List<String> levels = new ArrayList<>();
        for (final int side : new int[] {MarketDataListener.BID, MarketDataListener.ASK}) {
            final BookSide of = book.side(side);
            for (int i = 0; i < of.depth(); i++) {
                assertTrue(of.isKnown(i), () -> book + " is not whole");
                levels.add("book,%s,%s,%d,%d".formatted(name, side == MarketDataListener.BID ? "bid" : "ask", of.price(i),
                        of.quantity(i)) + (withOrders ? "," + of.orders(i) : ""));
            }
        }
        return levels;
    }

    /** The gateway's own command comes to the same signals. */
    static void assertVerifies(final Path directory) throws IOException, InterruptedException {
        final Launcher.Result replay = Launcher.tickbridge(
                directory, "replay", "--journal", GatewayFiles.journal(directory).toString(), "--verify");
        assertEquals(0, replay.exit(), replay.out() + replay.err());
        assertTrue(replay.out().contains("replay is equal"), replay.out());
    }

    @Override
    public void onFrame(
            final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        pipeline.onFrame(buffer, offset, length, receiveTime, 0);
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        signals++;
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        onSignal.accept(pipeline, signal);
    }

    @Override
    public void onGap(final long index, final long frames, final long lost, final long firstTime, final long lastTime) {
        throw new AssertionError("the journal lacks " + frames + " frames and " + lost + " signals");
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        throw new AssertionError("the journal is damaged: " + damage);
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        assertEquals(0, signals);
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        // Nothing follows.
    }
}
