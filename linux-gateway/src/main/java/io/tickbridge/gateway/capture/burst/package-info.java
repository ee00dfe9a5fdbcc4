/**
 * Receive technologies that pass the kernel by, each in a native library behind the one interface of {@code tb_source.h}:
 * finding the library, opening a source in it, and handing its frames over where they lie.
 *
 * <p>May depend on {@code capture} only. A source is opened, polled and closed by one thread; its counts may be
 * refreshed, and frames sent, by another.
 */
package io.tickbridge.gateway.capture.burst;
