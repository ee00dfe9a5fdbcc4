package io.tickbridge.gateway.link;

import io.tickbridge.protocol.LogonDecoder;

/**
 * Where a peer's sequenced frames begin: SPECIFICATION.md, section 4, "Where from".
 *
 * @param nextSequence     first number of this session that the peer gets
 * @param otherSessionFrom first number wanted of a session that is not this one, or 0
 */
record Resumption(long nextSequence, long otherSessionFrom) {

    /**
     * What a Logon asks for.
     *
     * @param session this run's
     * @param last    newest number given in it
     */
    static Resumption of(final LogonDecoder logon, final long session, final long last) {
        final long wanted = logon.nextSequence();
        if (wanted != 0 && logon.resumeSession() != 0 && logon.resumeSession() != session) {
            return new Resumption(1, wanted);
        }
        final boolean fromNow = wanted == 0 || Long.compareUnsigned(wanted, last + 1) > 0;
        return new Resumption(fromNow ? last + 1 : wanted, 0);
    }
}
