package io.tickbridge.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.openhft.chronicle.wire.Wire;

/**
 * First record of a run: all that is needed to run it again. Written as a self-describing Chronicle Wire document,
 * so that a reader years from now needs no class of ours.
 *
 * @param schemaVersion       version of the journal's record layout
 * @param gateway             configured name of the gateway
 * @param build               version of the gateway that wrote it
 * @param jdk                 vendor and version of the Java runtime
 * @param configuration       whole text of the configuration file
 * @param configurationSha256 SHA-256 of that text in UTF-8, lower-case hexadecimal
 * @param startTime           ns since the Unix epoch
 */
public record RunStarted(
        int schemaVersion,
        String gateway,
        String build,
        String jdk,
        String configuration,
        String configurationSha256,
        long startTime) {

    /**
     * Describes a run that starts now in this JVM.
     *
     * @param gateway       configured name
     * @param build         version of the gateway
     * @param configuration whole text of the configuration file
     * @param startTime     ns since the Unix epoch
     * @return ready to be journalled
     */
    public static RunStarted of(
            final String gateway, final String build, final String configuration, final long startTime) {
        final String jdk = System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version");
        return new RunStarted(RecordLayout.SCHEMA_VERSION, gateway, build, jdk, configuration, sha256(configuration),
                startTime);
    }

    /**
     * Whether the text still has the hash that was written beside it.
     *
     * @return false when one of the two was changed
     */
    public boolean hashMatches() {
        return sha256(configuration).equals(configurationSha256);
    }

    void writeTo(final Wire wire) {
        wire.write("schemaVersion").int32(schemaVersion)
                .write("gateway").text(gateway)
                .write("build").text(build)
                .write("jdk").text(jdk)
                .write("configuration").text(configuration)
                .write("configurationSha256").text(configurationSha256)
                .write("startTime").int64(startTime);
    }

    static RunStarted readFrom(final Wire wire) {
        return new RunStarted(
                wire.read("schemaVersion").int32(),
                wire.read("gateway").text(),
                wire.read("build").text(),
                wire.read("jdk").text(),
                wire.read("configuration").text(),
                wire.read("configurationSha256").text(),
                wire.read("startTime").int64());
    }

    private static String sha256(final String text) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
