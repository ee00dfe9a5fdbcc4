/**
 * Where frames come from: capture files and live multicast, behind one {@link
 * io.tickbridge.gateway.capture.PacketSource}.
 *
 * <p>May depend on nothing of ours. A source may be opened by any thread; then one
 * thread polls it, and the same thread closes it.
 */
package io.tickbridge.gateway.capture;
