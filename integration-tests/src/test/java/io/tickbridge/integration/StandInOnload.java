package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A launcher, a diagnosis program and a library in OpenOnload's place; its profiles are ours to write. */
final class StandInOnload {
    /** What OpenOnload's own profiles set, by its public sources: the one for latency. */
    private static final String LATENCY = """
            onload_set EF_POLL_USEC 100000
            onload_set EF_TCP_FASTSTART_INIT 0
            onload_set EF_TCP_FASTSTART_IDLE 0
            """;

    /** The one for Netty on few cores. */
    private static final String NETTY_BALANCED = """
            onload_set EF_INT_DRIVEN 0
            onload_set EF_POLL_USEC 20
            onload_set EF_PKT_WAIT_SPIN 0
            onload_set EF_TCP_RECV_SPIN 0
            onload_set EF_TCP_SEND_SPIN 0
            onload_set EF_TCP_CONNECT_SPIN 0
            onload_set EF_TCP_ACCEPT_SPIN 0
            onload_set EF_UDP_RECV_SPIN 0
            onload_set EF_UDP_SEND_SPIN 0
            onload_set EF_UL_EPOLL 3
            onload_set EF_EPOLL_MT_SAFE 1
            onload_set EF_RXQ_SIZE 4096
            onload_set EF_CLUSTER_IGNORE 1
            onload_set EF_HIGH_THROUGHPUT_MODE 1
            onload_set EF_CTPIO 0
            onload_set EF_PIO 0
            """;

    private final Path directory;
    private final Path settings;

    StandInOnload(final Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.settings = directory.resolve("settings");
        Files.writeString(directory.resolve("latency.opf"), LATENCY);
        Files.writeString(directory.resolve("nettyio-balanced.opf"), NETTY_BALANCED);
    }

    /** A setting that a profile asked for. */
    record Setting(String profile, String name, String value, boolean applied) {
    }

    static Path launcher() {
        return Installation.root().resolve("integration-tests/src/test/onload/onload");
    }

    static Path profiles() {
        return Installation.root().resolve("onload-profiles");
    }

    /** Compiles the library: nothing is in it, only its name matters. */
    Path library() throws IOException, InterruptedException {
        Requirement.program("gcc");
        final Path library = directory.resolve("libonload.so");
        final Path source = Files.writeString(directory.resolve("nothing.c"), "int tickbridge_test_stand_in;\n");
        final Launcher.Result result = Launcher.run(directory, Map.of(),
                List.of("gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString()));
        assertEquals(0, result.exit(), result.err());
        return library;
    }

    /** Behaves from now on like a machine whose driver gives no stack. */
    void refuseStacks() throws IOException {
        Files.createFile(directory.resolve("refused"));
    }

    /** Environment of its launcher, without a library to preload. */
    Map<String, String> environment() {
        final Map<String, String> environment = new HashMap<>();
        environment.put("ONLOAD_STAND_IN_PROFILES", directory.toString());
        environment.put("ONLOAD_STAND_IN_SETTINGS", settings.toString());
        environment.put("ONLOAD_STAND_IN_LIBRARY", "");
        return environment;
    }

    /** Environment of its launcher, preloading the library. */
    Map<String, String> environment(final Path library) {
        final Map<String, String> environment = environment();
        environment.put("ONLOAD_STAND_IN_LIBRARY", library.toString());
        return environment;
    }

    /** What the profiles set, in their order. */
    List<Setting> settings() throws IOException {
        return Files.readAllLines(settings).stream().map(line -> line.split(" "))
                .map(words -> new Setting(words[0], words[1], words[2], "applied".equals(words[3]))).toList();
    }
}
