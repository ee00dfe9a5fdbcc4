/**
 * The project's programs as processes: how they are started, watched and stopped. The demonstration and the integration
 * tests both stand on this.
 *
 * <p>May depend on the gateway's counters file, and on nothing else of the gateway.
 */
package io.tickbridge.integration.process;
