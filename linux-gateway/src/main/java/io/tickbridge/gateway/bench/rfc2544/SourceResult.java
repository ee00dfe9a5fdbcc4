package io.tickbridge.gateway.bench.rfc2544;

import java.util.List;

/**
 * Everything about one source.
 *
 * @param name    as asked for
 * @param what    as the source describes itself, or why it could not be opened
 * @param strays  frames that came when their trial was over
 * @param results by frame size; none when it could not be opened
 */
public record SourceResult(String name, String what, long strays, List<SizeResult> results) {
}
