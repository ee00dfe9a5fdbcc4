package io.tickbridge.gateway.capture.membership;

import java.util.List;

/**
 * What a version 3 report says of one group (RFC 3376, section 4.2.4 to 4.2.12).
 *
 * @param type    what it says
 * @param group   IPv4 address
 * @param sources senders it is about
 */
record GroupRecord(Type type, int group, List<Integer> sources) {

    /** Record types, with their codes. */
    enum Type {
        /** MODE_IS_INCLUDE: from these senders alone. */
        IS_INCLUDE(1),
        /** MODE_IS_EXCLUDE: from all but these. */
        IS_EXCLUDE(2),
        /** CHANGE_TO_INCLUDE_MODE: from now on from these alone; from none, to leave. */
        TO_INCLUDE(3),
        /** CHANGE_TO_EXCLUDE_MODE: from now on from all but these; but none, to join. */
        TO_EXCLUDE(4),
        /** ALLOW_NEW_SOURCES: from these too. */
        ALLOW(5),
        /** BLOCK_OLD_SOURCES: from these no longer. */
        BLOCK(6);

        private final int code;

        Type(final int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
