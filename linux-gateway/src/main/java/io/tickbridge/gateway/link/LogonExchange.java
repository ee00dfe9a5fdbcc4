package io.tickbridge.gateway.link;

import io.tickbridge.protocol.LogonDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The proofs of both ends: SPECIFICATION.md, section 4. Each end's proof begins with a text of its own, so that
 * neither can be sent back to the one that made it.
 */
final class LogonExchange {
    /** Bytes of a nonce, and of a proof. */
    static final int NONCE_LENGTH = 32;
    static final int NAME_LENGTH = LogonDecoder.clientNameLength();

    private static final byte[] CLIENT_LABEL = "tickbridge logon client 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GATEWAY_LABEL = "tickbridge logon gateway 1".getBytes(StandardCharsets.US_ASCII);
    /** Of those who seal: nobody who alters the challenge makes one end seal and the other not. */
    private static final byte[] SEALING_CLIENT_LABEL = "tickbridge logon client 2".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEALING_GATEWAY_LABEL = "tickbridge logon gateway 2".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final boolean seals;

    LogonExchange(final boolean seals) {
        this.seals = seals;
        try {
            mac = Mac.getInstance(PreSharedKey.ALGORITHM);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + PreSharedKey.ALGORITHM, e);
        }
    }

    /** A number for a run of the gateway: random, never 0. */
    long newSession() {
        long session;
        do {
            session = random.nextLong();
        } while (session == 0);
        return session;
    }

    byte[] newNonce() {
        final byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Whether a Logon that answers this challenge was made with a key. Takes the same time for every wrong proof. */
    boolean isRight(final LogonDecoder logon, final byte[] serverNonce, final SecretKey key) {
        final byte[] name = new byte[NAME_LENGTH];
        logon.getClientName(name, 0);
        final byte[] proof = new byte[NONCE_LENGTH];
        logon.getProof(proof, 0, NONCE_LENGTH);
        return MessageDigest.isEqual(proof(key, seals ? SEALING_CLIENT_LABEL : CLIENT_LABEL, serverNonce, clientNonce(logon), name), proof);
    }

    /** The gateway's own proof in answer to a Logon. */
    byte[] answer(final LogonDecoder logon, final byte[] serverNonce, final long session, final SecretKey key) {
        if (key == null) {
            return new byte[NONCE_LENGTH];
        }
        final byte[] sessionBytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(session).array();
        return proof(key, seals ? SEALING_GATEWAY_LABEL : GATEWAY_LABEL, clientNonce(logon), serverNonce, sessionBytes);
    }

    /** Keys for the frames after a Logon that is right. */
    SealKeys sealKeys(final LogonDecoder logon, final byte[] serverNonce, final SecretKey key) {
        return SealKeys.of(key, serverNonce, clientNonce(logon));
    }

    private static byte[] clientNonce(final LogonDecoder logon) {
        final byte[] nonce = new byte[NONCE_LENGTH];
        logon.getNonce(nonce, 0, NONCE_LENGTH);
        return nonce;
    }

    private byte[] proof(
            final SecretKey key, final byte[] label, final byte[] first, final byte[] second, final byte[] third) {
        try {
            mac.init(key);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot be used", e);
        }
        mac.update(label);
        mac.update(first);
        mac.update(second);
        return mac.doFinal(third);
    }
}
