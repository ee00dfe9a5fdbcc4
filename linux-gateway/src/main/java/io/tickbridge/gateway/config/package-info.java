/**
 * The one YAML file: reading it, refusing what is wrong in it, and the records that the rest of the gateway
 * is built from.
 *
 * <p>May depend on {@code files} alone. Runs on the main thread, before anything else starts.
 */
package io.tickbridge.gateway.config;
