/**
 * The frame filter: the checks that the kernel would have made, in user space, each drop counted by reason.
 *
 * <p>May depend on {@code wire} and nothing else of the gateway. Runs on the receive thread.
 */
package io.tickbridge.gateway.filter;
