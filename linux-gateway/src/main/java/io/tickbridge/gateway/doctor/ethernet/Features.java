package io.tickbridge.gateway.doctor.ethernet;

import java.util.Set;

/**
 * What an interface does to packets by itself, by the kernel's names.
 *
 * @param on    features that are on
 * @param fixed those of them that its driver lets nobody switch off; ethtool(8) marks them so
 */
public record Features(Set<String> on, Set<String> fixed) {
}
