package io.tickbridge.gateway.bench.rfc2544;

import java.util.List;

/**
 * A whole run.
 *
 * @param from      interface that was sent on
 * @param to        interface that was received on
 * @param generated when, ISO 8601
 * @param command   as it was given
 * @param machine   where
 * @param settings  how
 * @param sources   what was measured
 */
public record Report(String from, String to, String generated, String command, Machine machine, Settings settings,
        List<SourceResult> sources) {
}
