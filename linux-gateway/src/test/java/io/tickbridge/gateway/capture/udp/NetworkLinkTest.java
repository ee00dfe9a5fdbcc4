package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the kernel says of interfaces, against what it says elsewhere. */
class NetworkLinkTest {
    @Test
    void knowsTheLoopbackInterface() throws IOException {
        final NetworkLink link = NetworkLink.find("lo").orElseThrow();
        assertEquals(1, link.index(), "the first interface of every namespace");
        assertTrue(link.carrier());
        final Path missed = Path.of("/sys/class/net/lo/statistics/rx_missed_errors");
        assertEquals(Long.parseLong(Files.readString(missed).trim()), link.rxMissed());
    }

    @Test
    void knowsWhatIsNotThere() {
        for (final String name : List.of("nosuch0", "", "a-name-of-more-than-15-bytes", "a/b", "..")) {
            assertEquals(Optional.empty(), NetworkLink.find(name), name);
        }
        final String message = assertThrows(CaptureException.class, () -> InterfaceIndex.of("nosuch0")).getMessage();
        assertTrue(message.matches("no such interface; there are .*\\blo\\b.*"), message);
    }

    /** The other end of a veth pair is its cable. */
    @Test
    void seesTheCarrierComeAndGo() throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        final String near = "tbn" + ProcessHandle.current().pid() + "a";
        final String far = "tbn" + ProcessHandle.current().pid() + "b";
        ip("link add " + near + " type veth peer name " + far);
        try {
            assertFalse(NetworkLink.find(near).orElseThrow().carrier(), "down");
            ip("link set " + near + " up");
            assertFalse(NetworkLink.find(near).orElseThrow().carrier(), "up, but the other end is not");
            ip("link set " + far + " up");
            assertTrue(NetworkLink.find(near).orElseThrow().carrier());
            ip("link set " + near + " down");
            assertFalse(NetworkLink.find(near).orElseThrow().carrier());
        } finally {
            ip("link del " + near);
        }
        assertEquals(Optional.empty(), NetworkLink.find(near));
    }

    /** As with {@code nsenter --net}: the namespace changes, and /sys shows the one before. */
    @Test
    void asksTheNamespaceOfTheThread() throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        Requirement.program("nsenter");
        final String space = "tbn" + ProcessHandle.current().pid();
        ip("netns add " + space);
        try {
            ip("-n " + space + " link add tbninside type veth peer name tbnfar");
            final String index = run("ip", "-n", space, "-o", "link", "show", "tbninside").split(":")[0];
            final List<String> command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + space,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--add-")).forEach(command::add);
            command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), Child.class.getName(), "tbninside"));
            final String told = run(command.toArray(String[]::new));
            assertEquals(index, told.strip().lines().reduce((first, last) -> last).orElse(""), told);
        } finally {
            ip("netns del " + space);
        }
    }

    private static void ip(final String arguments) throws IOException, InterruptedException {
        run(("ip " + arguments).split(" "));
    }

    private static String run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + said);
        return said;
    }

    /** Another process, which says the number of an interface. */
    static final class Child {
        private Child() {
        }

        public static void main(final String[] arguments) {
            System.out.println(InterfaceIndex.of(arguments[0]));
        }
    }
}
