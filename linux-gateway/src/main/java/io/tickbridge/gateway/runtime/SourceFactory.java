package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSettings;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.capture.efvi.EfViSettings;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.udp.Subscription;
import io.tickbridge.gateway.capture.udp.UdpMulticastSource;
import io.tickbridge.gateway.capture.udp.UdpSettings;
import io.tickbridge.gateway.config.AfXdpConfig;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.DpdkConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;

/** Opens the packet source that a configuration names, on the receive thread. */
public final class SourceFactory {
    private SourceFactory() {
    }

    /**
     * Opens it.
     *
     * @param config names the source, and what is to be received
     * @param clock  read where a frame has no time of its own
     * @return the source, of the calling thread
     */
    public static PacketSource open(final GatewayConfig config, final EpochNanoClock clock) {
        final CaptureConfig capture = config.capture();
        return switch (capture.source()) {
            case PCAP -> CaptureFiles.open(capture.file(), capture.pace());
            case UDP -> multicast(config, clock);
            case DPDK -> BurstSource.open(Backend.DPDK, dpdk(capture.dpdk(), config), clock);
            case AFXDP -> BurstSource.open(Backend.AFXDP, afXdp(capture.afXdp(), config), clock);
            case EFVI -> BurstSource.open(Backend.EFVI,
                    EfViSettings.of(capture.efVi(), lines(config).toList(), config.filter().checksums()), clock);
        };
    }

    private static PacketSource multicast(final GatewayConfig config, final EpochNanoClock clock) {
        final CaptureConfig capture = config.capture();
        return UdpMulticastSource.open(
                lines(config).map(SourceFactory::subscription).toList(),
                new UdpSettings(capture.receiveBuffer(), capture.timestamps(), capture.busyPoll()), clock);
    }

    private static Subscription subscription(final FeedConfig.Line line) {
        return new Subscription(line.group(), line.port(), line.networkInterface());
    }

    private static BurstSettings dpdk(final DpdkConfig dpdk, final GatewayConfig config) {
        return groups(config)
                .with("device", dpdk.device())
                .with("eal", (Object) String.join(" ", dpdk.ealArguments()))
                .with("huge-pages", word(dpdk.hugePages()))
                .with("memory", dpdk.memory())
                .with("buffers", dpdk.buffers())
                .with("burst", config.receive().burstLimit())
                .with("descriptors", dpdk.descriptors())
                .with("queues", dpdk.queues())
                .with("promiscuous", dpdk.promiscuous())
                .with("all-multicast", dpdk.allMulticast())
                .with("steering", dpdk.steering())
                .with("timestamps", dpdk.timestamps());
    }

    /** Its lines name interfaces, which are part of a group here. */
    private static BurstSettings afXdp(final AfXdpConfig afXdp, final GatewayConfig config) {
        return new BurstSettings()
                .with("groups", lines(config)
                        .map(line -> line.group() + ':' + line.port() + '@' + line.networkInterface()).toList())
                .with("queues", afXdp.queues().stream().map(String::valueOf).toList())
                .with("mode", word(afXdp.mode()))
                .with("attach", word(afXdp.attach()))
                .with("frames", afXdp.frames())
                .with("frame-size", afXdp.frameSize())
                .with("ring", afXdp.ring())
                .with("need-wakeup", afXdp.needWakeup())
                .with("huge-pages", word(afXdp.hugePages()))
                .with("busy-poll", TimeUnit.NANOSECONDS.toMicros(afXdp.busyPoll()))
                .with("busy-poll-budget", afXdp.busyPollBudget());
    }

    /** A choice as a configuration writes it. */
    private static String word(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What every other backend is told: the groups, {@code address:port} separated by commas. */
    private static BurstSettings groups(final GatewayConfig config) {
        final List<String> groups = lines(config).map(line -> line.group() + ':' + line.port()).distinct().toList();
        return new BurstSettings().with("groups", groups);
    }

    private static Stream<FeedConfig.Line> lines(final GatewayConfig config) {
        return config.feeds().stream().flatMap(feed -> feed.lines().stream());
    }
}
