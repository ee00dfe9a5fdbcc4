package io.tickbridge.gateway.bench.wire;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.runtime.RunClock;
import io.tickbridge.gateway.runtime.SourceFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/** A receive technology, opened as a gateway's configuration would open it. */
public enum ReceiveSource {
    /** The kernel's UDP sockets: what every other one is compared with. */
    UDP("{source: udp}"),
    /** AF_XDP sockets of the gateway's own. */
    AFXDP("{source: afxdp}"),
    /** DPDK on packet sockets. */
    DPDK_AF_PACKET("{source: dpdk, dpdk: {device: \"net_af_packet0,iface=IFACE\"}}"),
    /** DPDK on AF_XDP sockets. */
    DPDK_AF_XDP("{source: dpdk, dpdk: {device: \"net_af_xdp0,iface=IFACE,start_queue=0,queue_count=1\"}}"),
    /** ef_vi, or its emulator. */
    EFVI("{source: efvi}");

    private final String capture;

    ReceiveSource(final String capture) {
        this.capture = capture;
    }

    /**
     * Finds one by the name it has on the command line.
     *
     * @param name of the source
     * @return the source
     * @throws IllegalArgumentException naming those there are
     */
    public static ReceiveSource named(final String name) {
        return Arrays.stream(values()).filter(source -> source.label().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("found source " + name + ", allowed: " + Arrays.stream(values())
                        .map(ReceiveSource::label).collect(Collectors.joining(", "))));
    }

    /**
     * Its name on the command line and in results.
     *
     * @return lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace("dpdk_", "dpdk-");
    }

    /**
     * Opens it for the group of the test frames.
     *
     * @param networkInterface where to receive
     * @return the source, of the calling thread
     */
    public PacketSource open(final String networkInterface) {
        return open(capture.replace("IFACE", networkInterface), networkInterface, SystemEpochNanoClock.INSTANCE);
    }

    /**
     * Opens any source for the group of the test frames, with the clock that a gateway has.
     *
     * @param capture          section of a gateway's configuration, in one line
     * @param networkInterface where to receive, for sources that join groups
     * @return the source, of the calling thread
     */
    public static PacketSource open(final String capture, final String networkInterface) {
        return open(capture, networkInterface, RunClock.start());
    }

    private static PacketSource open(final String capture, final String networkInterface, final EpochNanoClock clock) {
        return SourceFactory.open(ConfigReader.parse("""
                capture: %s
                feeds:
                  - {name: bench, protocol: cme-mdp3, lines: [{group: %s, port: %d, interface: %s}]}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(capture, TestFrame.GROUP, TestFrame.PORT, networkInterface),
                Path.of(""), "benchmark"), clock);
    }
}
