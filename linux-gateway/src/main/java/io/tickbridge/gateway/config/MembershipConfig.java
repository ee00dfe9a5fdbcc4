package io.tickbridge.gateway.config;

/**
 * Group membership of sources that the kernel does not see.
 *
 * @param enabled whether the gateway sends IGMP reports itself
 * @param version highest IGMP version spoken
 * @param address IPv4 address that reports come from
 * @param vlan    VLAN identifier of the tag on reports; 0 for none
 */
public record MembershipConfig(boolean enabled, Version version, String address, int vlan) {

    /** Version of IGMP. */
    public enum Version {
        /** RFC 2236. */
        V2,
        /** RFC 3376. */
        V3
    }
}
