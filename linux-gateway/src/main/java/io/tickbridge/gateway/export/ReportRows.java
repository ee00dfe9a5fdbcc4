package io.tickbridge.gateway.export;

import io.tickbridge.protocol.ExecutionEventDecoder;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.OrderEventDecoder;
import io.tickbridge.protocol.PositionEventDecoder;
import io.tickbridge.protocol.RiskDecisionDecoder;
import org.agrona.DirectBuffer;

/** What add-ons reported of their trading. */
final class ReportRows {
    private final TableSink sink;
    private final RecordPlace place;
    private final FrameHeaderDecoder header = new FrameHeaderDecoder();
    private final OrderEventDecoder order = new OrderEventDecoder();
    private final ExecutionEventDecoder execution = new ExecutionEventDecoder();
    private final PositionEventDecoder position = new PositionEventDecoder();
    private final RiskDecisionDecoder decision = new RiskDecisionDecoder();

    ReportRows(final TableSink sink, final RecordPlace place) {
        this.sink = sink;
        this.place = place;
    }

    /** Writes its row; false when it is a report that no table is for, or shorter than it says. */
    boolean onReport(final long connection, final DirectBuffer buffer, final int offset, final int length) {
        if (length < FrameHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        if (length < FrameHeaderDecoder.ENCODED_LENGTH + header.blockLength()) {
            return false;
        }
        final int block = offset + FrameHeaderDecoder.ENCODED_LENGTH;
        switch (header.templateId()) {
            case OrderEventDecoder.TEMPLATE_ID -> {
                order.wrap(buffer, block, header.blockLength(), header.version());
                sink.row(Table.ORDERS).ifPresent(row -> order(row, connection));
            }
            case ExecutionEventDecoder.TEMPLATE_ID -> {
                execution.wrap(buffer, block, header.blockLength(), header.version());
                sink.row(Table.EXECUTIONS).ifPresent(row -> execution(row, connection));
            }
            case PositionEventDecoder.TEMPLATE_ID -> {
                position.wrap(buffer, block, header.blockLength(), header.version());
                sink.row(Table.POSITIONS).ifPresent(row -> position(row, connection));
            }
            case RiskDecisionDecoder.TEMPLATE_ID -> {
                decision.wrap(buffer, block, header.blockLength(), header.version());
                sink.row(Table.RISK_DECISIONS).ifPresent(row -> decision(row, connection));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private CsvTable head(final CsvTable row, final long connection, final long stream, final long eventTime) {
        return row.number(place.index()).number(place.time()).number(connection).number(stream).number(header.sequence())
                .number(eventTime);
    }

    private void order(final CsvTable row, final long connection) {
        head(row, connection, order.stream(), order.eventTime()).number(order.signalSession()).number(order.signalSequence())
                .text(EnumText.of(order::venue, order.venueRaw())).number(order.instrument())
                .text(EnumText.of(order::mode, order.modeRaw())).text(order.account()).text(order.instrumentName())
                .text(order.clientOrderId()).text(EnumText.of(order::action, order.actionRaw())).number(order.quantity())
                .text(order.platformOrderId()).text(EnumText.of(order::role, order.roleRaw()))
                .text(EnumText.of(order::orderType, order.orderTypeRaw())).text(EnumText.of(order::state, order.stateRaw()))
                .text(EnumText.of(order::timeInForce, order.timeInForceRaw())).price(order.limitPrice()).price(order.stopPrice())
                .price(order.averagePrice()).number(order.filledQuantity()).text(order.ocoGroup()).text(order.text()).end();
    }

    private void execution(final CsvTable row, final long connection) {
        head(row, connection, execution.stream(), execution.eventTime()).number(execution.signalSession())
                .number(execution.signalSequence()).text(EnumText.of(execution::venue, execution.venueRaw()))
                .number(execution.instrument()).text(EnumText.of(execution::mode, execution.modeRaw())).text(execution.account())
                .text(execution.instrumentName()).text(execution.clientOrderId())
                .text(EnumText.of(execution::action, execution.actionRaw())).number(execution.quantity())
                .text(execution.platformOrderId()).text(EnumText.of(execution::role, execution.roleRaw()))
                .text(execution.executionId()).number(execution.executionTime()).price(execution.price())
                .price(execution.commission()).number(execution.positionAfter()).end();
    }

    private void position(final CsvTable row, final long connection) {
        head(row, connection, position.stream(), position.eventTime()).text(EnumText.of(position::venue, position.venueRaw()))
                .number(position.instrument()).text(EnumText.of(position::mode, position.modeRaw())).text(position.account())
                .text(position.instrumentName()).number(position.quantity()).price(position.averagePrice())
                .price(position.realizedProfit()).price(position.unrealizedProfit()).number(position.workingBuy())
                .number(position.workingSell()).end();
    }

    private void decision(final CsvTable row, final long connection) {
        head(row, connection, decision.stream(), decision.eventTime()).number(decision.signalSession())
                .number(decision.signalSequence()).text(EnumText.of(decision::venue, decision.venueRaw()))
                .number(decision.instrument()).text(EnumText.of(decision::mode, decision.modeRaw())).text(decision.account())
                .text(decision.instrumentName()).text(decision.clientOrderId())
                .text(EnumText.of(decision::action, decision.actionRaw())).number(decision.quantity())
                .text(EnumText.of(decision::verdict, decision.verdictRaw())).text(decision.rule()).text(decision.unit())
                .number(decision.limitValue()).number(decision.value()).text(decision.text()).end();
    }
}
