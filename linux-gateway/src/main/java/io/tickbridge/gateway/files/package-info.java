/**
 * The file system's refusals in words that a user understands.
 *
 * <p>May depend on nothing else of the gateway. Any thread; cold path.
 */
package io.tickbridge.gateway.files;
