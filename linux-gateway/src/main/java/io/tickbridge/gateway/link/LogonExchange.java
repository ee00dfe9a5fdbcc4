package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogonDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
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

    private static final int PROOF_OFFSET = Link.HEADER_LENGTH + LogonDecoder.proofEncodingOffset();
    private static final byte[] NOTHING = {};

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

    /**
     * What the two ends said so far, in one digest, where frames are sealed: nobody in between alters a field of it unnoticed.
     *
     * @param challenge the whole frame as it was sent
     * @param logon     the answer
     * @return 32 bytes; none where nothing is sealed
     */
    byte[] transcript(final byte[] challenge, final LogonDecoder logon) {
        if (!seals) {
            return NOTHING;
        }
        final int begin = logon.offset() - Link.HEADER_LENGTH;
        final byte[] answer = new byte[(int) FrameCheck.frameLength(logon.buffer(), begin)];
        logon.buffer().getBytes(begin, answer);
        Arrays.fill(answer, PROOF_OFFSET, PROOF_OFFSET + NONCE_LENGTH, (byte) 0);
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(challenge);
            return sha.digest(answer);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /**
     * Whether a Logon that answers this challenge was made with a key. Takes the same time for every wrong proof.
     *
     * @param transcript of {@link #transcript}
     */
    boolean isRight(final LogonDecoder logon, final byte[] serverNonce, final byte[] transcript, final SecretKey key) {
        final byte[] name = new byte[NAME_LENGTH];
        logon.getClientName(name, 0);
        final byte[] proof = new byte[NONCE_LENGTH];
        logon.getProof(proof, 0, NONCE_LENGTH);
        return MessageDigest.isEqual(
                proof(key, seals ? SEALING_CLIENT_LABEL : CLIENT_LABEL, serverNonce, clientNonce(logon), name, transcript), proof);
    }

    /** The gateway's own proof in answer to a Logon. */
    byte[] answer(
            final LogonDecoder logon, final byte[] serverNonce, final long session, final byte[] transcript, final SecretKey key) {
        if (key == null) {
            return new byte[NONCE_LENGTH];
        }
        final byte[] sessionBytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(session).array();
        return proof(key, seals ? SEALING_GATEWAY_LABEL : GATEWAY_LABEL, clientNonce(logon), serverNonce, sessionBytes, transcript);
    }

    /** Keys for the frames after a Logon that is right. */
    SealKeys sealKeys(final LogonDecoder logon, final byte[] serverNonce, final byte[] transcript, final SecretKey key) {
        return SealKeys.of(key, serverNonce, clientNonce(logon), transcript);
    }

    private static byte[] clientNonce(final LogonDecoder logon) {
        final byte[] nonce = new byte[NONCE_LENGTH];
        logon.getNonce(nonce, 0, NONCE_LENGTH);
        return nonce;
    }

    private byte[] proof(
            final SecretKey key, final byte[] label, final byte[] first, final byte[] second, final byte[] third,
            final byte[] transcript) {
        try {
            mac.init(key);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot be used", e);
        }
        mac.update(label);
        mac.update(first);
        mac.update(second);
        mac.update(third);
        return mac.doFinal(transcript);
    }
}
