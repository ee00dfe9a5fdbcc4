package io.tickbridge.gateway.config;

import java.util.List;

/**
 * The frame filter. Which groups pass follows from the feeds' lines.
 *
 * @param checksums whether IPv4 and UDP checksums are verified; off only for captures that have wrong ones
 * @param sources   IPv4 addresses that may send; empty allows all
 */
public record FilterConfig(boolean checksums, List<String> sources) {
}
