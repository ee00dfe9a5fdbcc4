package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The gateway's ef_vi backend built against the emulated adapter instead of Onload, once for all tests of this virtual machine: another may do the same beside it. */
final class EfViEmulator {
    private static Path directory;

    private EfViEmulator() {
    }

    /** Where the built library lies. */
    static synchronized Path directory() throws Exception {
        if (directory == null) {
            Requirement.program("gcc");
            final Path built = Files.createDirectories(Installation.root().resolve("integration-tests/target/efvi-emulator-" + ProcessHandle.current().pid()));
            final Path module = Installation.root().resolve("linux-gateway");
            final Launcher.Result result = Launcher.run(built, Map.of("TICKBRIDGE_REQUIRE_ALL", "1"), List.of(
                    module.resolve("src/main/c/build.sh").toString(), built.resolve("classes").toString(),
                    module.resolve("src/test/efvi-emulator").toString()));
            assertEquals(0, result.exit(), result.err());
            try (Stream<Path> files = Files.walk(built)) {
                directory = files.filter(file -> file.endsWith("libtickbridge_efvi.so")).findAny().orElseThrow().getParent();
            }
        }
        return directory;
    }
}
