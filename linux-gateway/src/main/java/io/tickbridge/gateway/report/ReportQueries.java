package io.tickbridge.gateway.report;

import io.tickbridge.gateway.page.StandalonePage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The statements whose answers a page shows, by name. */
public final class ReportQueries {
    /** Signals whose books are embedded. */
    static final String SHOWN_SIGNALS = "shown_signals";
    private static final List<String> NAMES = List.of("glance", "losses", "runs", "lines", "traffic", "bursts", "holes", "outages",
            "outage_sums", "link", "latency_sums", "latency_curves", "latency_times", "rules", "signals", "signal_times",
            "mark_out_sums", "fill_sources", "transaction_costs", "transaction_cost_sums", "refusals", SHOWN_SIGNALS);

    private ReportQueries() {
    }

    /**
     * All of them.
     *
     * @return statement by name
     */
    public static Map<String, String> all() {
        final Map<String, String> statements = new TreeMap<>();
        NAMES.forEach(name -> statements.put(name, StandalonePage.resource(ReportQueries.class, name + ".sql")));
        return statements;
    }
}
