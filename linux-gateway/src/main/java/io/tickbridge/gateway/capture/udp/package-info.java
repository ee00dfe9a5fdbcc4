/**
 * Live multicast through the kernel's UDP sockets, by way of Netty.
 *
 * <p>{@link io.tickbridge.gateway.capture.udp.UdpMulticastSource} is the way in. May depend on {@code capture},
 * {@code config} and {@code transport}. Everything happens on the thread that polls; there is no other.
 */
package io.tickbridge.gateway.capture.udp;
