/**
 * Looks whether what a configuration names is there on this machine, before a gateway is started with it.
 *
 * <p>Knows the packages whose job it is to open these things, and lets them say what is wrong. Cold path.
 */
package io.tickbridge.gateway.preflight;
