package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one gateway and its add-ons, in a key directory. RSA of 3072 bits and SHA-256: what the
 * .NET Framework 4.8 imports everywhere.
 */
public final class Authority {
    private static final int KEY_BITS = 3072; // NIST SP 800-57 part 1, table 2: good beyond 2030
    private static final int SERIAL_BITS = 128;
    private static final Duration BACKDATED = Duration.ofDays(1); // a client whose clock is behind still accepts it

    private final KeyDirectory directory;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(final KeyDirectory directory, final X509Certificate certificate, final PrivateKey key) {
        this.directory = directory;
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * A certificate with its key.
     *
     * @param certificate signed by the authority
     * @param key         its private key
     */
    public record Issued(X509Certificate certificate, PrivateKey key) {
    }

    /**
     * Makes an authority and writes it down. Leaves alone what is there.
     *
     * @param directory  where
     * @param validUntil when its certificate expires
     * @return the authority
     * @throws IOException              when there is one already, or it cannot be written
     * @throws GeneralSecurityException when this Java lacks an algorithm
     */
    public static Authority create(final KeyDirectory directory, final Instant validUntil)
            throws IOException, GeneralSecurityException {
        if (Files.exists(directory.authority())) {
            throw new IOException(directory.authority() + ": exists already and is left alone; name another directory");
        }
        Files.createDirectories(directory.path());
        final KeyPair pair = newPair();
        final X500Principal name = new X500Principal("CN=Tickbridge link authority " + Instant.now().toString().substring(0, 10));
        final X509Certificate certificate = sign(name, pair.getPrivate(), builder(name, name, pair, validUntil)
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
        writeSecret(directory.authorityKey(), pem(pair.getPrivate()));
        Files.writeString(directory.authority(), pem(certificate));
        return new Authority(directory, certificate, pair.getPrivate());
    }

    /**
     * Opens the authority of a key directory.
     *
     * @param directory where
     * @return the authority
     * @throws IOException              when it is not there or cannot be read, saying what to do
     * @throws GeneralSecurityException when it is no certificate
     */
    public static Authority open(final KeyDirectory directory) throws IOException, GeneralSecurityException {
        if (!Files.exists(directory.authority())) {
            throw new IOException(directory.authority() + " does not exist; make it with: tickbridge keys authority --directory "
                    + directory.path());
        }
        return new Authority(directory, readCertificate(directory.authority()), readKey(directory.authorityKey()));
    }

    /**
     * The authority's own certificate.
     *
     * @return certificate
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Makes the gateway's certificate and writes it down, in place of an earlier one.
     *
     * @param hosts      names and addresses by which add-ons reach it
     * @param validUntil when it expires
     * @throws IOException              when it cannot be written
     * @throws GeneralSecurityException when this Java lacks an algorithm
     */
    public void issueServer(final List<String> hosts, final Instant validUntil) throws IOException, GeneralSecurityException {
        final GeneralName[] names = hosts.stream().map(Authority::alternativeName).toArray(GeneralName[]::new);
        final Issued issued = issue("CN=" + hosts.get(0), validUntil, KeyPurposeId.id_kp_serverAuth, new GeneralNames(names));
        ReplacedFile.write(directory.serverKey(), pem(issued.key()));
        Files.writeString(directory.server(), pem(issued.certificate()) + pem(certificate));
    }

    /**
     * Makes an add-on's certificate; writes nothing.
     *
     * @param name       the add-on's
     * @param validUntil when it expires
     * @return certificate and key
     * @throws IOException              when it cannot be encoded
     * @throws GeneralSecurityException when this Java lacks an algorithm
     */
    public Issued issueClient(final String name, final Instant validUntil) throws IOException, GeneralSecurityException {
        return issue("CN=" + name, validUntil, KeyPurposeId.id_kp_clientAuth, null);
    }

    private Issued issue(
            final String subject, final Instant validUntil, final KeyPurposeId purpose, final GeneralNames alternatives)
            throws IOException, GeneralSecurityException {
        final KeyPair pair = newPair();
        final JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        Builder builder = builder(certificate.getSubjectX500Principal(), new X500Principal(subject), pair, validUntil)
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                .with(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(certificate))
                .with(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(pair.getPublic()));
        if (alternatives != null) {
            builder = builder.with(Extension.subjectAlternativeName, false, alternatives);
        }
        return new Issued(sign(certificate.getSubjectX500Principal(), key, builder), pair.getPrivate());
    }

    private static GeneralName alternativeName(final String host) {
        final boolean isAddress = host.matches("[0-9.]+") || host.contains(":");
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName,
                isAddress ? canonical(host) : host);
    }

    private static String canonical(final String address) {
        try {
            return InetAddress.getByName(address).getHostAddress(); // a literal: nothing is looked up
        } catch (final IOException e) {
            throw new IllegalArgumentException(address + " is no IP address", e);
        }
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
    }

    /** Bouncy Castle's builder, chained. */
    private record Builder(JcaX509v3CertificateBuilder certificate) {
        Builder with(final org.bouncycastle.asn1.ASN1ObjectIdentifier id, final boolean critical,
                final org.bouncycastle.asn1.ASN1Encodable value) throws IOException {
            certificate.addExtension(id, critical, value);
            return this;
        }
    }

    private static Builder builder(
            final X500Principal issuer, final X500Principal subject, final KeyPair pair, final Instant validUntil) {
        return new Builder(new JcaX509v3CertificateBuilder(issuer, new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                Date.from(Instant.now().minus(BACKDATED)), Date.from(validUntil), subject, pair.getPublic()));
    }

    private static X509Certificate sign(final X500Principal issuer, final PrivateKey key, final Builder builder)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter().getCertificate(
                    builder.certificate().build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
        } catch (final OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign as " + issuer + ": " + e.getMessage(), e);
        }
    }

    private static String pem(final Object value) throws IOException {
        final StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(value instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : value);
        }
        return text.toString();
    }

    /**
     * Reads the first certificate of a file.
     *
     * @param file PEM
     * @return the certificate
     * @throws IOException              when it cannot be read
     * @throws GeneralSecurityException when it is no certificate
     */
    public static X509Certificate readCertificate(final Path file) throws IOException, GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
        }
        throw new IOException(file + ": holds no certificate");
    }

    private static PrivateKey readKey(final Path file) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            if (parser.readObject() instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
        }
        throw new IOException(file + ": holds no private key");
    }

    /** Readable by its owner from the first moment on. */
    static void writeSecret(final Path file, final String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
