package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.protocol.PeerRights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may log on. The registry of {@code tickbridge keys} is read again by {@link #refresh} when it has changed, so that a
 * revoked name is refused at its next logon; the receive thread, on which anybody may try to log on as often as he likes, never
 * looks at the file.
 */
final class PeerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PeerKeys.class);

    /** Of whoever refreshes. */
    private final KeyRegistry registry;
    private final SecretKey common;
    private final PeerRights commonRights;
    private volatile List<RegisteredPeer> peers;
    /** Why the registry cannot be read; null when it can. */
    private String failure;

    private PeerKeys(final KeyRegistry registry, final SecretKey common, final PeerRights commonRights)
            throws IOException {
        this.registry = registry;
        this.peers = registry.peers();
        this.common = common;
        this.commonRights = commonRights;
    }

    /**
     * Reads what there is.
     *
     * @throws IOException when neither a common key nor the registry can be used, saying what to do
     */
    static PeerKeys read(final LinkConfig config) throws IOException {
        final KeyRegistry registry = new KeyRegistry(config.security().keys());
        final boolean tls = config.security().isTls(config.listen());
        final boolean needsCommon = !tls && registry.peers().isEmpty();
        final SecretKey common = needsCommon || !tls && Files.exists(config.keyFile()) ? PreSharedKey.read(config.keyFile()) : null;
        return new PeerKeys(registry, common, rights(config.security().commonRights()));
    }

    private static PeerRights rights(final LinkSecurity.Rights rights) {
        return rights == LinkSecurity.Rights.TRADE ? PeerRights.TRADE : PeerRights.VIEW;
    }

    /** Reads the registry again if it has changed; one that cannot be read lets nobody in. One thread, not the receive thread. */
    void refresh() {
        try {
            peers = registry.peers();
            failure = null;
        } catch (final IOException e) {
            peers = null;
            if (!String.valueOf(e.getMessage()).equals(failure)) {
                failure = String.valueOf(e.getMessage());
                LOG.error("link: keys cannot be read, so nobody new may log on: {}", failure);
            }
        }
    }

    /**
     * Finds who must prove a key.
     *
     * @param name as it says
     * @param now  ns since the Unix epoch
     */
    Optional<PeerKey> byKey(final String name, final long now) {
        final List<RegisteredPeer> all = peers;
        if (all == null) {
            return Optional.empty();
        }
        final List<RegisteredPeer> named = all.stream().filter(peer -> peer.name().equals(name)).toList();
        final Optional<RegisteredPeer> registered = named.stream().filter(RegisteredPeer::isKey).findFirst();
        if (registered.isEmpty()) {
            // A name that was revoked stays revoked, whichever key it comes with.
            return named.stream().anyMatch(RegisteredPeer::revoked) ? Optional.empty() : Optional.ofNullable(common).map(key -> new PeerKey(key, commonRights));
        }
        return registered.filter(peer -> peer.isValidAt(now)).map(peer -> new PeerKey(
                new SecretKeySpec(HexFormat.of().parseHex(peer.secret()), PreSharedKey.ALGORITHM), rights(peer.rights())));
    }

    /**
     * Finds who has shown a certificate that the own authority signed.
     *
     * @param name   as it says, which must be the certificate's
     * @param serial the certificate's, hexadecimal
     * @param now    ns since the Unix epoch
     */
    Optional<PeerKey> byCertificate(final String name, final String serial, final long now) {
        final List<RegisteredPeer> all = peers;
        return all == null ? Optional.empty() : all.stream()
                .filter(peer -> !peer.isKey() && peer.secret().equals(serial) && peer.name().equals(name) && peer.isValidAt(now))
                .findFirst().map(peer -> new PeerKey(null, rights(peer.rights())));
    }
}
