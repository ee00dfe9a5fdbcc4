package io.tickbridge.gateway.report;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.file.CaptureFileSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.export.CaptureJournal;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.ExecutionEventEncoder;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.OrderAction;
import io.tickbridge.protocol.OrderEventEncoder;
import io.tickbridge.protocol.OrderRole;
import io.tickbridge.protocol.OrderState;
import io.tickbridge.protocol.OrderType;
import io.tickbridge.protocol.RiskDecisionEncoder;
import io.tickbridge.protocol.RiskVerdict;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.TimeInForce;
import io.tickbridge.protocol.TradingMode;
import io.tickbridge.protocol.Venue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal as a live gateway and a simulated add-on leave it: the CME capture's frames and signals, and for the signals of one
 * rule decisions, orders and fills at made-up times that a test can work out by hand.
 */
final class SampleDay {
    static final String CAPTURE = "cme-mdp3-v6-ch340-ab.pcapng";
    static final String CONFIGURATION = """
            capture: {source: udp}
            filter: {checksums: false}
            feeds:
              - name: cme
                protocol: cme-mdp3
                lines: [{group: 224.0.31.64, port: 14340, interface: lo}, {group: 224.0.32.64, port: 15340, interface: lo}]
            instruments:
              - {feed: cme, id: "363272", symbol: FRONT, tick: 0.25, depth: 10}
              - {feed: cme, id: "133990", symbol: SPREAD, tick: 0.25, depth: 10}
              - {feed: cme, id: "411873", tick: 0.5, depth: 10}
            signals:
              - {kind: book-imbalance, instruments: ["*"], parameters: {levels: 1, threshold: 0.5}}
              - {kind: top-of-book, instruments: ["*"], parameters: {interval: 1ms}}
            """;
    static final long SESSION = -77;
    /** Far from a signal's number, so that the two are not mixed up. */
    static final long SEQUENCE_AHEAD = 1000;
    static final int TRADED = 40;
    static final long CLOCK_AHEAD = 5_000_000; // the add-on's clock
    static final long READY = 3_000; // after the frame, ns
    static final long WRITTEN = 9_000;
    static final long DECIDED = 60_000;
    static final long SUBMITTED = 20_000;
    static final long FILLED = 700_000;
    static final long REPORTED = 50_000; // on the way back

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
    private final FrameHeaderEncoder header = new FrameHeaderEncoder();
    private long sequence;

    private final List<Long> receiveTimes = new ArrayList<>();
    private final List<Long> bids = new ArrayList<>();
    private final List<Long> asks = new ArrayList<>();
    private final SignalDecoder signal = new SignalDecoder();

    private SampleDay() {
    }

    /** Returns how many signals there are. */
    static long write(final Path directory) {
        final SampleDay day = new SampleDay();
        final Pipeline pipeline = new Pipeline(ConfigReader.parse(CONFIGURATION, Path.of(""), "test"), FrameRecorder.NONE,
                List.of(day::onSignal), List.of());
        try (CaptureFileSource source = CaptureFiles.open(SharedData.file("captures/" + CAPTURE))) {
            while (!source.isExhausted()) {
                source.poll(pipeline, 64);
            }
        }
        pipeline.onEndOfInput();
        return CaptureJournal.write(directory, CONFIGURATION, CAPTURE, day::trade);
    }

    private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        receiveTimes.add(receiveTime);
        bids.add(signal.bidPrice());
        asks.add(signal.askPrice());
    }

    /** Number of the signal that a trade came of, from 1. */
    static int signal(final int trade, final long signals) {
        return (int) (1 + (trade - 1) * signals / TRADED);
    }

    private void trade(final Journal journal) {
        final long start = receiveTimes.get(0);
        journal.recorder().onLinkEvent(new LinkEvent(1, 1, "logged-on", "console", "127.0.0.1:9", "version 2"), start);
        for (int i = 1; i <= TRADED; i++) {
            final int number = signal(i, receiveTimes.size());
            final long ready = receiveTimes.get(number - 1) + READY + i;
            final long sent = ready + WRITTEN;
            journal.recorder().onSignalSent(SESSION, SEQUENCE_AHEAD + number, number, ready, sent, 1);
            final long decided = sent + DECIDED + i * 100 + CLOCK_AHEAD;
            final boolean passes = i % 4 != 0;
            report(journal, decision(i, number, decided, passes), decided - CLOCK_AHEAD + REPORTED);
            if (passes) {
                final long ordered = decided + SUBMITTED;
                report(journal, order(i, number, ordered, OrderState.SUBMITTED, 0), ordered - CLOCK_AHEAD + REPORTED);
                if (i % 4 != 1) {
                    final long filled = ordered + FILLED + i;
                    report(journal, execution(i, number, filled), filled - CLOCK_AHEAD + REPORTED);
                    report(journal, order(i, number, filled, OrderState.FILLED, 2), filled - CLOCK_AHEAD + REPORTED);
                } else {
                    report(journal, order(i, number, ordered + 1, OrderState.CANCELLED, 0), ordered + 1 - CLOCK_AHEAD + REPORTED);
                }
            }
        }
        journal.recorder().onFeedGap(0, 1, 3, start + 7);
        journal.recorder().onBookState(0, 4711, 2, start, start + 8);
        journal.recorder().onBookState(0, 4711, 0, start, start + 2_000_008);
    }

    private void report(final Journal journal, final int length, final long receiveTime) {
        if (!journal.recorder().onLinkReport(1, frame, 0, length, receiveTime)) {
            throw new IllegalStateException("a source that waits finds room");
        }
    }

    private int head(final int blockLength, final int template, final int version) {
        frame.setMemory(0, frame.capacity(), (byte) 0);
        header.wrap(frame, 0).frameLength(FrameHeaderEncoder.ENCODED_LENGTH + blockLength).blockLength(blockLength)
                .templateId(template).schemaId(OrderEventEncoder.SCHEMA_ID).version(version).sequence(++sequence);
        return FrameHeaderEncoder.ENCODED_LENGTH + blockLength;
    }

    private int decision(final int trade, final int number, final long time, final boolean passes) {
        final int length = head(RiskDecisionEncoder.BLOCK_LENGTH, RiskDecisionEncoder.TEMPLATE_ID, RiskDecisionEncoder.SCHEMA_VERSION);
        new RiskDecisionEncoder().wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(5).eventTime(time).signalSession(SESSION)
                .signalSequence(SEQUENCE_AHEAD + number).instrument(1).limitValue(passes ? 0 : 3).value(passes ? 0 : 4).quantity(2).venue(Venue.CME)
                .mode(TradingMode.SIMULATION).verdict(passes ? RiskVerdict.PASSED : RiskVerdict.REFUSED).action(action(trade))
                .rule(passes ? "price-collar" : trade % 8 == 0 ? "max-orders" : "max-spread").unit("ticks")
                .clientOrderId(passes ? "TB-" + trade : "").account("Sim101").instrumentName("X").text(passes ? "" : "too many");
        return length;
    }

    private static OrderAction action(final int trade) {
        return trade % 2 == 0 ? OrderAction.BUY : OrderAction.SELL_SHORT;
    }

    private int order(final int trade, final int number, final long time, final OrderState state, final int filled) {
        final int length = head(OrderEventEncoder.BLOCK_LENGTH, OrderEventEncoder.TEMPLATE_ID, OrderEventEncoder.SCHEMA_VERSION);
        new OrderEventEncoder().wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(5).eventTime(time).signalSession(SESSION)
                .signalSequence(SEQUENCE_AHEAD + number).instrument(1).limitPrice(OrderEventEncoder.limitPriceNullValue())
                .stopPrice(OrderEventEncoder.stopPriceNullValue()).averagePrice(filled > 0 ? price(trade, number) : Long.MIN_VALUE).quantity(2)
                .filledQuantity(filled).venue(Venue.CME).mode(TradingMode.SIMULATION).action(action(trade)).orderType(OrderType.MARKET)
                .state(state).timeInForce(TimeInForce.DAY).role(OrderRole.ENTRY).clientOrderId("TB-" + trade)
                .platformOrderId("P" + trade).account("Sim101").instrumentName("X");
        return length;
    }

    /** Buys at the offer, sells at the bid, every fifth a quarter worse. */
    private long price(final int trade, final int number) {
        final long worse = trade % 5 == 0 ? 250_000_000L : 0;
        return trade % 2 == 0 ? asks.get(number - 1) + worse : bids.get(number - 1) - worse;
    }

    private int execution(final int trade, final int number, final long time) {
        final int length =
                head(ExecutionEventEncoder.BLOCK_LENGTH, ExecutionEventEncoder.TEMPLATE_ID, ExecutionEventEncoder.SCHEMA_VERSION);
        new ExecutionEventEncoder().wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(5).eventTime(time).signalSession(SESSION)
                .signalSequence(SEQUENCE_AHEAD + number).instrument(1).executionTime(time).price(price(trade, number)).commission(1_250_000_000L).quantity(2)
                .positionAfter(2).venue(Venue.CME).mode(TradingMode.SIMULATION).action(action(trade)).role(OrderRole.ENTRY)
                .clientOrderId("TB-" + trade).platformOrderId("P" + trade).executionId("X" + trade).account("Sim101")
                .instrumentName("X");
        return length;
    }
}
