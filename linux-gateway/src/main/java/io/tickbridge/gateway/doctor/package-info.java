/**
 * Examines a machine for a gateway: one check a question, each saying what was found, what is wanted, why it matters and
 * how to mend it. Reads {@code /proc}, {@code /sys} and ethtool's netlink interface; changes nothing, and needs no
 * rights. Every check runs as well on a recorded copy of another machine's files.
 *
 * <p>May depend on {@code config}, {@code placement} and {@code doctor.ethernet}. Cold path, any thread.
 */
package io.tickbridge.gateway.doctor;
