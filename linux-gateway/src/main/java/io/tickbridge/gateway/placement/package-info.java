/**
 * Where threads run and whether memory stays where it is: cores, NUMA nodes, locked memory. Reads what the kernel tells
 * under {@code /proc} and {@code /sys}, each question in a class of its own, says what stands against a configuration,
 * and asks the kernel for what it names.
 *
 * <p>May depend on {@code config}. Everything here is off the hot path: threads are placed once when they start; the
 * watch runs on the status thread.
 *
 * <p>Why not {@code net.openhft:affinity}: it pins the calling thread, and keeps a register of cores in lock files. The
 * gateway must move other threads too, the virtual machine's own included, and lock memory; both are one system call
 * each, which {@link io.tickbridge.gateway.placement.LibC} makes by the same library that native receive backends need.
 */
package io.tickbridge.gateway.placement;
