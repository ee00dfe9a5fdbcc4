/**
 * Bytes as they came off the wire: how the parsers of hostile input read memory fast and still never outside what
 * they were given.
 *
 * <p>May depend on nothing else of the gateway.
 */
package io.tickbridge.gateway.wire;
