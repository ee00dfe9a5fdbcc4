package io.tickbridge.gateway.capture.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Puts capture files together byte by byte, from the drafts' own figures. */
final class Captures {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    Captures(final ByteOrder order) {
        this.order = order;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    int size() {
        return out.size();
    }

    Captures raw(final byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Captures pcapHeader(final int magic, final int linkType) {
        return raw(buffer(24).putInt(magic).putShort((short) 2).putShort((short) 4)
                .putInt(0).putInt(0).putInt(65535).putInt(linkType).array());
    }

    Captures pcapRecord(final int seconds, final int fraction, final byte[] frame) {
        return pcapRecord(seconds, fraction, frame, frame.length, frame.length);
    }

    Captures pcapRecord(
            final int seconds, final int fraction, final byte[] frame, final int captured, final int original) {
        raw(buffer(16).putInt(seconds).putInt(fraction).putInt(captured).putInt(original).array());
        return raw(frame);
    }

    Captures section() {
        return block(0x0A0D0D0A,
                buffer(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1).array());
    }

    Captures describe(final int linkType, final int snapLength, final byte[]... options) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(buffer(8).putShort((short) linkType).putShort((short) 0).putInt(snapLength).array());
        for (final byte[] option : options) {
            body.writeBytes(option);
        }
        return block(1, body.toByteArray());
    }

    byte[] option(final int code, final byte... value) {
        return buffer(4 + padded(value.length))
                .putShort((short) code).putShort((short) value.length).put(value).array();
    }

    byte[] option64(final int code, final long value) {
        return option(code, buffer(8).putLong(value).array());
    }

    Captures enhanced(final int port, final long ticks, final byte[] frame) {
        return enhanced(port, ticks, frame, frame.length, frame.length);
    }

    Captures enhanced(final int port, final long ticks, final byte[] frame, final int captured, final int original) {
        return block(6, buffer(20 + padded(frame.length)).putInt(port).putInt((int) (ticks >>> 32)).putInt((int) ticks)
                .putInt(captured).putInt(original).put(frame).array());
    }

    Captures oldPacket(final int port, final long ticks, final byte[] frame) {
        return block(2, buffer(20 + padded(frame.length)).putShort((short) port).putShort((short) 77)
                .putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(frame.length).putInt(frame.length).put(frame)
                .array());
    }

    Captures simple(final int original, final byte[] frame) {
        return block(3, buffer(4 + padded(frame.length)).putInt(original).put(frame).array());
    }

    Captures block(final int type, final byte[] body) {
        return block(type, body, 12 + body.length, 12 + body.length);
    }

    Captures block(final int type, final byte[] body, final int length, final int trailer) {
        raw(buffer(8).putInt(type).putInt(length).array());
        raw(body);
        return raw(buffer(4).putInt(trailer).array());
    }

    /** A frame whose bytes follow from its number. */
    static byte[] frame(final int number, final int length) {
        final byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (number * 7 + i);
        }
        return frame;
    }

    static byte[] gzip(final byte[] plain) {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ByteBuffer buffer(final int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    private static int padded(final int length) {
        return (length + 3) / 4 * 4;
    }
}
