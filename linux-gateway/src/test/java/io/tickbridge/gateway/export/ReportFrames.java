package io.tickbridge.gateway.export;

import io.tickbridge.gateway.journal.JournalRecorder;
import io.tickbridge.protocol.ExecutionEventEncoder;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.OrderAction;
import io.tickbridge.protocol.OrderEventEncoder;
import io.tickbridge.protocol.OrderRole;
import io.tickbridge.protocol.OrderState;
import io.tickbridge.protocol.OrderType;
import io.tickbridge.protocol.PositionEventEncoder;
import io.tickbridge.protocol.RiskDecisionEncoder;
import io.tickbridge.protocol.RiskVerdict;
import io.tickbridge.protocol.TimeInForce;
import io.tickbridge.protocol.TradingMode;
import io.tickbridge.protocol.Venue;
import org.agrona.concurrent.UnsafeBuffer;

/** An add-on's reports, put into a journal as the link puts them there: the frames as they came, in one stream. */
final class ReportFrames {
    private static final String ACCOUNT = "Sim101";
    private static final String CONTRACT = "ES 12-26";

    private final JournalRecorder recorder;
    private long stopPrice = OrderEventEncoder.stopPriceNullValue();
    private long stream;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
    private final FrameHeaderEncoder header = new FrameHeaderEncoder();
    private final OrderEventEncoder order = new OrderEventEncoder();
    private final ExecutionEventEncoder execution = new ExecutionEventEncoder();
    private final PositionEventEncoder position = new PositionEventEncoder();
    private final RiskDecisionEncoder decision = new RiskDecisionEncoder();
    private long sequence;
    private int length;

    /** Which signal led to a report; session 0 for none. */
    record Cause(long session, long sequence, long instrument) {
    }

    ReportFrames(final JournalRecorder recorder, final long stream) {
        this.recorder = recorder;
        this.stream = stream;
    }

    private void begin(final int template, final int block) {
        frame.setMemory(0, frame.capacity(), (byte) 0);
        length = FrameHeaderEncoder.ENCODED_LENGTH + block;
        header.wrap(frame, 0).frameLength(length).blockLength(block).templateId(template)
                .schemaId(OrderEventEncoder.SCHEMA_ID).version(OrderEventEncoder.SCHEMA_VERSION).sequence(++sequence);
    }

    private void end(final long time) {
        if (!recorder.onLinkReport(1, frame, 0, length, time)) {
            throw new IllegalStateException("the ring is full");
        }
    }

    /** The add-on is started anew: its reports are another stream, counted from 1. */
    void restart() {
        stream++;
        sequence = 0;
    }

    /** As after a gateway was killed: the last report once more, with its number. */
    void again(final long time) {
        end(time);
    }

    void decision(final Cause cause, final String label, final RiskVerdict verdict, final TradingMode mode, final OrderAction action,
            final int quantity, final String rule, final long value, final long limit, final long time) {
        begin(RiskDecisionEncoder.TEMPLATE_ID, RiskDecisionEncoder.BLOCK_LENGTH);
        decision.wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(stream).eventTime(time).signalSession(cause.session())
                .signalSequence(cause.sequence()).instrument(cause.instrument()).venue(Venue.CME).limitValue(limit).value(value)
                .quantity(quantity).mode(mode).verdict(verdict).action(action).rule(rule).unit("ticks").clientOrderId(label)
                .account(ACCOUNT).instrumentName(CONTRACT).text("said \"so\", plainly");
        end(time + 1);
    }

    /** What orders from here on say of their stop. */
    void stopAt(final long price) {
        stopPrice = price;
    }

    void order(final Cause cause, final String name, final long handle, final OrderRole role, final OrderAction action,
            final OrderState state, final int quantity, final int filled, final long average, final long time) {
        begin(OrderEventEncoder.TEMPLATE_ID, OrderEventEncoder.BLOCK_LENGTH);
        order.wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(stream).eventTime(time).signalSession(cause.session())
                .signalSequence(cause.sequence()).instrument(cause.instrument()).venue(Venue.CME)
                .limitPrice(OrderEventEncoder.limitPriceNullValue()).stopPrice(stopPrice)
                .averagePrice(filled == 0 ? OrderEventEncoder.averagePriceNullValue() : average).quantity(quantity)
                .filledQuantity(filled).mode(TradingMode.SIMULATION).action(action).orderType(OrderType.MARKET).state(state)
                .timeInForce(TimeInForce.DAY).role(role).clientOrderId(name).platformOrderId(Long.toString(handle)).account(ACCOUNT)
                .instrumentName(CONTRACT).text(state == OrderState.REJECTED ? "no margin" : "");
        end(time + 1);
    }

    void execution(final Cause cause, final String name, final long handle, final OrderRole role, final OrderAction action,
            final String id, final int quantity, final long price, final long commission, final long time) {
        begin(ExecutionEventEncoder.TEMPLATE_ID, ExecutionEventEncoder.BLOCK_LENGTH);
        execution.wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(stream).eventTime(time + 5).signalSession(cause.session())
                .signalSequence(cause.sequence()).instrument(cause.instrument()).venue(Venue.CME).executionTime(time).price(price)
                .commission(commission).quantity(quantity).positionAfter(quantity).mode(TradingMode.SIMULATION).action(action)
                .role(role).clientOrderId(name).platformOrderId(Long.toString(handle)).executionId(id).account(ACCOUNT)
                .instrumentName(CONTRACT);
        end(time + 6);
    }

    void position(final int quantity, final long average, final long time) {
        begin(PositionEventEncoder.TEMPLATE_ID, PositionEventEncoder.BLOCK_LENGTH);
        position.wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(stream).eventTime(time).venue(Venue.CME)
                .averagePrice(average).realizedProfit(-1).unrealizedProfit(PositionEventEncoder.unrealizedProfitNullValue())
                .quantity(quantity).mode(TradingMode.SIMULATION).account(ACCOUNT).instrumentName(CONTRACT);
        end(time + 1);
    }
}
