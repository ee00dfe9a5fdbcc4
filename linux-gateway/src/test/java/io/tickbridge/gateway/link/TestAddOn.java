package io.tickbridge.gateway.link;

import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.FrameText;
import io.tickbridge.protocol.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;

/** An add-on made of a plain socket and byte buffers: it shares no code with the gateway's end. */
public final class TestAddOn implements AutoCloseable {
    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    final List<Frame> frames = new ArrayList<>();
    final byte[] nonce = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private byte[] clientKey;
    private byte[] gatewayKey;
    private long sent;
    private boolean ended;
    private boolean closesWhenEnded = true;

    /** One frame as received. */
    public record Frame(UnsafeBuffer bytes) {
        FrameHeaderDecoder header() {
            return new FrameHeaderDecoder().wrap(bytes, 0);
        }

        int template() {
            return header().templateId();
        }

        public long sequence() {
            return header().sequence();
        }

        boolean isSequenced() {
            return (header().flags() & Link.FLAG_SEQUENCED) != 0;
        }

        long int64(final int blockOffset) {
            return bytes.getLong(Link.HEADER_LENGTH + blockOffset, ByteOrder.LITTLE_ENDIAN);
        }

        int int32(final int blockOffset) {
            return bytes.getInt(Link.HEADER_LENGTH + blockOffset, ByteOrder.LITTLE_ENDIAN);
        }

        int uint16(final int blockOffset) {
            return bytes.getShort(Link.HEADER_LENGTH + blockOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        }

        int uint8(final int blockOffset) {
            return bytes.getByte(Link.HEADER_LENGTH + blockOffset) & 0xFF;
        }

        byte[] block(final int from, final int length) {
            final byte[] copy = new byte[length];
            bytes.getBytes(Link.HEADER_LENGTH + from, copy);
            return copy;
        }

        @Override
        public String toString() {
            return FrameText.of(bytes, 0, bytes.capacity());
        }
    }

    private TestAddOn(final SocketChannel socket) {
        this.socket = socket;
    }

    public static TestAddOn connect(final int port, final int receiveBuffer) throws IOException {
        return connect(port, receiveBuffer, InetAddress.getLoopbackAddress());
    }

    static TestAddOn connect(final int port, final int receiveBuffer, final InetAddress from) throws IOException {
        final SocketChannel socket = SocketChannel.open();
        if (!from.equals(InetAddress.getLoopbackAddress())) {
            // Only then: bound first, it may get the very port that it connects to, and be connected to itself.
            socket.bind(new InetSocketAddress(from, 0));
        }
        if (receiveBuffer > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.configureBlocking(false);
        return new TestAddOn(socket);
    }

    /** Reads what has arrived. */
    public void poll() {
        try {
            int count;
            while (!ended && (count = socket.read(in)) != 0) {
                ended = count < 0;
                takeFrames();
            }
            if (ended && closesWhenEnded) {
                socket.close();
            }
        } catch (final IOException e) {
            ended = true;
        }
    }

    private void takeFrames() {
        in.flip();
        while (in.remaining() >= 4 && in.remaining() >= in.getInt(in.position())) {
            final byte[] frame = new byte[in.getInt(in.position())];
            in.get(frame);
            final UnsafeBuffer bytes = new UnsafeBuffer(frame);
            if (FrameCheck.of(bytes, 0, frame.length) != FrameCheck.ACCEPT) {
                throw new IllegalStateException("the gateway sent " + FrameText.of(bytes, 0, frame.length));
            }
            frames.add(new Frame(bytes));
        }
        in.compact();
    }

    /** Never closes its own side. */
    void stayOpen() {
        closesWhenEnded = false;
    }

    public boolean isEnded() {
        return ended;
    }

    List<Frame> all(final int template) {
        return frames.stream().filter(f -> f.template() == template).toList();
    }

    public List<Frame> sequenced() {
        return frames.stream().filter(Frame::isSequenced).toList();
    }

    Frame first(final Predicate<Frame> wanted) {
        return frames.stream().filter(wanted).findFirst().orElse(null);
    }

    Frame first(final int template) {
        return first(f -> f.template() == template);
    }

    public boolean has(final int template) {
        return first(template) != null;
    }

    public void send(final byte[] bytes) {
        final ByteBuffer out = ByteBuffer.wrap(bytes);
        try {
            while (out.hasRemaining()) {
                socket.write(out);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends although the gateway may have closed already. */
    void sendAnyway(final byte[] bytes) {
        try {
            send(bytes);
        } catch (final UncheckedIOException e) {
            ended = true;
        }
    }

    public byte[] logon(final byte[] key, final String name, final long resumeSession, final long nextSequence) {
        return logon(key, name, resumeSession, nextSequence, 1);
    }

    byte[] logon(
            final byte[] key, final String name, final long resumeSession, final long nextSequence, final int version) {
        final byte[] serverNonce = first(ChallengeDecoder.TEMPLATE_ID).block(8, 32);
        final byte[] paddedName = ByteBuffer.allocate(32).put(name.getBytes(StandardCharsets.US_ASCII)).array();
        return frame(2, 112, version)
                .putLong(resumeSession).putLong(nextSequence).put(nonce)
                .put(hmac(key, "tickbridge logon client 1", serverNonce, nonce, paddedName)).put(paddedName).array();
    }

    /** A Logon to a gateway that seals; what is made by {@link #sealed} and received from now on is sealed. */
    byte[] sealingLogon(final byte[] key, final String name, final int version) {
        return sealingLogon(key, name, version, 0, 0);
    }

    byte[] sealingLogon(
            final byte[] key, final String name, final int version, final long resumeSession, final long nextSequence) {
        final UnsafeBuffer challenge = first(ChallengeDecoder.TEMPLATE_ID).bytes();
        final byte[] said = new byte[challenge.capacity()];
        challenge.getBytes(0, said);
        return sealingLogon(key, name, version, resumeSession, nextSequence, said);
    }

    /** The same, where the challenge was another one. */
    byte[] sealingLogon(
            final byte[] key, final String name, final int version, final long resumeSession, final long nextSequence,
            final byte[] challenge) {
        final byte[] serverNonce = Arrays.copyOfRange(challenge, 40, 72);
        final byte[] paddedName = ByteBuffer.allocate(32).put(name.getBytes(StandardCharsets.US_ASCII)).array();
        final byte[] salt = ByteBuffer.allocate(64).put(serverNonce).put(nonce).array();
        final byte[] extracted = hmac(salt, "", key);
        final ByteBuffer logon = frame(2, 112, version).putLong(resumeSession).putLong(nextSequence).put(nonce)
                .put(new byte[32]).put(paddedName);
        final byte[] transcript = sha256(challenge, logon.array());
        clientKey = hmac(extracted, "tickbridge frames client", transcript, new byte[] {1});
        gatewayKey = hmac(extracted, "tickbridge frames gateway", transcript, new byte[] {1});
        return logon.position(80)
                .put(hmac(key, "tickbridge logon client 2", serverNonce, nonce, paddedName, transcript)).array();
    }

    /** A frame as it must be sent next. */
    byte[] sealed(final byte[] plain) {
        return sealed(plain, clientKey, sent++);
    }

    static byte[] sealed(final byte[] plain, final byte[] key, final long number) {
        final ByteBuffer frame = ByteBuffer.allocate(plain.length + 16).order(ByteOrder.LITTLE_ENDIAN).put(plain);
        frame.putInt(0, plain.length + 16).putInt(12, frame.getInt(12) | 2);
        frame.put(Arrays.copyOf(hmac(key, "", number(number), Arrays.copyOf(frame.array(), plain.length)), 16));
        return frame.array();
    }

    private static byte[] number(final long number) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    }

    /** Frames whose tag is not that of the next one; those that come before sealing begins have none. */
    int wrongTags() {
        int wrong = 0;
        long number = 0;
        for (final Frame frame : frames) {
            final int length = frame.bytes().capacity();
            final byte[] bytes = new byte[length];
            frame.bytes().getBytes(0, bytes);
            if (frame.template() != ChallengeDecoder.TEMPLATE_ID && frame.template() != 4) {
                final byte[] tag = hmac(gatewayKey, "", number(number++), Arrays.copyOf(bytes, length - 16));
                wrong += (frame.header().flags() & 2) != 0
                        && Arrays.equals(Arrays.copyOf(tag, 16), Arrays.copyOfRange(bytes, length - 16, length)) ? 0 : 1;
            }
        }
        return wrong;
    }

    private static byte[] sha256(final byte[]... parts) {
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (final byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(final byte[] key, final String label, final byte[]... parts) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            for (final byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] heartbeat(final long counter) {
        return frame(6, 8, 1).putLong(counter).array();
    }

    static byte[] probe(final long number, final long sendTime) {
        return frame(7, 16, 1).putLong(number).putLong(sendTime).array();
    }

    static byte[] logout() {
        return frame(5, 120, 1).putShort((short) 1).array();
    }

    static byte[] reportStream(final long stream, final long first) {
        return frame(34, 32, 2).putLong(stream).putLong(first).putLong(first - 1).putLong(0).array();
    }

    /** A position report of a stream. */
    static byte[] position(final long stream, final long number) {
        final ByteBuffer frame = frame(32, 128, 2).putInt(12, 1).putLong(16, number);
        return frame.putLong(stream).putLong(number * 1000).array();
    }

    /** A frame with its header written, positioned at the block. */
    static ByteBuffer frame(final int template, final int blockLength, final int version) {
        final ByteBuffer frame = ByteBuffer.allocate(32 + blockLength).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(32 + blockLength).putShort((short) blockLength).putShort((short) template)
                .putShort((short) FrameHeaderEncoder.SCHEMA_ID).putShort((short) version).putInt(0).putLong(0)
                .putLong(0);
        return frame;
    }

    /** Ends without a goodbye: the other end is told by a reset, RFC 793 section 3.4, and learns of it when it writes. */
    void reset() {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
