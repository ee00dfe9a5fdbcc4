package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameHeaderDecoder;

/** Versions of the link's definition that this gateway speaks: SPECIFICATION.md, sections 4 and 11. */
final class LinkVersion {
    static final int OLDEST = 1;
    static final int NEWEST = FrameHeaderDecoder.SCHEMA_VERSION;
    /** From this one on there are LinkTerms, and reports. */
    static final int WITH_REPORTS = 2;

    private LinkVersion() {
    }

    static boolean isSpoken(final int version) {
        return version >= OLDEST && version <= NEWEST;
    }
}
