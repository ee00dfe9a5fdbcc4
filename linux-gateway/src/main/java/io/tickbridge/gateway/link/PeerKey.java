package io.tickbridge.gateway.link;

import io.tickbridge.protocol.PeerRights;
import javax.crypto.SecretKey;

/**
 * Who an add-on is and what it may do.
 *
 * @param key    that it must prove to hold; null where its certificate has shown who it is
 * @param rights what it may do
 */
record PeerKey(SecretKey key, PeerRights rights) {
}
