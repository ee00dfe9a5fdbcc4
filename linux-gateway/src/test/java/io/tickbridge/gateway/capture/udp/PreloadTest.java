package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A library preloaded in front of the C library, as OpenOnload is, sees every socket call of the source: a stand-in
 * compiled here counts them and hands them on.
 */
class PreloadTest {
    private static final String INTERPOSER = """
            /* Counts the calls that a preloaded network stack would take over, and hands them on. */
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/epoll.h>
            #include <sys/socket.h>

            static unsigned long sockets, binds, options, receives, waits;

            #define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

            int socket(int domain, int type, int protocol) {
                sockets += domain == AF_INET && (type & 0xf) == SOCK_DGRAM;
                return NEXT(socket)(domain, type, protocol);
            }
            int bind(int fd, const struct sockaddr *address, socklen_t length) {
                binds += address->sa_family == AF_INET;
                return NEXT(bind)(fd, address, length);
            }
            int setsockopt(int fd, int level, int name, const void *value, socklen_t length) {
                options += level == 0 && name == 35; /* IP_ADD_MEMBERSHIP */
                return NEXT(setsockopt)(fd, level, name, value, length);
            }
            int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout) {
                receives++;
                return NEXT(recvmmsg)(fd, messages, count, flags, timeout);
            }
            int epoll_wait(int epoll, struct epoll_event *events, int most, int timeout) {
                waits++;
                return NEXT(epoll_wait)(epoll, events, most, timeout);
            }
            __attribute__((destructor)) static void report(void) {
                FILE *file = fopen(getenv("INTERPOSED"), "w");
                if (file) {
                    fprintf(file, "%lu %lu %lu %lu %lu\\n", sockets, binds, options, receives, waits);
                    fclose(file);
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void everySocketCallGoesThroughAPreloadedLibrary() throws IOException, InterruptedException {
        final Path library = compile();
        final Path report = directory.resolve("report");
        assertEquals("1 1 1 %1$s 0", counted(library, report, 1));
        assertEquals("2 2 2 %2$s %1$s", counted(library, report, 2));
    }

    /** What the library counted, numbers that the child knows better written as places: polls, datagrams. */
    private String counted(final Path library, final Path report, final int groups)
            throws IOException, InterruptedException {
        final Process child = child(library, report, groups);
        final long polls;
        final long bursts;
        try (BufferedReader output = child.inputReader(); MulticastSender sender = new MulticastSender()) {
            assertEquals("joined", output.readLine());
            for (int i = 0; i < PreloadedChild.DATAGRAMS; i++) {
                sender.sendNumber(PreloadedChild.group(0), i);
            }
            final String counts = output.readLine();
            assertNotNull(counts, "the child ended without a word");
            polls = Long.parseLong(counts.split(" ")[0]);
            bursts = Long.parseLong(counts.split(" ")[1]);
            assertEquals(0, child.waitFor());
        } finally {
            child.destroyForcibly();
        }
        final List<String> numbers = List.of(Files.readString(report).trim().split(" "));
        // One call a poll: for data with one group, for which are ready with more, and then for data of the ready ones.
        return numbers.stream().map(number -> number.equals(Long.toString(polls)) ? "%1$s"
                : number.equals(Long.toString(bursts)) ? "%2$s" : number).collect(Collectors.joining(" "));
    }

    private Process child(final Path library, final Path report, final int groups) throws IOException {
        final Path bin = Path.of(System.getProperty("tickbridge.root", ".."), "linux-gateway", "bin");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + bin.resolve("jvm.flags"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"),
                PreloadedChild.class.getName(), Integer.toString(groups)));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile());
        builder.environment().putAll(Map.of("LD_PRELOAD", library.toString(), "INTERPOSED", report.toString()));
        return builder.start();
    }

    private Path compile() throws IOException, InterruptedException {
        final boolean hasCompiler = Files.isExecutable(Path.of("/usr/bin/gcc"));
        if ("1".equals(System.getenv("TICKBRIDGE_REQUIRE_ALL"))) {
            assertTrue(hasCompiler, "TICKBRIDGE_REQUIRE_ALL is set, and this is missing: gcc");
        }
        assumeTrue(hasCompiler, "skipped: this is missing: gcc");
        final Path source = Files.writeString(directory.resolve("interposer.c"), INTERPOSER);
        final Path library = directory.resolve("interposer.so");
        final Path messages = directory.resolve("gcc.txt");
        final Process gcc = new ProcessBuilder("/usr/bin/gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
                library.toString(), source.toString(), "-ldl").redirectErrorStream(true).redirectOutput(messages.toFile()).start();
        assertEquals(0, gcc.waitFor(), () -> {
            try {
                return Files.readString(messages);
            } catch (final IOException e) {
                return e.toString();
            }
        });
        return library;
    }
}
