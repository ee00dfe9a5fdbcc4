package io.tickbridge.gateway.config;

/**
 * What the link puts up with.
 *
 * @param silence              ns after which a silent peer is cut off; 0: three heartbeats
 * @param perAddress           connections from one address at once
 * @param connectionsPerSecond new connections in a second, of all addresses
 * @param framesPerSecond      frames from one peer in a second
 */
public record LinkLimits(long silence, int perAddress, int connectionsPerSecond, int framesPerSecond) {
}
