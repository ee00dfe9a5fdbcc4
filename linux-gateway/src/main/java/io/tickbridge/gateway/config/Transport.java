package io.tickbridge.gateway.config;

/** Which of Netty's transports does socket I/O. */
public enum Transport {
    /** The first of epoll, io_uring and NIO that works here. */
    AUTO,
    /** epoll only. */
    EPOLL,
    /** io_uring only. */
    IO_URING,
    /** Java NIO. */
    NIO
}
