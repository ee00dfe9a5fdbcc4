package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A switch with three ports that learns groups from membership reports and asks for them: a Linux bridge in a namespace
 * of its own. What is plugged in, the ports' other ends, are interfaces of this namespace. Needs root and iproute2.
 */
final class SnoopingSwitch implements AutoCloseable {
    private final Path directory;
    private final String name = "tbm" + ProcessHandle.current().pid();

    private SnoopingSwitch(final Path directory) {
        this.directory = directory;
    }

    /** Intervals are a hundredth or less of their defaults; in 1/100 s, as the kernel takes them. */
    static SnoopingSwitch create(final Path directory, final int version) throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        Requirement.program("bridge");
        Requirement.program("sysctl");
        final SnoopingSwitch made = new SnoopingSwitch(directory);
        final Launcher.Result namespace = made.run("ip", "netns", "add", made.name);
        Requirement.is(namespace.exit() == 0, "the right to make network namespaces: " + namespace.err());
        try {
            made.setUp(version);
        } catch (final IOException | InterruptedException | RuntimeException | Error e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void setUp(final int version) throws IOException, InterruptedException {
        // Queries each second, answers within half; a group that nobody reports is forgotten after 2.5 s.
        inside("ip", "link", "add", "sw", "type", "bridge", "mcast_snooping", "1", "mcast_querier", "1",
                "mcast_igmp_version", Integer.toString(version), "mcast_query_interval", "100",
                "mcast_query_response_interval", "50", "mcast_startup_query_interval", "50",
                "mcast_membership_interval", "250", "mcast_last_member_interval", "30");
        for (int port = 0; port < 3; port++) {
            must("ip", "link", "add", plug(port), "type", "veth", "peer", "name", "p" + port, "netns", name);
            // Neighbour discovery is multicast too, and none of this test's business.
            must("sysctl", "-q", "-w", "net.ipv6.conf." + plug(port) + ".disable_ipv6=1");
            must("ip", "link", "set", plug(port), "up");
            inside("ip", "link", "set", "p" + port, "master", "sw");
            inside("ip", "link", "set", "p" + port, "up");
        }
        inside("ip", "link", "set", "sw", "up");
    }

    /** The interface that is plugged into a port. */
    String plug(final int port) {
        return name + "-" + port;
    }

    /** Groups that the switch delivers to a port, each with its senders where it knows them: GROUP or GROUP<SENDER. */
    Set<String> groups(final int port) throws IOException, InterruptedException {
        final Launcher.Result result = run("ip", "netns", "exec", name, "bridge", "-j", "-d", "mdb", "show");
        assertEquals(0, result.exit(), result.err());
        final Set<String> groups = new TreeSet<>();
        for (final Object bridge : JSON.std.listFrom(result.out())) {
            for (final Object entry : (List<?>) ((Map<?, ?>) bridge).get("mdb")) {
                final Map<?, ?> fields = (Map<?, ?>) entry;
                final String group = String.valueOf(fields.get("grp"));
                // The switch's own address is there for IPv6 too.
                if (("p" + port).equals(fields.get("port")) && group.contains(".")) {
                    groups.add(group + (fields.containsKey("src") ? "<" + fields.get("src") : ""));
                }
            }
        }
        return groups;
    }

    private void inside(final String... command) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        must(all.toArray(String[]::new));
    }

    private void must(final String... command) throws IOException, InterruptedException {
        final Launcher.Result result = run(command);
        assertEquals(0, result.exit(), () -> String.join(" ", command) + ": " + result.err());
    }

    private Launcher.Result run(final String... command) throws IOException, InterruptedException {
        return Launcher.run(directory, Map.of(), List.of(command));
    }

    @Override
    public void close() throws IOException {
        try {
            // The plugs go with their other ends.
            run("ip", "netns", "delete", name);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
