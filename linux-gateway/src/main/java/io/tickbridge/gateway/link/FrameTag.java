package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.Link;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The tags of one direction of one connection: SPECIFICATION.md, section 4a. Allocates nothing per frame, for which it
 * composes HMAC (RFC 2104) from the JDK's digest itself: {@link javax.crypto.Mac} allocates at each result. One thread.
 */
final class FrameTag {
    private static final int BLOCK = 64; // bytes of a block of SHA-256, FIPS 180-4
    private static final int DIGEST = 32; // bytes of its result
    private static final byte INNER = 0x36; // RFC 2104, section 2
    private static final byte OUTER = 0x5c;

    private final MessageDigest sha;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] frame = new byte[Link.MAX_FRAME_LENGTH];
    private final byte[] number = new byte[Long.BYTES];
    private final byte[] digest = new byte[DIGEST];
    private long next;

    /**
     * Begins with frame 0.
     *
     * @param key of this direction, at most 64 bytes
     */
    FrameTag(final byte[] key) {
        this(key, 0);
    }

    /** Begins with another one, for tests. */
    FrameTag(final byte[] key, final long first) {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        for (int i = 0; i < BLOCK; i++) {
            final byte part = i < key.length ? key[i] : 0;
            inner[i] = (byte) (part ^ INNER);
            outer[i] = (byte) (part ^ OUTER);
        }
        next = first;
    }

    /**
     * Seals a frame in place; {@link Link#TAG_LENGTH} bytes behind it must be free.
     *
     * @return its length from now on, bytes
     */
    int close(final MutableDirectBuffer buffer, final int offset) {
        final int plain = (int) FrameCheck.frameLength(buffer, offset);
        final int flags = buffer.getInt(offset + FrameHeaderEncoder.flagsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset, plain + Link.TAG_LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + FrameHeaderEncoder.flagsEncodingOffset(), flags | Link.FLAG_SEALED, ByteOrder.LITTLE_ENDIAN);
        authenticate(buffer, offset, plain);
        buffer.putBytes(offset + plain, digest, 0, Link.TAG_LENGTH);
        return plain + Link.TAG_LENGTH;
    }

    /** The frames sealed last never left: as many numbers are given anew. */
    void takeBack(final int frames) {
        next -= frames;
    }

    /**
     * Whether a whole frame is the one that the sender sent next.
     *
     * @return false also for one that is not sealed; nothing of it may be looked at then
     */
    boolean isIntact(final DirectBuffer buffer, final int offset) {
        final int plain = (int) FrameCheck.frameLength(buffer, offset) - Link.TAG_LENGTH;
        final int block = buffer.getShort(offset + FrameHeaderDecoder.blockLengthEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final int flags = buffer.getInt(offset + FrameHeaderDecoder.flagsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        if ((flags & Link.FLAG_SEALED) == 0 || plain < Link.HEADER_LENGTH + block) {
            return false;
        }
        authenticate(buffer, offset, plain);
        int difference = 0;
        for (int i = 0; i < Link.TAG_LENGTH; i++) {
            difference |= digest[i] ^ buffer.getByte(offset + plain + i);
        }
        return difference == 0;
    }

    private void authenticate(final DirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, frame, 0, length);
        for (int i = 0; i < Long.BYTES; i++) {
            number[i] = (byte) (next >>> Byte.SIZE * i);
        }
        next++;
        try {
            sha.update(inner, 0, BLOCK);
            sha.update(number, 0, Long.BYTES);
            sha.update(frame, 0, length);
            sha.digest(digest, 0, DIGEST);
            sha.update(outer, 0, BLOCK);
            sha.update(digest, 0, DIGEST);
            sha.digest(digest, 0, DIGEST);
        } catch (final DigestException e) {
            throw new IllegalStateException("a digest of SHA-256 is longer than 32 bytes", e);
        }
    }
}
