package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tickbridge.protocol.Link;
import java.io.ByteArrayOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for one peer, sealed: when it is, and with which numbers. The expected bytes are made of {@link javax.crypto.Mac}. */
class PeerOutboxTest {
    private static final int FRAME = Link.HEADER_LENGTH + 8;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PeerOutbox outbox = new PeerOutbox(channel, 1 << 16, LinkVersion.NEWEST);
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private long number;

    @AfterEach
    void close() {
        outbox.release();
        channel.finishAndReleaseAll();
    }

    /** @return where it begins */
    private int write(final long counter) {
        final int offset = outbox.claim(FRAME);
        outbox.buffer().putBytes(offset, plain(counter));
        return offset;
    }

    private static byte[] plain(final long counter) {
        return TestAddOn.frame(6, 8, LinkVersion.NEWEST).putLong(counter).array();
    }

    private void expect(final long counter) {
        expected.writeBytes(TestAddOn.sealed(plain(counter), LinkHarness.KEY, number++));
    }

    private void flushed() {
        outbox.flush();
        channel.flushOutbound();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            final byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            out.release();
            assertArrayEquals(expected.toByteArray(), bytes);
            expected.reset();
        }
        assertEquals(0, expected.size(), "left");
    }

    private boolean isSealed(final int offset) {
        return (new UnsafeBuffer(outbox.buffer()).getByte(offset + 12) & Link.FLAG_SEALED) != 0;
    }

    /** However much waits, a flush computes one tag: it would hold up the receive thread otherwise. */
    @Test
    void eachFrameIsSealedWhenTheNextIsClaimed() {
        outbox.seal(new FrameTag(LinkHarness.KEY));
        int before = write(0);
        expect(0);
        for (int i = 1; i < 500; i++) {
            assertFalse(isSealed(before), "may still be encoded");
            final int offset = write(i);
            assertTrue(isSealed(before), "frame " + (i - 1));
            expect(i);
            before = offset;
        }
        flushed();
    }

    @Test
    void numbersOfTagsThatNeverLeftAreGivenAnew() {
        outbox.seal(new FrameTag(LinkHarness.KEY));
        for (int i = 0; i < 3; i++) {
            write(i);
            expect(i);
        }
        flushed();
        for (int i = 3; i < 40; i++) {
            write(i);
        }
        outbox.discard();
        outbox.discard();
        write(40);
        expect(40);
        outbox.buffer().putBytes(outbox.claimLast(FRAME), plain(41));
        expect(41);
        flushed();
        write(42);
        expect(42);
        flushed();
    }

    /** As TLS does it: the bytes handed over are free once they are encrypted, and what they became is not taken by the system. */
    @Test
    void whatIsEncryptedAndNotTakenYetWaitsToo() {
        final int limit = 1 << 12;
        final EmbeddedChannel stuck = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(final ChannelHandlerContext context, final Object message, final ChannelPromise promise) {
                final ByteBuf plain = (ByteBuf) message;
                final ByteBuf encrypted = plain.alloc().buffer(plain.readableBytes()).writeBytes(plain);
                plain.release();
                context.write(encrypted, promise);
            }

            @Override
            public void flush(final ChannelHandlerContext context) {
                // The system takes nothing.
            }
        });
        final PeerOutbox slow = new PeerOutbox(stuck, limit, LinkVersion.NEWEST);
        long claimed = 0;
        for (int offset = slow.claim(FRAME); offset >= 0 && claimed < 100 * limit; offset = slow.claim(FRAME)) {
            slow.buffer().putBytes(offset, plain(claimed));
            claimed += FRAME;
        }
        assertTrue(claimed <= 2 * limit, claimed + " bytes wait, " + limit + " may, and as many are being written");
        assertTrue(claimed > limit, "what is being written has room of its own");
        assertFalse(slow.isEmpty());
        assertEquals(0, slow.flush(), "it waits for what was handed over before");
        assertTrue(stuck.unsafe().outboundBuffer().totalPendingWriteBytes() < 2 * limit);
        slow.release();
        stuck.pipeline().removeLast();
        stuck.flushOutbound();
        stuck.finishAndReleaseAll();
    }

    @Test
    void anOlderPeersFramesAreInItsVersionsName() {
        final PeerOutbox older = new PeerOutbox(channel, 1 << 10, 1);
        final int offset = older.claim(FRAME);
        older.buffer().putBytes(offset, plain(7));
        assertEquals(1, older.copy(offset)[10]);
        assertEquals(1, older.copy(offset)[10]);
        older.release();
    }
}
