package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What add-ons reported of their trading, as the gateway's journal tells it through {@code tickbridge query}. */
final class ReportedTrading {
    private static final String NOTICE = "notice.";
    /** Longest text of a risk decision on the link (SPECIFICATION.md, RiskDecision). */
    private static final int TEXT_LENGTH = 112;

    private final Path directory;

    /** Of a gateway that has ended. */
    ReportedTrading(final Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        final Launcher.Result export = Launcher.tickbridge(directory, "export", "--journal",
                GatewayFiles.journal(directory).toString(), "--to", "csv", "--out", tables().toString());
        assertEquals(0, export.exit(), export.err());
    }

    private Path tables() {
        return directory.resolve("tables");
    }

    /** All kinds of reports of all add-ons in one query; rows of different tables share columns of one meaning. */
    List<Map<String, Object>> rows() throws IOException, InterruptedException {
        final String common = "select %s as what, stream, sequence, account, instrument_name, mode, ";
        final Launcher.Result result = Launcher.tickbridge(directory, "query", "--json", tables().toString(),
                "select * from ("
                + common.formatted("'order'") + """
                 client_order_id as name, platform_order_id as handle, state as verdict, action, quantity,
                 filled_quantity as filled, limit_price, stop_price, average_price as price, signal_sequence, null as rule,
                 null as unit, null as limit_value, null as value, text from orders
                 union all\s"""
                + common.formatted("'execution'") + """
                 client_order_id, platform_order_id, null, action, quantity, position_after, null, null, price,
                 signal_sequence, execution_id, null, null, null, null from executions
                 union all\s"""
                + common.formatted("'position'") + """
                 null, null, null, null, quantity, null, null, null, average_price, null, null, null, null, null, null
                 from positions
                 union all\s"""
                + common.formatted("'decision'") + """
                 client_order_id, null, verdict, action, quantity, null, null, null, null, signal_sequence, rule, unit,
                 limit_value, value, text from risk_decisions) order by stream, sequence""");
        assertEquals(0, result.exit(), result.err());
        final List<Map<String, Object>> rows = new ArrayList<>();
        for (final String line : result.out().lines().toList()) {
            rows.add(JSON.std.mapFrom(line));
        }
        return rows;
    }

    /** What the orders cost, as the gateway works it out; decimals as text, so that no digit is lost. */
    List<Map<String, Object>> costs() throws IOException, InterruptedException {
        final Launcher.Result result = Launcher.tickbridge(directory, "query", "--json", tables().toString(), """
                select client_order_id as name, role, state, action, quantity, filled_quantity as filled, refused_by, kind, signal_number,
                  signal_sequence, decision_time, order_time, first_fill_time, cast(microprice as varchar) as microprice,
                  cast(tick as varchar) as tick, cast(average_price as varchar) as price, cast(slippage as varchar) as slippage,
                  cast(slippage_ticks as varchar) as ticks, receive_to_ready, ready_to_sent from transaction_costs""");
        assertEquals(0, result.exit(), result.err());
        final List<Map<String, Object>> rows = new ArrayList<>();
        for (final String line : result.out().lines().toList()) {
            rows.add(JSON.std.mapFrom(line));
        }
        return rows;
    }

    /** A row, in the words of the audit log's line of the same event. */
    static String asAudited(final Map<String, Object> row) {
        final String what = row.get("what").toString();
        final String rule = String.valueOf(row.get("rule"));
        return switch (what) {
            case "order" -> text("order", row, "handle", "name", "account", "instrument_name", "verdict", "quantity",
                    "filled", "limit_price", "stop_price", "price");
            case "execution" -> text("execution", row, "rule", "handle", "account", "instrument_name", "quantity", "price");
            case "position" -> text("position", row, "account", "instrument_name", "quantity", "price");
            default -> rule.startsWith(NOTICE)
                    ? "notice " + rule.substring(NOTICE.length()) + ' ' + text("", row, "account", "instrument_name", "text")
                    : text("decision", row, "account", "mode", "instrument_name", "quantity", "verdict", "rule", "value",
                            "limit_value", "unit", "text");
        };
    }

    /** A line of the audit log in the same words; null: nobody reports it. */
    static String asReported(final AuditEntry entry) {
        return switch (entry.kind()) {
            case "order" -> text("order", entry.fields(), "handle", "name", "account", "instrument", "status", "quantity",
                    "filled", "limitPrice", "stopPrice", "averagePrice");
            case "execution" -> text("execution", entry.fields(), "id", "handle", "account", "instrument", "quantity", "price");
            case "position" -> text("position", entry.fields(), "account", "instrument", "quantity", "averagePrice");
            case "notice" -> "notice " + entry.get("what") + ' '
                    + text("", entry.fields(), "account", "instrument", "text");
            case "decision" -> text("decision", entry.fields(), "account", "mode", "instrument", "quantity", "passed", "rule",
                    "measured", "limit", "unit", "text");
            default -> null;
        };
    }

    private static String text(final String kind, final Map<String, ?> fields, final String... names) {
        final StringBuilder text = new StringBuilder(kind);
        for (final String name : names) {
            text.append('|').append(plain(name, fields.get(name)));
        }
        return text.toString();
    }

    /** Both write names and prices in their own way. */
    private static String plain(final String name, final Object value) {
        final String text = value == null ? "" : value.toString();
        return switch (name) {
            case "verdict", "status", "passed", "mode" -> switch (text) {
                case "yes" -> "passed";
                case "no" -> "refused";
                default -> text.replace("_", "").toLowerCase(Locale.ROOT);
            };
            case "limit_price", "stop_price", "price", "limitPrice", "stopPrice", "averagePrice" ->
                    text.isEmpty() || "-".equals(text) || "none".equals(text)
                            ? "" : new BigDecimal(text).stripTrailingZeros().toPlainString();
            case "text" -> text.length() > TEXT_LENGTH ? text.substring(0, TEXT_LENGTH) : text;
            default -> text;
        };
    }
}
