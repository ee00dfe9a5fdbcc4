package io.tickbridge.gateway.export;

import java.util.Optional;

/** Gives a row to write, or none where the record at hand is not to be exported. */
@FunctionalInterface
interface TableSink {
    Optional<CsvTable> row(Table table);
}
