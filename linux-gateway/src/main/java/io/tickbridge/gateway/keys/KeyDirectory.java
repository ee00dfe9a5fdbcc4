package io.tickbridge.gateway.keys;

import java.nio.file.Path;

/**
 * Where the files of a key directory lie.
 *
 * @param path the directory
 */
public record KeyDirectory(Path path) {

    /**
     * The authority's certificate, which both ends trust.
     *
     * @return PEM
     */
    public Path authority() {
        return path.resolve("ca.pem");
    }

    Path authorityKey() {
        return path.resolve("ca-key.pem");
    }

    /**
     * The gateway's certificate.
     *
     * @return PEM
     */
    public Path server() {
        return path.resolve("server.pem");
    }

    /**
     * The gateway's private key.
     *
     * @return PEM, PKCS#8, not encrypted
     */
    public Path serverKey() {
        return path.resolve("server-key.pem");
    }

    /**
     * What an add-on imports: its certificate, its private key and the authority's certificate.
     *
     * @param name the add-on's
     * @return PKCS#12
     */
    public Path client(final String name) {
        return path.resolve(name + ".p12");
    }

    /**
     * An add-on's pre-shared key.
     *
     * @param name the add-on's
     * @return hexadecimal text
     */
    public Path key(final String name) {
        return path.resolve(name + ".key");
    }
}
