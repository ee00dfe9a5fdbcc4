package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables as one UTC day of journalling sees them: what happened on it, and of the runs that it is a day of everything by which
 * that is understood, on whatever day it was journalled. What orders cost is worked out over all days, as in an export.
 */
final class ViewsOfDay {
    /** What a run is described by; a run that began the day before has these there, or tomorrow. */
    private static final Set<Table> OF_RUNS = EnumSet.of(Table.RUN_ENDS, Table.INSTRUMENTS, Table.SIGNALS_SENT);
    /** Say nothing of a run that goes on. */
    private static final Set<Table> NOT_OF_A_RUN = EnumSet.of(Table.RUNS, Table.JOURNAL_LOSSES);

    private ViewsOfDay() {
    }

    /** Replaces the views of all days. */
    static void create(final DuckDb database, final Path tables, final LocalDate day) throws IOException, SQLException {
        final String ofDay = " WHERE date = DATE '" + day + "'";
        database.execute("CREATE TABLE costs_of_day AS SELECT * FROM " + TransactionCosts.LABEL + ofDay);
        database.execute("CREATE OR REPLACE VIEW " + TransactionCosts.LABEL + " AS SELECT * FROM costs_of_day");
        database.execute("CREATE TABLE runs_of_day AS SELECT * FROM " + TableQuery.source(tables, Table.RUNS) + ofDay + " OR index IN ("
                + runsWithRecords(ofDay) + ")");
        for (final Table table : Table.values()) {
            final String all = TableQuery.source(tables, table);
            database.execute("CREATE OR REPLACE VIEW " + table.label() + " AS " + (table == Table.RUNS ? "SELECT * FROM runs_of_day"
                    : OF_RUNS.contains(table) ? "SELECT * FROM " + all + " WHERE run IN (SELECT index FROM runs_of_day) OR run < 0"
                    : "SELECT * FROM " + all + ofDay));
        }
    }

    /** A run goes on into a day that has records of it. */
    private static String runsWithRecords(final String ofDay) {
        return Stream.of(Table.values()).filter(table -> !NOT_OF_A_RUN.contains(table))
                .map(table -> "SELECT DISTINCT run FROM " + table.label() + ofDay).collect(Collectors.joining(" UNION ALL "));
    }
}
