package io.tickbridge.gateway.replay;

import io.tickbridge.protocol.ExecutionEventDecoder;
import io.tickbridge.protocol.OrderEventDecoder;
import io.tickbridge.protocol.PositionEventDecoder;
import io.tickbridge.protocol.RiskDecisionDecoder;

/** What add-ons report, by name. */
final class ReportNames {
    private ReportNames() {
    }

    static String of(final int templateId) {
        return switch (templateId) {
            case OrderEventDecoder.TEMPLATE_ID -> "order";
            case ExecutionEventDecoder.TEMPLATE_ID -> "execution";
            case PositionEventDecoder.TEMPLATE_ID -> "position";
            case RiskDecisionDecoder.TEMPLATE_ID -> "risk-decision";
            default -> "template-" + templateId;
        };
    }
}
