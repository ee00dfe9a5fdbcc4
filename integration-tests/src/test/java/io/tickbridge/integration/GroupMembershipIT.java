package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.capture.membership.IgmpVersion;
import io.tickbridge.gateway.capture.membership.JoinedGroup;
import io.tickbridge.gateway.capture.membership.MembershipAgent;
import io.tickbridge.gateway.capture.membership.MembershipCounts;
import io.tickbridge.gateway.capture.membership.QueryTap;
import io.tickbridge.gateway.capture.membership.ReportSource;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Linux kernel's own snooping switch and querier against our reports: it learns the groups from them alone, keeps
 * them for as long as its queries are answered, delivers the groups where they were joined and nowhere else, and stops
 * when they are left.
 */
final class GroupMembershipIT {
    private static final Set<String> BOTH = Set.of("224.0.31.64", "224.0.32.64");
    private static final String SENDER = "205.209.1.1";
    private static final int ANSWERS = 4; // to queries that come a second apart; one may be the joining, which is told twice
    private static final int FORGETS_SOON = 250; // 1/100 s

    @TempDir
    private Path directory;
    private final MembershipCounts counts = new MembershipCounts();
    private final QueryTap tap = new QueryTap(counts);
    private final MembershipAgent agent = new MembershipAgent(tap, counts, System::nanoTime);
    private final Pipeline pipeline = new Pipeline(ConfigReader.parse(GatewayText.cmeLive("auto"), Path.of(""), "x"),
            FrameRecorder.NONE, List.of(), List.of(), tap, feed -> GapWatch.NOBODY);

    private void add(final PacketSocket port, final String name, final IgmpVersion highest, final List<Integer> senders)
            throws IOException {
        final List<JoinedGroup> groups = BOTH.stream()
                .map(group -> new JoinedGroup(Ipv4Address.parse(group), senders)).toList();
        agent.add(0, groups, ReportSource.of(PacketSocket.ethernet(name), 0, 0), highest, port::send);
    }

    /** Waits while the gateway's part does its work: frames through the filter, queries to the agent. */
    private void await(final PacketSocket port, final String what, final Callable<Boolean> condition) {
        Await.until(what, () -> {
            port.poll(pipeline);
            agent.doWork();
            return call(condition);
        }, () -> "queries " + counts.queries() + ", reports " + counts.reports() + ", ignored " + counts.ignored());
    }

    private static <T> T call(final Callable<T> condition) {
        try {
            return condition.call();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void groupsAreDeliveredWhereTheyAreJoined(final int version) throws Exception {
        try (SnoopingSwitch network = SnoopingSwitch.create(directory, version, SnoopingSwitch.NEVER_FORGETS);
                PacketSocket gateway = PacketSocket.open(network.plug(0));
                PacketSocket other = PacketSocket.open(network.plug(1));
                PacketSocket exchange = PacketSocket.open(network.plug(2))) {
            add(gateway, network.plug(0), IgmpVersion.V3, List.of());
            assertEquals(Set.of(), network.groups(0));
            agent.join();
            await(gateway, "both groups at the gateway's port", () -> network.groups(0).equals(BOTH));
            final Renewals renewals = new Renewals();
            await(gateway, "several answers that renew each group", () -> renewals.look(network.remaining(0)) >= ANSWERS);
            assertEquals(Set.of(), network.groups(1));

            // Unless somebody asked for it a group goes nowhere; a switch that has just been started delivers everything.
            await(gateway, "the switch to hold unasked groups back",
                    () -> !arrives(exchange, other, "224.0.33.64") && !arrives(exchange, gateway, "224.0.33.64"));
            for (final String group : BOTH) {
                // A marker may overtake a datagram where the sending thread changed its processor in between.
                await(gateway, group + " at the gateway's port", () -> arrives(exchange, gateway, group));
                assertTrue(!arrives(exchange, other, group), group);
            }

            agent.leave();
            await(gateway, "no group at the gateway's port", () -> network.groups(0).isEmpty());
            await(gateway, "the group that was left to stay away", () -> !arrives(exchange, gateway, "224.0.31.64"));
            assertEquals(0, counts.failures() + counts.missed() + counts.ignored());
            assertTrue(pipeline.filterCounts().get(DropReason.NOT_UDP) >= counts.queries());
        }
    }

    @Test
    void aSwitchForgetsWhoeverDoesNotAnswer() throws Exception {
        try (SnoopingSwitch network = SnoopingSwitch.create(directory, 3, FORGETS_SOON);
                PacketSocket gateway = PacketSocket.open(network.plug(0))) {
            add(gateway, network.plug(0), IgmpVersion.V3, List.of());
            agent.join();
            await(gateway, "both groups", () -> network.groups(0).equals(BOTH));
            Await.until("the groups to be forgotten", () -> call(() -> network.groups(0).isEmpty()), () -> "still there");
            await(gateway, "both groups again", () -> network.groups(0).equals(BOTH));
        }
    }

    @Test
    void sendersThatAreAllowedAreNamedToTheSwitch() throws Exception {
        try (SnoopingSwitch network = SnoopingSwitch.create(directory, 3, SnoopingSwitch.NEVER_FORGETS);
                PacketSocket gateway = PacketSocket.open(network.plug(0))) {
            add(gateway, network.plug(0), IgmpVersion.V3, List.of(Ipv4Address.parse(SENDER)));
            agent.join();
            final Set<String> expected = Set.of("224.0.31.64<" + SENDER, "224.0.32.64<" + SENDER);
            await(gateway, "both groups with their sender", () -> network.groups(0).containsAll(expected));
            final Renewals renewals = new Renewals();
            await(gateway, "several answers that renew each group's sender", () -> {
                assertTrue(network.groups(0).containsAll(expected));
                return renewals.look(network.remaining(0)) >= ANSWERS;
            });
            agent.leave();
            await(gateway, "no group", () -> network.groups(0).isEmpty());
        }
    }

    @Test
    void versionTwoIsSpokenToAVersionThreeSwitchWhenConfigured() throws Exception {
        try (SnoopingSwitch network = SnoopingSwitch.create(directory, 3, SnoopingSwitch.NEVER_FORGETS);
                PacketSocket gateway = PacketSocket.open(network.plug(0))) {
            add(gateway, network.plug(0), IgmpVersion.V2, List.of());
            agent.join();
            await(gateway, "both groups", () -> network.groups(0).equals(BOTH));
            agent.leave();
            await(gateway, "no group", () -> network.groups(0).isEmpty());
        }
    }

    /** A whole gateway on DPDK: nobody but itself can have joined, kept and left its groups. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aGatewayThatBypassesTheKernelJoinsItself(final int version) throws Exception {
        Requirement.is(hasDpdk(), "the DPDK backend, which is built where libdpdk-dev is installed");
        try (SnoopingSwitch network = SnoopingSwitch.create(directory, version, SnoopingSwitch.NEVER_FORGETS)) {
            GatewayFiles.prepare(directory, GatewayText.live("{source: dpdk, dpdk: {device: \"net_af_packet0,iface="
                            + network.plug(0) + "\", huge-pages: never}}", "cme-mdp3", GatewayText.CME_LINES)
                    + "memory: {lock: require}\nmembership: {address: 192.0.2.9}\n");
            try (GatewayProcess process = GatewayProcess.start(directory)) {
                process.port();
                Await.until("both groups", () -> call(() -> network.groups(0).equals(BOTH)), () -> "without them");
                final Renewals renewals = new Renewals();
                process.awaitCount("membership.queries", queries ->
                        call(() -> renewals.look(network.remaining(0))) >= ANSWERS && queries >= ANSWERS - 1);
                assertEquals(0, process.count("membership.send-failed") + process.count("membership.queries-missed"));
                process.stop();
            }
            // By itself it would be forgotten much later than anyone waits here.
            Await.until("no group", () -> call(() -> network.groups(0).isEmpty()), () -> "still there");
        }
    }

    /** Counts how often each of both groups was given its full time again; it must be there at every look. */
    private static final class Renewals {
        private final Map<String, Double> last = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>(Map.of("224.0.31.64", 0, "224.0.32.64", 0));

        /** Returns the lesser count. */
        int look(final Map<String, Double> remaining) {
            assertEquals(BOTH, remaining.keySet());
            remaining.forEach((group, seconds) -> {
                if (seconds > last.getOrDefault(group, Double.MAX_VALUE)) {
                    counts.merge(group, 1, Integer::sum);
                }
            });
            last.putAll(remaining);
            return Collections.min(counts.values());
        }
    }

    private static boolean hasDpdk() {
        try {
            BurstSource.requireLibrary(Backend.DPDK);
            return true;
        } catch (final CaptureException e) {
            return false;
        }
    }

    /** Whether a group's datagram comes out at a port before a broadcast that was sent after it does. */
    private boolean arrives(final PacketSocket from, final PacketSocket to, final String group) throws IOException {
        final AtomicInteger markers = new AtomicInteger();
        final AtomicInteger found = new AtomicInteger();
        send(from, group, false);
        send(from, "192.168.255.255", true);
        final int address = Ipv4Address.parse(group);
        final FrameHandler handler = (frame, offset, length, time, port) -> {
            if (length > 42 && frame.getShort(offset + 12, java.nio.ByteOrder.BIG_ENDIAN) == 0x0800) {
                final int destination = frame.getInt(offset + 30, java.nio.ByteOrder.BIG_ENDIAN);
                markers.addAndGet(destination == Ipv4Address.parse("192.168.255.255") ? 1 : 0);
                found.addAndGet(destination == address ? 1 : 0);
            }
            // Queries in between are the gateway's to answer still.
            pipeline.onFrame(frame, offset, length, time, port);
        };
        Await.until("the broadcast after " + group, () -> {
            to.poll(handler);
            return markers.get() > 0;
        }, () -> "nothing");
        return found.get() > 0;
    }

    private static void send(final PacketSocket from, final String group, final boolean isBroadcast) throws IOException {
        final DirectBuffer datagram = UdpFrames.of(
                new InetSocketAddress(InetAddress.getByName(group), 14_340), new byte[] {1, 2, 3, 4});
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[datagram.capacity()]);
        datagram.getBytes(0, frame, 0, datagram.capacity());
        final int address = Ipv4Address.parse(group);
        final byte[] to = isBroadcast ? new byte[] {-1, -1, -1, -1, -1, -1}
                : new byte[] {1, 0, 0x5e, (byte) (address >> 16 & 0x7f), (byte) (address >> 8), (byte) address};
        frame.putBytes(0, to);
        frame.putBytes(6, new byte[] {2, 0, 0, 0, 0, 9});
        from.send(0, frame, 0, frame.capacity());
    }
}
