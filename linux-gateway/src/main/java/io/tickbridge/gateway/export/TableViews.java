package io.tickbridge.gateway.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** What is asked of tables again and again, as views: each a statement that lies beside this class. */
final class TableViews {
    /** In this order: a view may ask those before it. */
    private static final List<String> NAMES =
            List.of("known_instruments", "signal_paths", "books_at", "mark_outs", "latencies", "round_trips");

    private TableViews() {
    }

    static void create(final DuckDb database) throws IOException, SQLException {
        for (final String name : NAMES) {
            try (InputStream in = TableViews.class.getResourceAsStream("views/" + name + ".sql")) {
                if (in == null) {
                    throw new IllegalStateException("the view " + name + " is not in the installation; build it again: bin/ensure-built");
                }
                database.execute("CREATE VIEW " + name + " AS " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
