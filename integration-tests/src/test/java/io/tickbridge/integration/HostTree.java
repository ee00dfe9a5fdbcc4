package io.tickbridge.integration;

import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tree of files that stands for a server's /sys, /proc and /etc, and programs that stand for ip(8) and ethtool(8): what
 * {@code tickbridge-host} is run against.
 */
final class HostTree {
    private final Path directory;
    private final Path tree;
    private final Path stub;

    HostTree(final Path directory) throws IOException {
        this.directory = directory;
        this.tree = Files.createDirectories(directory.resolve("tree"));
        this.stub = Files.createDirectories(directory.resolve("stub"));
    }

    Launcher.Result run(final String mode, final String settings) throws IOException, InterruptedException {
        final Path file = Files.writeString(directory.resolve("host.conf"), settings);
        return Launcher.run(directory, Map.of(
                "TICKBRIDGE_HOST_ROOT", tree.toString(),
                "TICKBRIDGE_STUB", stub.toString(),
                "PATH", Installation.root().resolve("integration-tests/src/test/host") + ":" + System.getenv("PATH")),
                List.of(Installation.root().resolve("vps-deploy/host/tickbridge-host").toString(), mode, file.toString()));
    }

    Path path(final String path) {
        return tree.resolve(path);
    }

    void put(final String path, final String text) throws IOException {
        Files.createDirectories(path(path).getParent());
        Files.writeString(path(path), text);
    }

    void link(final String path, final String target) throws IOException {
        Files.createDirectories(path(path).getParent());
        Files.deleteIfExists(path(path));
        Files.createSymbolicLink(path(path), Path.of(target));
    }

    String text(final String path) throws IOException {
        return Files.readString(path(path)).strip();
    }

    /** What a program in another's place answers from. */
    void answer(final String file, final String text) throws IOException {
        Files.writeString(stub.resolve(file), text);
    }

    /** Changes that ip and ethtool were asked for. */
    List<String> calls() throws IOException {
        return Files.exists(stub.resolve("calls")) ? Files.readAllLines(stub.resolve("calls")) : List.of();
    }
}
