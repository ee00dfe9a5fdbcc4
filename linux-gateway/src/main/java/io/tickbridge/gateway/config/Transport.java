package io.tickbridge.gateway.config;

/** Which of Netty's transports does socket I/O. */
public enum Transport {
    /** The first of io_uring, epoll and NIO that works here. */
    AUTO,
    /** io_uring only. */
    IO_URING,
    /** epoll only. */
    EPOLL,
    /** Java NIO. */
    NIO
}
