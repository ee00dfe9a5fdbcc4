/**
 * Settings of network interfaces that the kernel tells through ethtool's interfaces and not through files.
 *
 * <p>Depends on {@code placement} for recorded files. Cold path, any thread.
 */
package io.tickbridge.gateway.doctor.ethernet;
