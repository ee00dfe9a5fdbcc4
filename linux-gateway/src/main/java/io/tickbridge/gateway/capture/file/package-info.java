/**
 * Capture files: pcap and pcapng, plain or gzip, read as a stream in constant memory.
 *
 * <p>{@link io.tickbridge.gateway.capture.file.CaptureFiles} is the way in. May depend on {@code capture} and {@code files}.
 * Runs on the thread that polls.
 */
package io.tickbridge.gateway.capture.file;
