/**
 * Where frames come from: capture files and live multicast, behind one {@link
 * io.tickbridge.gateway.capture.PacketSource}.
 *
 * <p>May depend on {@code config.Transport} only. A source is polled by the one receive thread that owns it;
 * opening and closing happen on that thread too, or before it starts and after it ended.
 */
package io.tickbridge.gateway.capture;
