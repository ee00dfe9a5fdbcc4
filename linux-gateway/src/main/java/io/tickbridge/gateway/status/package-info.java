/**
 * How a running gateway is watched from outside: a page for people, metrics for Prometheus, health for whoever restarts
 * things, by HTTP. Everything shown is what was published; nothing is asked of the threads that work.
 *
 * <p>May depend on {@code ops}, {@code doctor} and {@code config}. Runs on a thread of its own, and examines the machine on
 * another.
 */
package io.tickbridge.gateway.status;
