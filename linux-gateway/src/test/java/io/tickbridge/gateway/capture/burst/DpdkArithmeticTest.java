package io.tickbridge.gateway.capture.burst;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the DPDK backend that need no DPDK, by a C program with the compiler's checks for memory and overflows. */
class DpdkArithmeticTest {
    private static final Path SOURCES = Path.of(System.getProperty("tickbridge.root", "..")).resolve("linux-gateway/src");

    @Test
    void clockAndCoresAreRight(@TempDir final Path directory) throws IOException, InterruptedException {
        Requirement.program("gcc");
        final String program = directory.resolve("test").toString();
        assertEquals("", run("gcc", "-std=gnu11", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined",
                "-fno-sanitize-recover", "-o", program, SOURCES.resolve("test/c/dpdk_arithmetic_test.c").toString(),
                SOURCES.resolve("main/c/dpdk/clock_line.c").toString(), SOURCES.resolve("main/c/dpdk/cores.c").toString()));
        assertEquals("", run(program));
    }

    private static String run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said : said + "status " + process.exitValue();
    }
}
