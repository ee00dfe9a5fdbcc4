package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Writes one section of a pcapng file, little-endian (draft-ietf-opsawg-pcapng: section 4.1 Section Header Block, 4.2
 * Interface Description Block, 4.3 Enhanced Packet Block).
 */
final class PcapngFile implements FrameFile {
    private static final int SECTION_HEADER = 0x0a0d_0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
    private static final short LINKTYPE_ETHERNET = 1;
    private static final short OPTION_IF_NAME = 2;
    private static final short OPTION_IF_TSRESOL = 9;
    /** if_tsresol: 10 to the power of minus this is a second's part. */
    private static final byte NANOSECONDS = 9;
    /** Type, length and the length again. */
    private static final int BLOCK_OVERHEAD = 12;
    private static final int PACKET_HEADER = 20;
    private static final int ALIGNMENT = 4;
    private static final int BUFFER_BYTES = 1 << 21;

    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();
    private final FileChannel channel;

    /** Writes on from where the channel stands: a new section, or one in which interfaces were described. */
    PcapngFile(final FileChannel channel, final List<String> described) {
        this.channel = channel;
        described.forEach(name -> interfaces.put(name, interfaces.size()));
        if (described.isEmpty()) {
            final int length = BLOCK_OVERHEAD + 16;
            bytes.putInt(SECTION_HEADER).putInt(length).putInt(BYTE_ORDER_MAGIC)
                    .putShort((short) 1).putShort((short) 0).putLong(-1).putInt(length);
        }
    }

    @Override
    public void onFrame(final RunLines lines, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) throws IOException {
        frame(interfaceOf(lines.name(line)), receiveTime, buffer, offset, length);
    }

    /** Number of an interface; describes it when it is new. */
    private int interfaceOf(final String name) throws IOException {
        final Integer known = interfaces.get(name);
        if (known != null) {
            return known;
        }
        final byte[] text = name.getBytes(StandardCharsets.UTF_8);
        final int length = BLOCK_OVERHEAD + 8 + 4 + aligned(text.length) + 8 + 4;
        room(length);
        bytes.putInt(INTERFACE_DESCRIPTION).putInt(length).putShort(LINKTYPE_ETHERNET).putShort((short) 0).putInt(0);
        bytes.putShort(OPTION_IF_NAME).putShort((short) text.length).put(text);
        pad(text.length);
        bytes.putShort(OPTION_IF_TSRESOL).putShort((short) 1).put(NANOSECONDS);
        pad(1);
        bytes.putInt(0).putInt(length);
        interfaces.put(name, interfaces.size());
        return interfaces.size() - 1;
    }

    /** One frame, received at a time in ns since the Unix epoch. */
    private void frame(final int interfaceNumber, final long time, final DirectBuffer frame, final int offset, final int length)
            throws IOException {
        final int block = BLOCK_OVERHEAD + PACKET_HEADER + aligned(length);
        room(block);
        bytes.putInt(ENHANCED_PACKET).putInt(block).putInt(interfaceNumber)
                .putInt((int) (time >>> Integer.SIZE)).putInt((int) time).putInt(length).putInt(length);
        frame.getBytes(offset, bytes, length);
        pad(length);
        bytes.putInt(block);
    }

    private void pad(final int length) {
        for (int i = length; i < aligned(length); i++) {
            bytes.put((byte) 0);
        }
    }

    private static int aligned(final int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void room(final int length) throws IOException {
        if (bytes.remaining() < length) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }

    @Override
    public boolean isWholeBefore(final long receiveTime) {
        return true;
    }

    @Override
    public List<Long> counts() {
        return List.of();
    }

    @Override
    public List<String> names() {
        return List.copyOf(interfaces.keySet());
    }

    @Override
    public List<String> finish() throws IOException {
        flush();
        return List.of();
    }
}
