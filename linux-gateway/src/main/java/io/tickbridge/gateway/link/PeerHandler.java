package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Netty's events of one connection, told to its {@link Peer}. Event loop's thread. */
final class PeerHandler extends ChannelInboundHandlerAdapter {
    private final Peer peer;

    PeerHandler(final Peer peer) {
        this.peer = peer;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf received = (ByteBuf) message;
        try {
            peer.onBytes(received);
        } finally {
            received.release();
        }
    }

    /** Answers leave at once: a clock reply's send time should be the time it is sent. */
    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        peer.flush();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        peer.onFailure(cause);
    }
}
