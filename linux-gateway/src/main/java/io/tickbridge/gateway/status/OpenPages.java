package io.tickbridge.gateway.status;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages that take figures as they come (server-sent events). One that does not take them misses some, and nobody waits for it.
 *
 * <p>The endpoint's thread only, but for {@link #count}.
 */
final class OpenPages {
    private final int most;
    private final List<Channel> channels = new ArrayList<>();
    private volatile int count;

    OpenPages(final int most) {
        this.most = most;
    }

    /** Whether one more may come. */
    boolean hasRoom() {
        return channels.size() < most;
    }

    void add(final Channel channel) {
        channels.add(channel);
        count = channels.size();
        channel.closeFuture().addListener(closed -> {
            channels.remove(channel);
            count = channels.size();
        });
    }

    /** Pages open now. Any thread. */
    int count() {
        return count;
    }

    /** Tells every page that takes what it is told. */
    void tell(final String event, final String json) {
        if (channels.isEmpty()) {
            return;
        }
        final ByteBuf bytes = bytes(event, json);
        for (final Channel channel : List.copyOf(channels)) {
            if (channel.isWritable()) {
                channel.writeAndFlush(new DefaultHttpContent(bytes.retainedDuplicate()));
            }
        }
        bytes.release();
    }

    /** One event. JSON has no line break in it, which would end it (HTML, 9.2.6). */
    static ByteBuf bytes(final String event, final String json) {
        return Unpooled.copiedBuffer("event: " + event + "\ndata: " + json + "\n\n", StandardCharsets.UTF_8);
    }
}
