package io.tickbridge.gateway.link;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.tickbridge.gateway.config.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which of Netty's transports carries the link, and why.
 *
 * @param transport  never {@link Transport#AUTO}
 * @param ioHandlers makes the event loop's I/O
 * @param channel    class of the listening channel
 * @param reason     in words, for the log
 */
record TransportChoice(
        Transport transport, IoHandlerFactory ioHandlers, Class<? extends ServerChannel> channel, String reason) {

    /** A transport and what tells whether it works here: empty when it does, else why not. */
    record Candidate(
            Transport transport, Supplier<Optional<String>> obstacle, Supplier<IoHandlerFactory> ioHandlers,
            Class<? extends ServerChannel> channel) {
    }

    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
    private static final String ONLOAD = "libonload";

    /**
     * Chooses.
     *
     * @param wanted as configured
     * @return one that works here
     * @throws IOException when the one wanted does not work here, saying why and what to set instead
     */
    static TransportChoice choose(final Transport wanted) throws IOException {
        return choose(wanted, candidates(isOnloadPreloaded()));
    }

    static TransportChoice choose(final Transport wanted, final List<Candidate> candidates) throws IOException {
        final StringBuilder passedOver = new StringBuilder();
        for (final Candidate candidate : candidates) {
            if (wanted != Transport.AUTO && wanted != candidate.transport()) {
                continue;
            }
            final Optional<String> obstacle = candidate.obstacle().get();
            if (obstacle.isEmpty()) {
                return chosen(candidate, wanted == Transport.AUTO
                        ? "first that works here" + passedOver : "as configured");
            }
            passedOver.append("; not ").append(candidate.transport()).append(": ").append(obstacle.get());
        }
        throw new IOException(
                "link.transport " + wanted + " does not work here" + passedOver + "; AUTO takes one that does");
    }

    private static TransportChoice chosen(final Candidate candidate, final String reason) {
        return new TransportChoice(candidate.transport(), candidate.ioHandlers().get(), candidate.channel(), reason);
    }

    static List<Candidate> candidates(final boolean onloadPreloaded) {
        return List.of(
                new Candidate(Transport.IO_URING,
                        () -> onloadPreloaded
                                ? Optional.of("Onload is preloaded, and io_uring would go around it")
                                : obstacle(IoUring.isAvailable(), IoUring::unavailabilityCause),
                        IoUringIoHandler::newFactory, IoUringServerSocketChannel.class),
                new Candidate(Transport.EPOLL,
                        () -> obstacle(Epoll.isAvailable(), Epoll::unavailabilityCause),
                        EpollIoHandler::newFactory, EpollServerSocketChannel.class),
                new Candidate(Transport.NIO, Optional::empty, NioIoHandler::newFactory, NioServerSocketChannel.class));
    }

    private static Optional<String> obstacle(final boolean available, final Supplier<Throwable> cause) {
        return available ? Optional.empty() : Optional.of(String.valueOf(cause.get().getMessage()));
    }

    /** Onload replaces libc's socket calls; it is there when its library is mapped into this process. */
    private static boolean isOnloadPreloaded() throws IOException {
        if (!Files.isReadable(MAPPED_FILES)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(MAPPED_FILES)) {
            return isOnloadAmong(lines);
        }
    }

    static boolean isOnloadAmong(final Stream<String> mappings) {
        return mappings.anyMatch(line -> line.contains("/" + ONLOAD));
    }
}
