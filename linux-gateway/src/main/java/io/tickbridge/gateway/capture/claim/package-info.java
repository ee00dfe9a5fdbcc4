/**
 * Which sources may receive from one network interface at a time. What takes frames before the kernel sees them starves the
 * kernel's sockets in silence, in whatever process they are: so every source says what it does with an interface, and looks
 * who else is there.
 *
 * <p>The Java half of src/main/c/device_claim.c, for the source that has no library, and for a look without a claim. May
 * depend on {@code capture} alone. Takes system calls; any thread.
 */
package io.tickbridge.gateway.capture.claim;
