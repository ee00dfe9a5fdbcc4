package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.FileStamp;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.protocol.PeerRights;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may log on. The registry of {@code tickbridge keys} and the common key's file are read again by {@link #refresh} when they
 * have changed; the receive thread, on which anybody may try to log on as often as he likes, never looks at a file. It asks
 * for the {@link #revision}, and judges those that are logged on anew when there is another.
 */
final class PeerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PeerKeys.class);

    /**
     * What the files said.
     *
     * @param revision counts what was different from what had been read before
     * @param peers    the registry
     * @param keys     those that its entries prove, made where no receive thread waits for it
     * @param common   the common key; null where there is none
     */
    private record Known(long revision, List<RegisteredPeer> peers, Map<RegisteredPeer, SecretKey> keys, SecretKey common) {
        static Known of(final long revision, final List<RegisteredPeer> peers, final SecretKey common) {
            return new Known(revision, peers, peers.stream().filter(RegisteredPeer::isKey).distinct().collect(Collectors.toMap(
                    Function.identity(), peer -> new SecretKeySpec(peer.keyBytes(), PreSharedKey.ALGORITHM))), common);
        }
    }

    /** A file that may not be readable. */
    private interface Source<T> {
        T read() throws IOException;
    }

    /** Of whoever refreshes. */
    private final KeyRegistry registry;
    private final Path commonFile;
    private final PeerRights commonRights;
    private FileStamp commonReadAs = FileStamp.NO_FILE;
    private volatile Known known;
    /** Whether one of the files could not be read last time. */
    private volatile boolean unreadable;
    /** Why not; empty when they can. */
    private String failure = "";

    private PeerKeys(final KeyRegistry registry, final Path commonFile, final PeerRights commonRights) throws IOException {
        this.registry = registry;
        this.commonFile = commonFile;
        this.commonRights = commonRights;
        known = Known.of(0, registry.peers(), readCommon(null));
    }

    /**
     * Reads what there is.
     *
     * @throws IOException when neither a common key nor the registry can be used, saying what to do
     */
    static PeerKeys read(final LinkConfig config) throws IOException {
        final KeyRegistry registry = new KeyRegistry(config.security().keys());
        final boolean tls = config.security().isTls(config.listen());
        if (!tls && registry.peers().isEmpty() && FileStamp.of(config.keyFile()).equals(FileStamp.NO_FILE)) {
            PreSharedKey.read(config.keyFile()); // says how to make one
        }
        return new PeerKeys(registry, tls ? null : config.keyFile(), rights(config.security().commonRights()));
    }

    private static PeerRights rights(final LinkSecurity.Rights rights) {
        return rights == LinkSecurity.Rights.TRADE ? PeerRights.TRADE : PeerRights.VIEW;
    }

    /** Without the file nobody has the common key; that it must be there at the start is for {@link #read} to say. */
    private SecretKey readCommon(final SecretKey before) throws IOException {
        if (commonFile == null) {
            return null;
        }
        final FileStamp stamp = FileStamp.of(commonFile);
        final SecretKey common = stamp.equals(commonReadAs) ? before
                : stamp.equals(FileStamp.NO_FILE) ? null : PreSharedKey.read(commonFile);
        commonReadAs = stamp;
        return common;
    }

    /**
     * Reads the files again if they have changed. While one cannot be read nobody new is let in, and it throws nobody out: a file
     * that is half written says nothing of those who trade. What the other one takes back is taken back all the same. One thread,
     * not the receive thread.
     */
    void refresh() {
        final Known before = known;
        final List<String> failures = new ArrayList<>();
        final List<RegisteredPeer> peers = read(registry::peers, before.peers(), failures);
        final SecretKey common = read(() -> readCommon(before.common()), before.common(), failures);
        if (peers != before.peers() || common != before.common()) {
            known = Known.of(before.revision() + 1, peers, common);
        }
        unreadable = !failures.isEmpty();
        final String told = String.join("; ", failures);
        if (!told.equals(failure)) {
            failure = told;
            if (unreadable) {
                LOG.error("link: keys cannot be read, so nobody new may log on, and what that file takes back is not taken back: {}", told);
            } else {
                LOG.info("link: keys can be read again");
            }
        }
    }

    private static <T> T read(final Source<T> file, final T before, final List<String> failures) {
        try {
            return file.read();
        } catch (final IOException | RuntimeException e) {
            failures.add(e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage()));
            return before;
        }
    }

    /** Another number than before: those that are logged on must be judged anew. */
    long revision() {
        return known.revision();
    }

    /** Whether nobody new may log on. */
    boolean isUnreadable() {
        return unreadable;
    }

    /**
     * Finds who must prove a key.
     *
     * @param name as it says
     * @param now  ns since the Unix epoch
     */
    Optional<PeerKey> byKey(final String name, final long now) {
        final Known current = known;
        final List<RegisteredPeer> named = current.peers().stream().filter(peer -> peer.name().equals(name)).toList();
        final Optional<RegisteredPeer> registered = named.stream().filter(RegisteredPeer::isKey).findFirst();
        if (registered.isEmpty()) {
            // A name that was revoked stays revoked, whichever key it comes with.
            return named.stream().anyMatch(RegisteredPeer::revoked) ? Optional.empty()
                    : Optional.ofNullable(current.common()).map(key -> new PeerKey(key, commonRights, PeerKey.NEVER));
        }
        return registered.filter(peer -> peer.isValidAt(now))
                .map(peer -> new PeerKey(current.keys().get(peer), rights(peer.rights()), peer.validUntil()));
    }

    /**
     * Finds who has shown a certificate that the own authority signed.
     *
     * @param name   as it says, which must be the certificate's
     * @param serial the certificate's, hexadecimal
     * @param now    ns since the Unix epoch
     */
    Optional<PeerKey> byCertificate(final String name, final String serial, final long now) {
        return known.peers().stream()
                .filter(peer -> !peer.isKey() && peer.secret().equals(serial) && peer.name().equals(name) && peer.isValidAt(now))
                .findFirst().map(peer -> new PeerKey(null, rights(peer.rights()), peer.validUntil()));
    }
}
