package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.feed.nasdaq.ItchLayout;
import io.tickbridge.gateway.feed.nasdaq.MoldPacket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * ITCH messages in a file, gzip or not: with a 16-bit big-endian length before each, as Nasdaq's BinaryFILE has them
 * ("BinaryFILE 1.00", a length of 0 ends the session), or one after the other, where each one's type gives its length.
 * They are handed on in MoldUDP64 packets of a session of their own, counted from 1.
 */
final class ItchFile implements MessageFile {
    /** Messages that must fit each other before a file is believed to be of a form. */
    private static final int EVIDENCE = 3;
    private static final int PEEK = 1 << 10;
    private static final int BUFFER = 1 << 16;
    /** Bytes of messages in a packet: as many as fit an Ethernet frame of ordinary size. */
    private static final int PAYLOAD = 1400;
    private static final int LONGEST = 0xffff;
    private static final int GZIP_MAGIC = 0x8b1f;
    private static final byte[] SESSION = "FILE      ".getBytes(StandardCharsets.US_ASCII);
    private static final int COUNT = 18;

    private final Path file;
    private final boolean prefixed;
    private final ByteBuffer packet = ByteBuffer.allocate(MoldPacket.HEADER_LENGTH + PAYLOAD + 2 + LONGEST);
    private long sequence = 1;
    private int count;

    private ItchFile(final Path file, final boolean prefixed) {
        this.file = file;
        this.prefixed = prefixed;
        begin();
    }

    /** Looks at the beginning of a file. */
    static Optional<MessageFile> recognise(final Path file) {
        try (InputStream in = open(file)) {
            final byte[] head = in.readNBytes(PEEK);
            if (fits(head, true)) {
                return Optional.of(new ItchFile(file, true));
            }
            return fits(head, false) ? Optional.of(new ItchFile(file, false)) : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty(); // whoever reads it as a capture says what is wrong
        }
    }

    @Override
    public List<String> read(final CaptureChannel channel, final DatagramVisitor visitor) {
        try (InputStream in = open(file)) {
            while (true) {
                final byte[] head = in.readNBytes(prefixed ? 2 : 1);
                final int rest = prefixed && head.length == 2 ? (head[0] & 0xff) << 8 | head[1] & 0xff
                        : head.length == 1 && !prefixed ? ItchLayout.length(head[0] & 0xff) - 1 : -1;
                if (head.length == 0 || prefixed && rest == 0) {
                    end(channel, visitor);
                    return in.read() < 0 ? List.of() : List.of(file + ": left out what follows the end of the session after "
                            + (sequence - 1) + " message(s)");
                }
                if (!prefixed && rest < 0) {
                    end(channel, visitor);
                    return List.of(file + ": left out the rest after " + (sequence - 1) + " message(s): no message type is "
                            + (head[0] & 0xff) + ", so that nobody knows where the next one begins");
                }
                final byte[] body = rest < 0 ? new byte[0] : in.readNBytes(rest);
                if (rest < 0 || body.length < rest) {
                    end(channel, visitor);
                    return List.of(file + ": cut short within message " + sequence);
                }
                add(head, body, channel, visitor);
            }
        } catch (final IOException e) {
            throw new CaptureException(file + ": cannot be read after " + (sequence - 1) + " message(s): " + e.getMessage(), e);
        }
    }

    private void add(final byte[] head, final byte[] body, final CaptureChannel channel, final DatagramVisitor visitor) {
        if (packet.position() > MoldPacket.HEADER_LENGTH + PAYLOAD) {
            end(channel, visitor);
        }
        if (prefixed) {
            packet.put(head).put(body);
        } else {
            packet.putShort((short) (body.length + 1)).put(head).put(body);
        }
        count++;
        sequence++;
    }

    private void begin() {
        packet.clear();
        packet.put(SESSION).putLong(sequence).putShort((short) 0);
        count = 0;
    }

    private void end(final CaptureChannel channel, final DatagramVisitor visitor) {
        if (count > 0) {
            packet.putShort(COUNT, (short) count);
            visitor.onDatagram(channel, 0, new UnsafeBuffer(packet.array()), 0, packet.position(), 0);
        }
        begin();
    }

    /** Whether the first messages have the lengths of their types, as far as they are there. */
    private static boolean fits(final byte[] head, final boolean prefixed) {
        int at = 0;
        int messages = 0;
        while (messages < EVIDENCE && at < head.length) {
            final int type = at + (prefixed ? 2 : 0);
            if (type >= head.length) {
                return false;
            }
            final int length = ItchLayout.length(head[type] & 0xff);
            if (length == 0 || prefixed && ((head[at] & 0xff) << 8 | head[at + 1] & 0xff) != length) {
                return false;
            }
            at = type + length;
            messages++;
        }
        return messages > 0;
    }

    private static InputStream open(final Path file) throws IOException {
        final InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        final int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }
}
