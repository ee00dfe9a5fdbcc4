package io.tickbridge.gateway.doctor.ethernet;

/**
 * How an interface holds back interrupts for received packets.
 *
 * @param receiveMicroseconds longest delay, us
 * @param adaptive            whether the driver changes it by itself
 */
public record Moderation(long receiveMicroseconds, boolean adaptive) {
}
