package io.tickbridge.gateway.export;

import java.util.List;

/**
 * What an export came upon.
 *
 * @param records  how many of its kind were written: frames for pcapng and hlog, rows for tables
 * @param problems what is missing from the journal or damaged, and what could not be exported; one line each
 */
public record ExportResult(long records, List<String> problems) {
}
