package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network card that is pulled out and put in again; what is joined is asked of the kernel by iproute2. */
class InterfaceWatchTest {
    private static final List<String> GROUPS = List.of("239.192.34.1", "239.192.34.2");

    private static final int ADD = 35;
    private static final int DROP = 36;

    private final String near = "tbw" + ProcessHandle.current().pid() + "a";
    private final String far = "tbw" + ProcessHandle.current().pid() + "b";
    private List<GroupSocket> sockets = List.of();

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        plugIn();
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        CloseHelper.closeAll(sockets);
        pullOut();
    }

    private void plugIn() throws IOException, InterruptedException {
        ip("link add " + near + " type veth peer name " + far);
    }

    private InterfaceWatch watch() {
        sockets = IntStream.range(0, GROUPS.size()).mapToObj(i -> GroupSocket.open(
                new Subscription(GROUPS.get(i), 31_766, near), 0, new UdpSettings(0, ReceiveTimestamps.BURST, 0))).toList();
        return new InterfaceWatch(near, sockets);
    }

    private void assertJoined() throws IOException, InterruptedException {
        final String joined = ip("maddress show dev " + near);
        GROUPS.forEach(group -> assertTrue(joined.contains(group), joined));
    }

    /** More often than one socket may have memberships, if it kept those of interfaces that are gone. */
    @Test
    void joinsAgainHoweverOftenItIsPulledOut() throws IOException, InterruptedException {
        final InterfaceWatch watch = watch();
        for (int i = 0; i < 45; i++) {
            pullOut();
            assertTrue(watch.look());
            assertFalse(watch.look(), "said once");
            plugIn();
            assertFalse(watch.look());
            assertFalse(watch.isGone());
        }
        assertJoined();
    }

    /** One socket has no room for a membership at first, so that its group cannot be joined when that of the other can. */
    @Test
    void triesAgainUntilAllGroupsAreJoined() throws IOException, InterruptedException {
        final InterfaceWatch watch = watch();
        final int before = InterfaceIndex.of(near);
        pullOut();
        membership(DROP, GROUPS.get(0), before);
        int others = 0;
        while (membership(ADD, "239.192.35." + others, 1) == 0) {
            others++;
        }
        plugIn();
        assertTrue(watch.look());
        assertTrue(watch.isGone());
        assertFalse(watch.look(), "said once");
        assertTrue(watch.isGone());
        assertFalse(ip("maddress show dev " + near).contains(GROUPS.get(0)));
        assertEquals(0, membership(DROP, "239.192.35.0", 1));
        assertFalse(watch.look());
        assertFalse(watch.isGone());
        assertJoined();
    }

    /** As setsockopt(2) with struct ip_mreqn of ip(7), on the socket of the first group. */
    private int membership(final int option, final String group, final int index) {
        final UnsafeBuffer value = CallMemory.of(12);
        value.putInt(0, new Subscription(group, 1, near).addressBits(), ByteOrder.BIG_ENDIAN);
        value.putInt(8, index);
        return SocketCalls.calls().setsockopt(sockets.get(0).descriptor(), 0, option, value.addressOffset(), 12);
    }

    private void pullOut() throws IOException, InterruptedException {
        ip("link del " + near);
    }

    private static String ip(final String arguments) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(("ip " + arguments).split(" ")).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> "ip " + arguments + ": " + said);
        return said;
    }
}
