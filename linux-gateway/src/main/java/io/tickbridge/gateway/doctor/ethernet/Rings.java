package io.tickbridge.gateway.doctor.ethernet;

/**
 * Sizes of an interface's receive ring.
 *
 * @param receive     places that it has
 * @param mostReceive places that it could have; 0 when the driver does not tell
 */
public record Rings(long receive, long mostReceive) {
}
