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
            "mark_out_sums", "fill_sources", "transaction_costs", "transaction_cost_sums", "round_trips", "refusals", "refused_signals", "notices", SHOWN_SIGNALS);

    private ReportQueries() {
    }

    /**
     * All of them, as a page has them unless a user says otherwise.
     *
     * @return statement by name
     */
    public static Map<String, String> all() {
        return all(BookChoice.DEFAULT);
    }

    /**
     * All of them.
     *
     * @param books around which signals books are shown
     * @return statement by name
     */
    public static Map<String, String> all(final BookChoice books) {
        final Map<String, String> statements = new TreeMap<>();
        NAMES.forEach(name -> statements.put(name, books.in(StandalonePage.resource(ReportQueries.class, name + ".sql"))));
        return statements;
    }
}
