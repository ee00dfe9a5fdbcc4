/**
 * The command line: {@code tickbridge run, replay, report, decode, books, bench, stat, check-config}.
 *
 * <p>May depend on everything. Runs on the main thread. Exit codes: 0 ok, 1 failed, 2 usage.
 */
package io.tickbridge.gateway.cli;
