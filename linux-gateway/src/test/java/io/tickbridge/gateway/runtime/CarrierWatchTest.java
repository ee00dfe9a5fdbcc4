package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.udp.NetworkLink;
import io.tickbridge.gateway.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of an interface whose state changes; that the state is the kernel's, NetworkLinkTest shows. */
class CarrierWatchTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CarrierWatch.class);
    private Optional<NetworkLink> kernel = Optional.of(link(true, 2));
    private final CarrierWatch watch = new CarrierWatch("eth7", name -> kernel);

    private static NetworkLink link(final boolean carrier, final long downs) {
        return new NetworkLink(7, carrier, 0, downs);
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    /** Looks twice, and returns what was said. */
    private String look() {
        log.list.clear();
        watch.look();
        watch.look();
        return String.join(" / ", log.list.stream().map(line -> line.getFormattedMessage().split("[:;]")[0]).toList());
    }

    @Test
    void saysWhatIsWrongFromTheStartOnce() {
        kernel = Optional.of(link(false, 0));
        assertEquals("interface eth7 has no carrier", look());
        assertEquals("", look());
        assertEquals("0 1", watch.carrier() + " " + watch.losses());
        kernel = Optional.of(link(true, 0));
        assertEquals("interface eth7 has a carrier", look());
        assertEquals("1 1", watch.carrier() + " " + watch.losses());
    }

    @Test
    void seesALossThatWasOverBeforeItLooked() {
        assertEquals("", look());
        kernel = Optional.of(link(true, 3));
        assertEquals("interface eth7 lost its carrier for a moment", look());
        assertEquals("1 1", watch.carrier() + " " + watch.losses());
    }

    @Test
    void leavesOneThatIsGoneToTheSource() {
        assertEquals("", look());
        kernel = Optional.empty();
        assertEquals("", look());
        assertEquals(0, watch.carrier());
        kernel = Optional.of(link(true, 0));
        assertEquals("interface eth7 has a carrier", look());
    }

    @Test
    void doesNotEndTheStatusThreadWhenTheKernelDoesNotTell() {
        final CarrierWatch blind = new CarrierWatch("eth7", name -> {
            throw new CaptureException("permission denied", null);
        });
        blind.look();
        blind.look();
        assertEquals(List.of("whether interface eth7 has a carrier is not known: permission denied"),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void watchesTheInterfacesOfEachSource() {
        final String feeds = """

                feeds: [{name: es, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: eth0},
                  {group: 224.0.32.1, port: 14310, interface: eth1}, {group: 224.0.33.1, port: 14310, interface: eth0}]}]
                link: {enabled: false}
                """;
        final String without = feeds.replaceAll(", interface: eth.", "");
        assertEquals(List.of("eth0", "eth1"), names("capture: {source: udp}" + feeds));
        assertEquals(List.of("eth0", "eth1"), names("capture: {source: afxdp}" + feeds));
        assertEquals(List.of("eth3"), names("capture: {source: efvi, efvi: {interface: eth3}}" + without));
        assertEquals(List.of("eth4"),
                names("capture: {source: dpdk, dpdk: {device: 'net_af_packet0,iface=eth4,blocksz=4096'}}" + without));
        assertEquals(List.of(), names("capture: {source: dpdk, dpdk: {device: '0000:01:00.0'}}" + without));
        assertEquals(List.of(), names("capture: {source: pcap, file: day.pcap}" + without));
    }

    private static List<String> names(final String text) {
        return CarrierWatch.of(ConfigReader.parse(text, Path.of("."), "x.yaml")).stream().map(CarrierWatch::name).toList();
    }
}
