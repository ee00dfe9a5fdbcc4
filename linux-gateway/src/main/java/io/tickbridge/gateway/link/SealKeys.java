package io.tickbridge.gateway.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal the frames of one connection: HKDF-SHA256 (RFC 5869), SPECIFICATION.md, section 4a. Once a logon.
 *
 * @param gateway of what the gateway sends
 * @param client  of what the add-on sends
 */
record SealKeys(byte[] gateway, byte[] client) {
    private static final String GATEWAY = "tickbridge frames gateway";
    private static final String CLIENT = "tickbridge frames client";
    private static final int FIRST_BLOCK = 1; // RFC 5869, section 2.3: one is enough for 32 bytes

    /** Of a logon; the transcript says what was agreed in it. */
    static SealKeys of(final SecretKey key, final byte[] serverNonce, final byte[] clientNonce, final byte[] transcript) {
        final ByteArrayOutputStream salt = new ByteArrayOutputStream();
        salt.writeBytes(serverNonce);
        salt.writeBytes(clientNonce);
        final byte[] extracted = hmac(salt.toByteArray(), key.getEncoded());
        return new SealKeys(expanded(extracted, GATEWAY, transcript), expanded(extracted, CLIENT, transcript));
    }

    private static byte[] expanded(final byte[] key, final String purpose, final byte[] transcript) {
        final ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
        info.writeBytes(transcript);
        info.write(FIRST_BLOCK);
        return hmac(key, info.toByteArray());
    }

    private static byte[] hmac(final byte[] key, final byte[] text) {
        try {
            final Mac mac = Mac.getInstance(PreSharedKey.ALGORITHM);
            mac.init(new SecretKeySpec(key, PreSharedKey.ALGORITHM));
            return mac.doFinal(text);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + PreSharedKey.ALGORITHM, e);
        }
    }
}
