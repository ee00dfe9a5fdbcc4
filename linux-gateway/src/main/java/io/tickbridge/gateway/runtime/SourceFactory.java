package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.udp.Subscription;
import io.tickbridge.gateway.capture.udp.UdpMulticastSource;
import io.tickbridge.gateway.capture.udp.UdpSettings;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import org.agrona.concurrent.EpochNanoClock;

/** Opens the packet source that a configuration names, on the receive thread. */
final class SourceFactory {
    private SourceFactory() {
    }

    static PacketSource open(final GatewayConfig config, final EpochNanoClock clock) {
        final CaptureConfig capture = config.capture();
        return switch (capture.source()) {
            case PCAP -> CaptureFiles.open(capture.file(), capture.pace());
            case UDP -> multicast(config, clock);
        };
    }

    private static PacketSource multicast(final GatewayConfig config, final EpochNanoClock clock) {
        final CaptureConfig capture = config.capture();
        return UdpMulticastSource.open(
                config.feeds().stream().flatMap(feed -> feed.lines().stream()).map(SourceFactory::subscription).toList(),
                new UdpSettings(capture.receiveBuffer(), capture.timestamps(), capture.busyPoll()), clock);
    }

    private static Subscription subscription(final FeedConfig.Line line) {
        return new Subscription(line.group(), line.port(), line.networkInterface());
    }
}
