package io.tickbridge.gateway.capture.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.tickbridge.gateway.capture.SourceCounts;
import java.net.InetSocketAddress;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of one channel's pipeline: datagrams become frames of the backlog. */
final class DatagramReceiver extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramReceiver.class);

    private final FrameBacklog backlog;
    private final FrameHeader header;
    private final int port;
    private final EpochNanoClock clock;
    private final SourceCounts counts;
    private boolean readComplete = true;

    DatagramReceiver(
            final FrameBacklog backlog,
            final InetSocketAddress group,
            final int port,
            final EpochNanoClock clock,
            final SourceCounts counts) {
        this.backlog = backlog;
        this.header = new FrameHeader(group);
        this.port = port;
        this.clock = clock;
        this.counts = counts;
    }

    /** Whether the channel waits to be told to read; asking clears it. */
    boolean takeReadComplete() {
        final boolean complete = readComplete;
        readComplete = false;
        return complete;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final DatagramPacket packet = (DatagramPacket) message;
        try {
            final ByteBuf payload = packet.content();
            // A receive buffer filled to its last byte may have cut the datagram: the kernel's flag that would
            // tell is not passed on.
            if (payload.readableBytes() >= DatagramTransport.SLOT) {
                counts.frameTruncated();
                return;
            }
            if (backlog.isEmpty()) {
                backlog.begin(clock.nanoTime());
            }
            backlog.append(header, packet.sender(), payload, port);
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        readComplete = true;
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        LOG.error("{}: receiving failed", context.channel().localAddress(), cause);
    }
}
