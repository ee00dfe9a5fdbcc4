package io.tickbridge.gateway.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the key that both ends of the link hold. */
final class PreSharedKey {
    static final String ALGORITHM = "HmacSHA256";

    private static final Logger LOG = LoggerFactory.getLogger(PreSharedKey.class);
    private static final int LEAST_DIGITS = 64;
    private static final String MAKE_ONE = "; make one with: (umask 077; openssl rand -hex 32 > FILE)";

    private PreSharedKey() {
    }

    /**
     * Reads a key file: hexadecimal digits, white space between them allowed.
     *
     * @param file at least 64 digits
     * @return the key
     * @throws IOException saying what is wrong with the file and how to make a good one
     */
    static SecretKey read(final Path file) throws IOException {
        final String digits;
        try {
            digits = Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("\\s+", "");
        } catch (final NoSuchFileException e) {
            throw new IOException("link key file " + file + " does not exist" + MAKE_ONE, e);
        } catch (final IOException e) {
            throw new IOException("link key file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (!digits.matches("\\p{XDigit}*")) {
            throw new IOException(
                    "link key file " + file + " holds something other than hexadecimal digits" + MAKE_ONE);
        }
        if (digits.length() < LEAST_DIGITS || digits.length() % 2 != 0) {
            throw new IOException("link key file " + file + " holds " + digits.length()
                    + " hexadecimal digits, needed is an even number of at least " + LEAST_DIGITS + MAKE_ONE);
        }
        warnWhenOthersMayRead(file);
        return new SecretKeySpec(HexFormat.of().parseHex(digits), ALGORITHM);
    }

    private static void warnWhenOthersMayRead(final Path file) throws IOException {
        if (isReadableByOthers(file)) {
            LOG.warn("link key file {} may be read by other users; close it with: chmod 600 {}", file, file);
        }
    }

    static boolean isReadableByOthers(final Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        final Set<PosixFilePermission> others =
                EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        others.retainAll(Files.getPosixFilePermissions(file));
        return !others.isEmpty();
    }
}
