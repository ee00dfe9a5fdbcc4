package io.tickbridge.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An installed Java.
 *
 * @param home    what JAVA_HOME must be
 * @param version its feature version
 */
record Jdk(Path home, int version) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final int LEAST = 17;

    /** Every one that the gateway supports, one of each version, oldest first; the one running this is among them. */
    static List<Jdk> installed() {
        final Jdk own = new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
        try (Stream<Path> homes = Files.exists(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            return Stream.concat(Stream.of(own), homes.sorted().flatMap(Jdk::in))
                    .collect(Collectors.toMap(Jdk::version, jdk -> jdk, (first, other) -> first))
                    .values().stream().sorted(Comparator.comparingInt(Jdk::version)).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Jdk> in(final Path home) {
        final Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.exists(release)) {
            return Stream.empty();
        }
        try {
            final Matcher matcher = VERSION.matcher(Files.readString(release));
            return matcher.find() && Integer.parseInt(matcher.group(1)) >= LEAST
                    ? Stream.of(new Jdk(home, Integer.parseInt(matcher.group(1)))) : Stream.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes the launcher take this one. */
    Map<String, String> environment() {
        return Map.of("JAVA_HOME", home.toString());
    }
}
