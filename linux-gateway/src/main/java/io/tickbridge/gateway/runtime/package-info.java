/**
 * A running gateway: opens what the configuration names, starts the threads, and stops them in order.
 *
 * <p>May depend on everything below the command line. {@link io.tickbridge.gateway.runtime.ReceiveAgent} is the receive
 * thread's duty cycle; the rest runs on the main thread.
 */
package io.tickbridge.gateway.runtime;
