package io.tickbridge.gateway.status;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.StatusConfig;
import io.tickbridge.gateway.ops.PublishedFigures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations endpoint. One thread of its own serves it, with plain NIO, and takes no direct memory from the pool that the link
 * uses. Whoever is slow, silent or too many is cut off.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final int OTHER_CONNECTIONS = 32; // beside open pages
    private static final int LONGEST_BODY = 1024; // bytes: nobody has anything to send
    private static final int READ_PATIENCE = 75; // s: longer than Prometheus' usual interval, so that its connection lasts
    private static final int WRITE_PATIENCE = 10_000; // ms
    /** What the kernel keeps for a reader, bytes; left to itself it would keep megabytes, and who hangs would be found out late. */
    private static final int UNREAD = 1 << 16;
    private static final int CLOSE_PATIENCE = 1_000; // ms
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*");
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    private final StatusConfig config;
    private final StatusContent content;
    private final OpenPages pages;
    private final int writePatience;
    private EventLoopGroup thread;
    private ChannelGroup connections;
    private int port;
    private long toldExamination;

    /**
     * An endpoint that does not listen yet.
     *
     * @param config      the gateway's
     * @param version     of this build
     * @param published   what is shown
     * @param examination what the doctor says; not closed here
     * @param clock       ns since the Unix epoch, as figures are published by
     */
    public StatusServer(final GatewayConfig config, final String version, final PublishedFigures published,
            final Examination examination, final LongSupplier clock) {
        this(config, version, published, examination, clock, WRITE_PATIENCE);
    }

    /** One that waits for a slow reader as long as is said, ms. */
    StatusServer(final GatewayConfig config, final String version, final PublishedFigures published,
            final Examination examination, final LongSupplier clock, final int writePatience) {
        this.writePatience = writePatience;
        this.config = config.status();
        content = new StatusContent(config, version, published, examination, clock);
        pages = new OpenPages(config.status().pages());
    }

    /**
     * Listens.
     *
     * @throws IOException when the address cannot be had
     */
    public void start() throws IOException {
        thread = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("status-http", true), NioIoHandler.newFactory());
        connections = new DefaultChannelGroup(thread.next());
        final boolean loopback = LOOPBACK.matcher(config.listen()).matches();
        final Predicate<String> isOurHost = loopback ? LOOPBACK_HOST.asMatchPredicate() : host -> true;
        try {
            final Channel listener = new ServerBootstrap().group(thread).channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                    .childOption(ChannelOption.SO_SNDBUF, UNREAD)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(final SocketChannel channel) {
                            open(channel, isOurHost);
                        }
                    }).bind(config.listen(), config.port()).sync().channel();
            port = ((InetSocketAddress) listener.localAddress()).getPort();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (final Exception e) { // what bind throws is not declared: netty passes the system's own error on
            thread.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IOException(e.getMessage(), e);
        }
        thread.next().scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
        LOG.info("status: http://{}:{}/ with /metrics and /health", config.listen(), port);
        if (!loopback) {
            LOG.warn("status: {} is not loopback; whoever reaches port {} reads everything and is asked for nothing", config.listen(), port);
        }
    }

    private void open(final SocketChannel channel, final Predicate<String> isOurHost) {
        if (connections.size() >= config.pages() + OTHER_CONNECTIONS) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline().addLast(new ReadTimeoutHandler(READ_PATIENCE),
                new WriteTimeoutHandler(writePatience, TimeUnit.MILLISECONDS), new HttpServerCodec(),
                new HttpObjectAggregator(LONGEST_BODY), new StatusRequests(content, pages, isOurHost));
    }

    private void tell() {
        if (pages.count() > 0) {
            pages.tell("figures", content.figures());
            if (content.examined() != toldExamination) {
                toldExamination = content.examined();
                pages.tell("doctor", content.doctor());
            }
        }
    }

    /**
     * Pages open now. Any thread.
     *
     * @return how many take figures as they come
     */
    public long pages() {
        return pages.count();
    }

    /**
     * Where it listens.
     *
     * @return TCP port; 0 before {@link #start}
     */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownGracefully(0, CLOSE_PATIENCE, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_PATIENCE);
        }
    }
}
