package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reverse path filter, over what a kernel's files said of a machine with a default route over eth0. */
class ReversePathTest {
    /** Captured on x86-64, and one line of each kind added. */
    private static final String ROUTES = """
            Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
            eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
            eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
            eth1	00004DCD	00000000	0001	0	0	0	0000FFFF	0	0	0
            *	0000000A	00000000	0200	0	0	0	000000FF	0	0	0
            """;
    private static final String ON_ETH1 = "205.77.1.9"; // of eth1's own network
    private static final String ELSEWHERE = "198.51.100.7"; // by the default route alone

    @TempDir
    private Path proc;

    @BeforeEach
    void routes() throws IOException {
        assertEquals(ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder(), "the file above was written so");
        write("thread-self/net/route", ROUTES);
    }

    private void write(final String path, final String text) throws IOException {
        Files.createDirectories(proc.resolve(path).getParent());
        Files.writeString(proc.resolve(path), text);
    }

    private Optional<String> finding(final int all, final int eth1, final String... senders) throws IOException {
        write("sys/net/ipv4/conf/all/rp_filter", all + "\n");
        write("sys/net/ipv4/conf/eth1/rp_filter", eth1 + "\n");
        return new ReversePath(proc).finding("eth1", List.of(senders));
    }

    @Test
    void nothingIsSaidWhereNothingIsDropped() throws IOException {
        assertEquals(Optional.empty(), finding(0, 0, ELSEWHERE));
        assertEquals(Optional.empty(), finding(1, 0, ON_ETH1));
        assertEquals(Optional.empty(), finding(2, 0, ON_ETH1, ELSEWHERE), "any route will do");
        assertEquals(Optional.empty(), finding(1, 2, ELSEWHERE), "the larger one holds, and it is the milder");
        assertEquals(Optional.empty(), finding(2, 0));
        assertEquals(Optional.empty(), new ReversePath(proc.resolve("nosuch")).finding("eth1", List.of(ELSEWHERE)));
    }

    @Test
    void aSenderThatIsRoutedElsewhere() throws IOException {
        assertEquals(Optional.of("net.ipv4.conf rp_filter is 1 for eth1, and there is no route over it back to 198.51.100.7: the "
                + "kernel drops what they send, and counts it nowhere; turn it off: sysctl -w net.ipv4.conf.all.rp_filter=0 "
                + "net.ipv4.conf.eth1.rp_filter=0"), finding(0, 1, ON_ETH1, ELSEWHERE));
    }

    @Test
    void aSenderWithNoRouteAtAll() throws IOException {
        write("thread-self/net/route", ROUTES.replaceAll("eth0.*\n", ""));
        assertTrue(finding(0, 2, ON_ETH1, ELSEWHERE).orElseThrow().contains("no route back to 198.51.100.7:"));
        assertTrue(finding(0, 1, "10.1.2.3").orElseThrow().contains("no route over it back to 10.1.2.3:"), "one that rejects");
    }

    @Test
    void sendersThatAreNotKnown() throws IOException {
        assertTrue(finding(1, 1).orElseThrow().contains("name the senders in filter.sources"));
    }
}
