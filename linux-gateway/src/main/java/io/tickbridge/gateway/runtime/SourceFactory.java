package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.udp.Subscription;
import io.tickbridge.gateway.capture.udp.UdpMulticastSource;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
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
        };
    }

    private static PacketSource multicast(final GatewayConfig config, final EpochNanoClock clock) {
        final UdpMulticastSource source = UdpMulticastSource.open(
                config.feeds().stream().flatMap(feed -> feed.lines().stream()).map(SourceFactory::subscription).toList(),
                config.capture().transport(), config.capture().receiveBuffer(), clock);
        // Joined before anyone is told that the gateway is up: whoever then sends, is heard.
        source.join();
        return source;
    }

    private static Subscription subscription(final FeedConfig.Line line) {
        return new Subscription(line.group(), line.port(), line.networkInterface());
    }
}
