package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rings, interrupt moderation, gathering of packets and virtual functions of drivers that have them in part only. */
final class HostInterfacesTest {
    private static final String RINGS = """
            Ring parameters for eth9:
            Pre-set maximums:
            RX:\t\t4096
            TX:\t\t4096
            Current hardware settings:
            RX:\t\t512
            TX:\t\t512
            """;
    private static final String FUNCTIONS = """
            9: eth9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000
                link/ether 3c:fd:fe:00:00:01 brd ff:ff:ff:ff:ff:ff
                vf 0     link/ether 02:00:00:aa:10:01 brd ff:ff:ff:ff:ff:ff, vlan 100, spoof checking on, link-state auto, trust off
                vf 1     link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff, spoof checking on, link-state auto, trust on
            """;

    @TempDir
    private Path directory;
    private HostTree host;

    @BeforeEach
    void anInterface() throws IOException {
        host = new HostTree(directory);
        host.put("sys/class/net/eth9/ifindex", "9");
    }

    @Test
    void moderationIsSwitchedOffWhereTheDriverAdaptsIt() throws Exception {
        moderation("on  TX: on", "50");
        assertEquals(0, host.run("apply", "COALESCE_OFF=eth9\n").exit());
        assertEquals(List.of("ethtool -C eth9 adaptive-rx off rx-usecs 0"), host.calls());
        assertEquals("nothing to change\n", host.run("apply", "COALESCE_OFF=eth9\n").out());
    }

    @Test
    void aDriverThatCannotAdaptIsNotAskedTo() throws Exception {
        moderation("n/a  TX: n/a", "50");
        final Launcher.Result result = host.run("apply", "COALESCE_OFF=eth9\n");
        assertEquals(0, result.exit(), result.err());
        assertEquals(List.of("ethtool -C eth9 rx-usecs 0"), host.calls());
    }

    @Test
    void aDriverWithoutModerationHasNothingToSet() throws Exception {
        moderation("n/a  TX: n/a", "n/a");
        hasNothingToSet();
    }

    @Test
    void aDriverThatDoesNotTellItsModerationHasNothingToSet() throws Exception {
        hasNothingToSet();
    }

    @Test
    void anInterfaceThatIsNotThereIsSaid() throws Exception {
        final Launcher.Result result = host.run("check", "COALESCE_OFF=eth7\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("COALESCE_OFF: there is no interface eth7"), result.err());
    }

    @Test
    void anInterfaceWithoutInterruptsHasNoneToSetAndOneThatIsNotThereIsSaid() throws Exception {
        final Launcher.Result result = host.run("apply", "IRQ_CORES=0-1\nIRQ_INTERFACES=eth9\n");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().startsWith("note: eth9 has no interrupts of its own"), result.out());
        final Launcher.Result missing = host.run("apply", "IRQ_CORES=0-1\nIRQ_INTERFACES=eth7\n");
        assertEquals(1, missing.exit(), missing.out());
        assertTrue(missing.err().contains("IRQ_INTERFACES: there is no interface eth7"), missing.err());
    }

    @Test
    void whatGathersPacketsIsSwitchedOffWhereItCanBe() throws Exception {
        host.answer("eth9.k", """
                Features for eth9:
                generic-receive-offload: on
                large-receive-offload: off [fixed]
                rx-gro-hw: on
                rx-gro-list: off
                """);
        assertEquals(0, host.run("apply", "GATHERING_OFF=eth9\n").exit());
        assertEquals(List.of("ethtool -K eth9 gro off rx-gro-hw off"), host.calls());
        assertEquals("nothing to change\n", host.run("apply", "GATHERING_OFF=eth9\n").out());
    }

    @Test
    void aRingIsMadeAsLargeAsAskedAndNoLargerThanItCanBe() throws Exception {
        host.answer("eth9.g", RINGS);
        assertEquals(0, host.run("apply", "RINGS=eth9:4096\n").exit());
        assertEquals("nothing to change\n", host.run("apply", "RINGS=eth9:4096\n").out());
        final Launcher.Result tooLarge = host.run("apply", "RINGS=eth9:8192\n");
        assertEquals(1, tooLarge.exit(), tooLarge.out());
        assertTrue(tooLarge.err().contains("eth9: receive ring 8192: failed"), tooLarge.err());
    }

    @Test
    void aVirtualFunctionGetsWhatItHasNotGotYet() throws Exception {
        host.answer("eth9.link", FUNCTIONS);
        // Capitals are a MAC address's other spelling.
        final String same = "VF_SETTINGS=eth9,0,mac=02:00:00:AA:10:01,vlan=100,spoofchk=on,trust=off eth9,1,vlan=0\n";
        assertEquals("nothing to change\n", host.run("apply", same).out());
        final String other = "VF_SETTINGS=eth9,0,mac=02:00:00:aa:10:02,vlan=10,spoofchk=off,trust=off eth9,1,vlan=7,trust=off\n";
        assertEquals(0, host.run("apply", other).exit());
        assertEquals(List.of("ip link set dev eth9 vf 0 mac 02:00:00:aa:10:02", "ip link set dev eth9 vf 0 vlan 10",
                "ip link set dev eth9 vf 0 spoofchk off", "ip link set dev eth9 vf 1 vlan 7", "ip link set dev eth9 vf 1 trust off"),
                host.calls());
    }

    private void hasNothingToSet() throws Exception {
        final Launcher.Result result = host.run("apply", "COALESCE_OFF=eth9\n");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().startsWith("note: eth9: its driver has no interrupt moderation"), result.out());
        assertEquals(List.of(), host.calls());
    }

    private void moderation(final String adaptive, final String microseconds) throws IOException {
        host.answer("eth9.c", "Coalesce parameters for eth9:\nAdaptive RX: " + adaptive + "\n\nrx-usecs:\t" + microseconds
                + "\nrx-frames:\t1\n");
    }
}
