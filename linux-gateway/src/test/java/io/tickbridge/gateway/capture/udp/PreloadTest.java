package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.tickbridge.gateway.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
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
        // With one group a poll asks for data; with two it asks which have some, and those alone for it.
        countsAgree(library, report, 1, (polls, bursts) -> "1 1 1 " + polls + " 0");
        countsAgree(library, report, 2, (polls, bursts) -> "2 2 2 " + bursts + " " + polls);
    }

    /** What the library counted is what follows from the polls and bursts that the child counted. */
    private void countsAgree(final Path library, final Path report, final int groups,
            final BinaryOperator<String> expected) throws IOException, InterruptedException {
        final Process child = child(library, report, groups);
        final String[] counts;
        try (BufferedReader output = child.inputReader(); MulticastSender sender = new MulticastSender()) {
            assertEquals("joined", output.readLine());
            for (int i = 0; i < PreloadedChild.DATAGRAMS; i++) {
                sender.sendNumber(PreloadedChild.group(0), i);
            }
            final String line = output.readLine();
            assertNotNull(line, "the child ended without a word");
            counts = line.split(" ");
            assertEquals(0, child.waitFor());
        } finally {
            child.destroyForcibly();
        }
        assertEquals(expected.apply(counts[0], counts[1]), Files.readString(report).trim());
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
        Requirement.program("gcc");
        final Path source = Files.writeString(directory.resolve("interposer.c"), INTERPOSER);
        final Path library = directory.resolve("interposer.so");
        final Path messages = directory.resolve("gcc.txt");
        final Process gcc = new ProcessBuilder("gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
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
