package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.signal.rule.SweepKind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalKindsTest {
    @TempDir
    private Path directory;

    @Test
    void refusesTwoKindsOfOneName() {
        assertEquals("signals: two kinds are named \"sweep\": io.tickbridge.gateway.signal.rule.SweepKind and "
                + Named.class.getName() + "; rename or remove one",
                refused(List.of(new SweepKind(), new Named("sweep"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "My Signal", "a-name-that-is-longer-than-32-chars", "größe"})
    void refusesNamesThatDoNotFitTheLink(final String name) {
        assertEquals("signals: " + Named.class.getName() + " names itself \"" + name
                + "\"; allowed: 1 to 32 of the characters a-z, 0-9 and '-'", refused(List.of(new Named(name))));
    }

    @Test
    void saysWhichExtensionCannotBeLoaded() throws IOException {
        final Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(SignalKind.class.getName()), "example.NotThere\n");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, SignalKind.class.getClassLoader())) {
            final String message =
                    assertThrows(SignalConfigException.class, () -> SignalKinds.load(loader)).getMessage();
            assertTrue(message.startsWith("signals: an extension on the class path cannot be loaded: "), message);
            assertTrue(message.contains("example.NotThere"), message);
            assertTrue(message.endsWith(
                    "check its jar and its META-INF/services/io.tickbridge.gateway.signal.SignalKind"), message);
        }
    }

    @Test
    void saysWhenAKindFailsToCreateItsRule() {
        final ScriptedKind kind = new ScriptedKind();
        kind.onCreate = () -> {
            throw new IllegalArgumentException("scripted failure");
        };
        assertEquals("signals, rule 1 (scripted): " + ScriptedKind.class.getName()
                        + " failed to create its rule: java.lang.IllegalArgumentException: scripted failure",
                refusedRule(kind, "scripted"));
        assertEquals("signals, rule 1 (none): " + Named.class.getName() + " returned null for its rule",
                refusedRule(new Named("none"), "none"));
    }

    private static String refused(final List<SignalKind> kinds) {
        return assertThrows(SignalConfigException.class, () -> SignalKinds.of(kinds)).getMessage();
    }

    private static String refusedRule(final SignalKind kind, final String name) {
        return assertThrows(SignalConfigException.class, () -> new SignalEngine(
                List.of(SingleRule.config(name)), List.of("cme"), SignalKinds.of(List.of(kind)), List.of()))
                .getMessage();
    }

    private record Named(String name) implements SignalKind {
        @Override
        public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
            return null;
        }
    }
}
