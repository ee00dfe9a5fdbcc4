package io.tickbridge.gateway.doctor.ethernet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Netlink attributes, in the machine's byte order: uint16 length with its own four bytes, uint16 type, content, padding to
 * four bytes (include/uapi/linux/netlink.h, struct nlattr).
 */
final class Attributes {
    private static final int HEADER = 4;
    private static final int TYPE = 0x3fff; // NLA_TYPE_MASK: the two bits above say nested and network order
    private static final short NESTED = (short) 0x8000;

    private final List<Attribute> all = new ArrayList<>();

    /** One of them, with its content at position to limit. */
    private record Attribute(int type, ByteBuffer content) {
    }

    /** Reads all from a buffer's position to its limit; what is cut short is left out. */
    Attributes(final ByteBuffer buffer) {
        final ByteBuffer in = buffer.duplicate().order(ByteOrder.nativeOrder());
        while (in.remaining() >= HEADER) {
            final int length = Short.toUnsignedInt(in.getShort(in.position()));
            if (length < HEADER || length > in.remaining()) {
                return;
            }
            all.add(new Attribute(in.getShort(in.position() + 2) & TYPE,
                    in.duplicate().order(ByteOrder.nativeOrder()).position(in.position() + HEADER).limit(in.position() + length)));
            in.position(Math.min(in.limit(), in.position() + aligned(length)));
        }
    }

    static int aligned(final int length) {
        return length + 3 & ~3;
    }

    /** Writes one that holds text with its NUL. */
    static void putText(final ByteBuffer out, final int type, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        final int length = HEADER + bytes.length + 1;
        out.putShort((short) length).putShort((short) type).put(bytes);
        out.position(out.position() + 1 + aligned(length) - length);
    }

    /** Writes one that holds a text attribute of its own. */
    static void putNestedText(final ByteBuffer out, final int type, final int inner, final String text) {
        final int at = out.position();
        out.position(at + HEADER);
        putText(out, inner, text);
        out.putShort(at, (short) (out.position() - at)).putShort(at + 2, (short) (type | NESTED));
    }

    boolean has(final int type) {
        return all.stream().anyMatch(attribute -> attribute.type == type);
    }

    Optional<Attributes> nested(final int type) {
        return content(type).map(Attributes::new);
    }

    List<Attributes> everyNested(final int type) {
        return all.stream().filter(attribute -> attribute.type == type).map(attribute -> new Attributes(attribute.content)).toList();
    }

    Optional<Long> number(final int type) {
        return content(type).map(content -> switch (content.remaining()) {
            case 1 -> (long) Byte.toUnsignedInt(content.get(content.position()));
            case 2 -> (long) Short.toUnsignedInt(content.getShort(content.position()));
            case 4 -> Integer.toUnsignedLong(content.getInt(content.position()));
            default -> null;
        });
    }

    Optional<String> text(final int type) {
        return content(type).map(content -> StandardCharsets.US_ASCII.decode(content.duplicate()).toString().replace("\0", ""));
    }

    private Optional<ByteBuffer> content(final int type) {
        return all.stream().filter(attribute -> attribute.type == type).map(Attribute::content).findFirst();
    }
}
