package io.tickbridge.gateway.doctor.ethernet;

/**
 * What drives an interface.
 *
 * @param name     of the driver
 * @param version  of the driver; since Linux 5.10 mostly the kernel's own
 * @param firmware of the interface; empty when it tells none
 */
public record Driver(String name, String version, String firmware) {
}
