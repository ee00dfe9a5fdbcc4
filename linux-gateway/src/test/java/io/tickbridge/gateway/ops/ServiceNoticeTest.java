package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices as a service manager receives them, by a socket that is not ours. */
final class ServiceNoticeTest {
    @TempDir
    private Path directory;

    @Test
    void eachNoticeIsOneDatagram() throws Exception {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final String path = directory.resolve("notify").toString();
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            final Channel manager = new Bootstrap().group(group).channel(EpollDomainDatagramChannel.class)
                    .handler(new Listener(heard)).bind(new DomainSocketAddress(path)).sync().channel();
            final ServiceNotice notice = ServiceNotice.to(path).orElseThrow();
            notice.say("READY=1", "STATUS=receiving");
            notice.say("WATCHDOG=1");
            assertEquals("READY=1\nSTATUS=receiving", heard.poll(30, TimeUnit.SECONDS));
            assertEquals("WATCHDOG=1", heard.poll(30, TimeUnit.SECONDS));
            manager.close().sync();
            // Nobody listens any more, and that is no failure.
            notice.say("STOPPING=1");
            assertTrue(heard.isEmpty());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void withoutAManagerThereIsNobodyToTell() {
        assertEquals(Optional.empty(), ServiceNotice.to(null));
        assertEquals(Optional.empty(), ServiceNotice.to(""));
        assertEquals(Optional.empty(), ServiceNotice.to("relative/path"));
        assertEquals(Optional.empty(), ServiceNotice.to("/" + "long".repeat(40)));
    }

    private static final class Listener extends SimpleChannelInboundHandler<DomainDatagramPacket> {
        private final BlockingQueue<String> heard;

        Listener(final BlockingQueue<String> heard) {
            this.heard = heard;
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final DomainDatagramPacket packet) {
            heard.add(packet.content().toString(StandardCharsets.UTF_8));
        }
    }
}
