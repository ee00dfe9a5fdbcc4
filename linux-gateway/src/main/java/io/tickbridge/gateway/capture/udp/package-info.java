/**
 * Live multicast through the kernel's UDP sockets.
 *
 * <p>{@link io.tickbridge.gateway.capture.udp.UdpMulticastSource} is the way in. May depend on {@code capture}, {@code
 * capture.claim} and {@code config}. Receiving happens on the thread that polls; what may be asked of the kernel beside it, drops and interfaces, on
 * the one that refreshes counts.
 *
 * <p>System calls are made through the C library of this process as it is, by way of JNR-FFI: no compiler is needed where
 * the gateway runs, and OpenOnload, which is preloaded in front of the C library, takes them over.
 */
package io.tickbridge.gateway.capture.udp;
