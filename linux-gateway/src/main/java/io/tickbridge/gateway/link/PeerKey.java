package io.tickbridge.gateway.link;

import io.tickbridge.protocol.PeerRights;
import java.util.Objects;
import javax.crypto.SecretKey;

/**
 * Who an add-on is and what it may do.
 *
 * @param key    that it must prove to hold; null where its certificate has shown who it is
 * @param rights what it may do
 * @param notAfter when it expires, ns since the Unix epoch
 */
record PeerKey(SecretKey key, PeerRights rights, long notAfter) {
    /** When what never expires does. */
    static final long NEVER = Long.MAX_VALUE;

    /** Whether it is as good as another, until when apart. */
    boolean isSameAs(final PeerKey other) {
        return rights == other.rights && Objects.equals(key, other.key);
    }
}
