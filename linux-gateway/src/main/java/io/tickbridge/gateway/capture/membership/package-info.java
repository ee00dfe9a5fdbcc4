/**
 * Joins multicast groups where the kernel does not see the port, and so sends no reports: a host's part of IGMP (RFC
 * 1112, RFC 2236, RFC 3376, now RFC 9776). Reports when the groups are joined, answers the querier's questions in its own
 * version, and leaves.
 *
 * <p>May depend on {@code capture}, {@code filter} (addresses and checksums) and {@code wire}. {@link
 * io.tickbridge.gateway.capture.membership.QueryTap} runs on the receive thread, for frames that are no UDP; everything
 * else off it, and reads no clock: the time is given.
 */
package io.tickbridge.gateway.capture.membership;
