package io.tickbridge.gateway.link;

import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.transport.SocketTransport;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of Netty's transports carries the link, and why.
 *
 * @param transport the one that was chosen
 * @param reason    in words, for the log
 */
record TransportChoice(SocketTransport transport, String reason) {

    /**
     * Chooses.
     *
     * @param wanted as configured
     * @return one that works here
     * @throws IOException when the one wanted does not work here, saying why and what to set instead
     */
    static TransportChoice choose(final Transport wanted) throws IOException {
        return choose(wanted, SocketTransport::obstacle);
    }

    static TransportChoice choose(final Transport wanted, final Function<SocketTransport, Optional<String>> obstacles)
            throws IOException {
        final StringBuilder passedOver = new StringBuilder();
        for (final SocketTransport candidate : SocketTransport.candidates(wanted)) {
            final Optional<String> obstacle = obstacles.apply(candidate);
            if (obstacle.isEmpty()) {
                return new TransportChoice(candidate, wanted == Transport.AUTO
                        ? "first that works here" + passedOver : "as configured");
            }
            passedOver.append("; not ").append(candidate.label()).append(": ").append(obstacle.get());
        }
        throw new IOException("link.transport does not work here" + passedOver + "; set it to auto, which takes one that does");
    }

    /** Class of the listening channel. */
    Class<? extends ServerChannel> channel() {
        return switch (transport) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }
}
