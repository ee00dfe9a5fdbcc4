package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameHeaderDecoder;

/** Versions of the link's definition that this gateway speaks: SPECIFICATION.md, sections 4 and 11. */
final class LinkVersion {
    static final int OLDEST = 1;
    static final int NEWEST = FrameHeaderDecoder.SCHEMA_VERSION;
    /** From this one on there are LinkTerms, and reports. */
    static final int WITH_REPORTS = 2;

    /** From this one on frames can be sealed. */
    static final int WITH_SEALS = 3;

    private LinkVersion() {
    }

    /** The oldest that is spoken; whoever seals cannot speak with those who do not know how. */
    static int oldest(final boolean seals) {
        return seals ? WITH_SEALS : OLDEST;
    }

    static boolean isSpoken(final int version, final boolean seals) {
        return version >= oldest(seals) && version <= NEWEST;
    }
}
