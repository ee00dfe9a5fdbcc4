/**
 * Which of Netty's transports does socket I/O here, for datagrams and for the link alike.
 *
 * <p>May depend on {@code config} alone. Asked when sockets are opened; any thread.
 */
package io.tickbridge.gateway.transport;
