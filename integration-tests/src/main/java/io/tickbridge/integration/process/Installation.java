package io.tickbridge.integration.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The built programs of this checkout, and the command that starts each. */
public final class Installation {

    private Installation() {
    }

    /**
     * The top of the checkout, which the launcher and the build name.
     *
     * @return absolute
     */
    public static Path root() {
        return Path.of(System.getProperty("tickbridge.root")).toAbsolutePath().normalize();
    }

    /**
     * The launcher.
     *
     * @param arguments after its name
     * @return the whole command
     */
    public static List<String> tickbridge(final String... arguments) {
        return command(List.of(root().resolve("linux-gateway/bin/tickbridge").toString()), arguments);
    }

    /**
     * The add-on core's console host under Mono.
     *
     * @param arguments after its name
     * @return the whole command
     */
    public static List<String> addOn(final String... arguments) {
        final Path console = root().resolve("ninjatrader-addon/target/tickbridge-console.exe");
        return command(List.of("mono", console.toString()), arguments);
    }

    /**
     * A Java program of this module, under the JVM that runs the caller.
     *
     * @param main      class with a main method
     * @param arguments after its name
     * @return the whole command
     */
    public static List<String> java(final String main, final String... arguments) {
        final Path target = root().resolve("integration-tests/target");
        return command(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC",
                "-cp", target.resolve("tickbridge-integration.jar") + ":" + target.resolve("lib") + "/*", main),
                arguments);
    }

    private static List<String> command(final List<String> program, final String... arguments) {
        final List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return command;
    }
}
