package io.tickbridge.gateway.capture.membership;

/** Versions of IGMP, each of which a querier may speak. In order. */
public enum IgmpVersion {
    /** RFC 1112, appendix I. */
    V1,
    /** RFC 2236. */
    V2,
    /** RFC 3376. */
    V3
}
