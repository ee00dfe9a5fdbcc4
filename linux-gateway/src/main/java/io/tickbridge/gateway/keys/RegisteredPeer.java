package io.tickbridge.gateway.keys;

import io.tickbridge.gateway.config.LinkSecurity;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One entry of the registry.
 *
 * @param name     the add-on's, printable ASCII without spaces, at most 32 characters
 * @param rights   what it may do
 * @param isKey    whether it proves a key; otherwise it shows a certificate
 * @param secret   the key in hexadecimal digits, or the certificate's serial number
 * @param notAfter when it expires
 * @param revoked  whether it was taken back
 */
public record RegisteredPeer(
        String name, LinkSecurity.Rights rights, boolean isKey, String secret, Instant notAfter, boolean revoked) {
    private static final int LEAST_DIGITS = 64; // 32 bytes, as long as HMAC-SHA256's output, RFC 2104 section 3

    /**
     * Whether it may log on.
     *
     * @param now ns since the Unix epoch
     * @return false once revoked or expired
     */
    public boolean isValidAt(final long now) {
        return !revoked && Instant.ofEpochSecond(0, now).isBefore(notAfter);
    }

    /**
     * When it expires.
     *
     * @return ns since the Unix epoch; {@link Long#MAX_VALUE} for what lies beyond them, from the year 2262 on
     */
    public long validUntil() {
        final long seconds = notAfter.getEpochSecond();
        return seconds >= Long.MAX_VALUE / 1_000_000_000 ? Long.MAX_VALUE : seconds * 1_000_000_000 + notAfter.getNano();
    }

    String toLine() {
        return String.join(" ", name, rights.name().toLowerCase(Locale.ROOT), isKey ? "key" : "certificate", secret,
                notAfter.toString(), revoked ? "revoked" : "valid");
    }

    /**
     * The key that it proves.
     *
     * @return its bytes
     * @throws IllegalArgumentException when {@link #secret} is no even number of hexadecimal digits, or none of a key
     */
    public byte[] keyBytes() {
        if (!isKey) {
            throw new IllegalArgumentException(name + " shows a certificate and holds no key");
        }
        return HexFormat.of().parseHex(secret);
    }

    static RegisteredPeer parse(final String line) {
        final String[] words = line.split(" ");
        if (words.length != 6 || !words[2].matches("key|certificate") || !words[5].matches("valid|revoked")
                || !words[3].matches("[0-9a-f]+")) {
            throw new IllegalArgumentException("found \"" + line.replaceAll("[0-9a-f]{16,}", "…")
                    + "\", needed is: NAME view|trade key|certificate HEX TIME valid|revoked");
        }
        final boolean isKey = words[2].equals("key");
        if (isKey && (words[3].length() < LEAST_DIGITS || words[3].length() % 2 != 0)) {
            throw new IllegalArgumentException("the key of " + words[0] + " has " + words[3].length()
                    + " hexadecimal digits, needed is an even number of at least " + LEAST_DIGITS
                    + "; make another with: tickbridge keys key " + words[0]);
        }
        return new RegisteredPeer(words[0], LinkSecurity.Rights.valueOf(words[1].toUpperCase(Locale.ROOT)),
                isKey, words[3], Instant.parse(words[4]), words[5].equals("revoked"));
    }
}
