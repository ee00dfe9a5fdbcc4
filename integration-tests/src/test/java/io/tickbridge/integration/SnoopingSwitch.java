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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A switch with three ports that learns groups from membership reports and asks for them: a Linux bridge in a namespace
 * of its own. What is plugged in, the ports' other ends, are interfaces of this namespace. Needs root and iproute2.
 */
final class SnoopingSwitch implements AutoCloseable {
    /** 1/100 s: longer than any test, so that a group is not forgotten because a busy machine answered late. */
    static final int NEVER_FORGETS = 60_000;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path directory;
    // The kernel takes a namespace down after its deletion, in its own time: the next switch cannot have the same name.
    // Names of interfaces have 15 characters at most.
    private final String name = "tbm" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();

    private SnoopingSwitch(final Path directory) {
        this.directory = directory;
    }

    /**
     * Intervals are a hundredth or less of their defaults; in 1/100 s, as the kernel takes them.
     *
     * @param version      of IGMP
     * @param forgetsAfter when a group that nobody reports is forgotten, in 1/100 s
     */
    static SnoopingSwitch create(final Path directory, final int version, final int forgetsAfter)
            throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        Requirement.program("bridge");
        Requirement.program("sysctl");
        final SnoopingSwitch made = new SnoopingSwitch(directory);
        final Launcher.Result namespace = made.run("ip", "netns", "add", made.name);
        Requirement.is(namespace.exit() == 0, "the right to make network namespaces: " + namespace.err());
        try {
            made.setUp(version, forgetsAfter);
        } catch (final IOException | InterruptedException | RuntimeException | Error e) {
            made.close();
            throw e;
        }
        return made;
    }

    private void setUp(final int version, final int forgetsAfter) throws IOException, InterruptedException {
        // Queries each second, answers within half.
        inside("ip", "link", "add", "sw", "type", "bridge", "mcast_snooping", "1", "mcast_querier", "1",
                "mcast_igmp_version", Integer.toString(version), "mcast_query_interval", "100",
                "mcast_query_response_interval", "50", "mcast_startup_query_interval", "50",
                "mcast_membership_interval", Integer.toString(forgetsAfter), "mcast_last_member_interval", "30");
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
        final Set<String> groups = new TreeSet<>();
        for (final Map<?, ?> entry : entries(port)) {
            groups.add(entry.get("grp") + (entry.containsKey("src") ? "<" + entry.get("src") : ""));
        }
        return groups;
    }

    /** How long each group of a port will be kept yet, in seconds: the longer of its own and its senders'. Reports renew it. */
    Map<String, Double> remaining(final int port) throws IOException, InterruptedException {
        final Map<String, Double> remaining = new TreeMap<>();
        for (final Map<?, ?> entry : entries(port)) {
            remaining.merge((String) entry.get("grp"), seconds(entry), Math::max);
            if (entry.get("source_list") instanceof List<?> senders) {
                senders.forEach(sender -> remaining.merge((String) entry.get("grp"), seconds((Map<?, ?>) sender), Math::max));
            }
        }
        return remaining;
    }

    private static double seconds(final Map<?, ?> entry) {
        return Double.parseDouble(String.valueOf(entry.get("timer")).strip());
    }

    private List<? extends Map<?, ?>> entries(final int port) throws IOException, InterruptedException {
        final Launcher.Result result = run("ip", "netns", "exec", name, "bridge", "-j", "-d", "-s", "mdb", "show");
        assertEquals(0, result.exit(), result.err());
        // The switch's own address is there for IPv6 too.
        return JSON.std.listFrom(result.out()).stream()
                .flatMap(bridge -> ((List<?>) ((Map<?, ?>) bridge).get("mdb")).stream()).map(entry -> (Map<?, ?>) entry)
                .filter(entry -> ("p" + port).equals(entry.get("port")) && String.valueOf(entry.get("grp")).contains("."))
                .toList();
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
