package io.tickbridge.gateway.feed.cme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/**
 * One packet for each template of the schema, in the newest version, with two entries in each group and numbers that count up
 * in its fields: where fuzzing begins for templates that no capture has.
 */
public final class SchemaMessages {
    private static final int ENTRIES = 2;
    private static final int LENGTH = 4096;

    private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private int next = 1;

    private SchemaMessages() {
    }

    /** The packets. */
    public static List<byte[]> all() {
        try (InputStream in = CmeInspector.class.getResourceAsStream("cme-mdp3.sbeir");
                IrDecoder decoder = new IrDecoder(ByteBuffer.wrap(in.readAllBytes()))) {
            final Ir schema = decoder.decode();
            return schema.messages().stream().flatMap(tokens -> Stream.of(new SchemaMessages().packet(tokens, schema))).toList();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] packet(final List<Token> tokens, final Ir schema) {
        bytes.putInt(1).putLong(1_700_000_000_000_000_000L);
        final int message = bytes.position();
        bytes.putShort((short) 0).putShort((short) tokens.get(0).encodedLength()).putShort((short) tokens.get(0).id())
                .putShort((short) schema.id()).putShort((short) schema.version());
        block(tokens, 1, tokens.get(0).encodedLength());
        for (int i = 1; i < tokens.size(); i += tokens.get(i).componentTokenCount()) {
            if (tokens.get(i).signal() == Signal.BEGIN_GROUP) {
                group(tokens, i);
            }
        }
        bytes.putShort(message, (short) (bytes.position() - message));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void group(final List<Token> tokens, final int group) {
        final Token head = tokens.get(group + 1);
        final int at = bytes.position();
        bytes.position(at + head.encodedLength());
        bytes.putShort(at, (short) tokens.get(group).encodedLength());
        bytes.put(at + tokens.get(group + 3).offset(), (byte) ENTRIES);
        for (int entry = 0; entry < ENTRIES; entry++) {
            block(tokens, group + 1 + head.componentTokenCount(), tokens.get(group).encodedLength());
        }
    }

    /** Fields from this token on. */
    private void block(final List<Token> tokens, final int first, final int length) {
        final int start = bytes.position();
        for (int i = first; tokens.get(i).signal() == Signal.BEGIN_FIELD; i += tokens.get(i).componentTokenCount()) {
            final Token type = tokens.get(i + 1);
            if (type.signal() == Signal.BEGIN_COMPOSITE) {
                value(start + type.offset(), tokens.get(i + 2));
            } else if (type.signal() == Signal.BEGIN_ENUM) {
                named(start + type.offset(), type, tokens.get(i + 2));
            } else if (!type.isConstantEncoding()) {
                value(start + type.offset(), type);
            }
        }
        bytes.position(start + length);
    }

    private void named(final int at, final Token type, final Token value) {
        if (type.encodedLength() == 1 && value.encoding().constValue() != null && !type.isConstantEncoding()) {
            bytes.put(at, (byte) value.encoding().constValue().longValue());
        }
    }

    private void value(final int at, final Token type) {
        if (type.encoding().presence() == Encoding.Presence.CONSTANT) {
            return;
        }
        switch (type.encodedLength()) {
            case 1 -> bytes.put(at, (byte) (1 + next++ % 3));
            case 2 -> bytes.putShort(at, (short) next++);
            case 4 -> bytes.putInt(at, next++);
            case 8 -> bytes.putLong(at, next++ * 1_000_000_000L);
            default -> Arrays.fill(bytes.array(), at, at + type.encodedLength(), (byte) ('A' + next++ % 26));
        }
    }
}
