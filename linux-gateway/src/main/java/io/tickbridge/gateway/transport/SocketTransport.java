package io.tickbridge.gateway.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.tickbridge.gateway.config.Transport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One of Netty's transports, the preferred one first. */
public enum SocketTransport {
    /**
     * epoll. Preferred: of the three it has the shortest way there and back (BENCHMARKS.md, link), it allocates nothing, and
     * Onload knows it.
     */
    EPOLL("epoll", EpollIoHandler::newFactory) {
        @Override
        Optional<String> obstacle(final boolean underOnload) {
            return unless(Epoll.isAvailable(), Epoll::unavailabilityCause);
        }
    },

    /** io_uring: goes around libc, and so around Onload. */
    IO_URING("io-uring", IoUringIoHandler::newFactory) {
        @Override
        Optional<String> obstacle(final boolean underOnload) {
            return underOnload ? Optional.of("Onload is preloaded, and io_uring would go around it")
                    : unless(IoUring.isAvailable(), IoUring::unavailabilityCause);
        }
    },

    /** Java NIO, which works everywhere. */
    NIO("nio", NioIoHandler::newFactory) {
        @Override
        Optional<String> obstacle(final boolean underOnload) {
            return Optional.empty();
        }
    };

    private final String label;
    private final Supplier<IoHandlerFactory> ioHandlers;

    SocketTransport(final String label, final Supplier<IoHandlerFactory> ioHandlers) {
        this.label = label;
        this.ioHandlers = ioHandlers;
    }

    abstract Optional<String> obstacle(boolean underOnload);

    /**
     * Why it cannot be used here.
     *
     * @return in words; empty when it can be used
     */
    public Optional<String> obstacle() {
        return obstacle(Onload.isLoaded());
    }

    /**
     * Those that a configured choice allows.
     *
     * @param configured as the configuration says
     * @return the preferred one first
     */
    public static List<SocketTransport> candidates(final Transport configured) {
        return switch (configured) {
            case AUTO -> List.of(values());
            case IO_URING -> List.of(IO_URING);
            case EPOLL -> List.of(EPOLL);
            case NIO -> List.of(NIO);
        };
    }

    /**
     * Its name as the configuration has it.
     *
     * @return lower case
     */
    public String label() {
        return label;
    }

    /**
     * Makes an event loop's I/O.
     *
     * @return a factory for one event loop
     */
    public IoHandlerFactory ioHandlers() {
        return ioHandlers.get();
    }

    static Optional<String> unless(final boolean available, final Supplier<Throwable> cause) {
        if (available) {
            return Optional.empty();
        }
        final Throwable why = cause.get();
        return Optional.of(why.getMessage() == null ? why.toString() : why.getMessage());
    }
}
