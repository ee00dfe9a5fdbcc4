package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Map;

/** An add-on's certificate and key as one PKCS#12 file, in the form that the .NET Framework and Mono read. */
public final class ClientBundle {
    /** Triple DES and SHA-1 of RFC 7292 appendix C: .NET Framework 4.8 knows nothing newer on every Windows it runs on. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "keystore.pkcs12.keyProtectionAlgorithm", "PBEWithSHA1AndDESede",
            "keystore.pkcs12.certProtectionAlgorithm", "PBEWithSHA1AndDESede",
            "keystore.pkcs12.macAlgorithm", "HmacPBESHA1");

    private ClientBundle() {
    }

    /**
     * Writes the file, readable by its owner alone. Changes what PKCS#12 files this process writes from here on.
     *
     * @param file      where
     * @param name      the add-on's
     * @param issued    what to put into it
     * @param authority the authority's certificate
     * @param password  protects it
     * @throws IOException              when it cannot be written
     * @throws GeneralSecurityException when this Java lacks an algorithm
     */
    public static void write(
            final Path file, final String name, final Authority.Issued issued, final Certificate authority, final char[] password)
            throws IOException, GeneralSecurityException {
        ALGORITHMS.forEach(Security::setProperty);
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(name, issued.key(), password, new Certificate[] {issued.certificate(), authority});
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }
}
