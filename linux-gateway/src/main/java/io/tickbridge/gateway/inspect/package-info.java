/**
 * Looking into capture files without a configuration: which channels and lines a file holds, and its datagrams one by
 * one.
 *
 * <p>May depend on {@code capture}, {@code filter}, {@code feed} and {@code book}. Runs on the caller's thread; cold path.
 */
package io.tickbridge.gateway.inspect;
