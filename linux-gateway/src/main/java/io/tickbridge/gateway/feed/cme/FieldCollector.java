package io.tickbridge.gateway.feed.cme;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;
import uk.co.real_logic.sbe.otf.Types;

/**
 * Collects the fields of one message by name while the decoder walks it. Fields that the message's version does not
 * have, and null values, are left out.
 */
final class FieldCollector extends AbstractTokenListener {
    private final int version;
    private final Map<String, Object> message = new LinkedHashMap<>();
    /** The message, and within a group its entry. */
    private final Deque<Map<String, Object>> scopes = new ArrayDeque<>();
    private final Deque<List<Map<String, Object>>> groups = new ArrayDeque<>();
    private Token decimal;
    private BigDecimal mantissa;

    FieldCollector(final int version) {
        this.version = version;
        scopes.push(message);
    }

    Map<String, Object> fields() {
        return message;
    }

    @Override
    public void onEncoding(
            final Token field, final DirectBuffer buffer, final int index, final Token type, final int actingVersion) {
        if (isLater(field)) {
            return;
        }
        final Encoding encoding = type.encoding();
        if (decimal != null) {
            onPartOfDecimal(type, buffer, index);
        } else if (encoding.presence() == Encoding.Presence.CONSTANT) {
            put(field, constant(encoding));
        } else if (type.arrayLength() > 1) {
            put(field, text(buffer, index, type.arrayLength()));
        } else if (encoding.primitiveType() == PrimitiveType.CHAR) {
            put(field, text(buffer, index, 1));
        } else {
            final long value = Types.getLong(buffer, index, encoding);
            if (!isNull(encoding, value)) {
                put(field, number(encoding.primitiveType(), value));
            }
        }
    }

    @Override
    public void onEnum(
            final Token field, final DirectBuffer buffer, final int index,
            final List<Token> tokens, final int from, final int to, final int actingVersion) {
        if (isLater(field)) {
            return;
        }
        final Encoding encoding = tokens.get(from).encoding();
        final long value = Types.getLong(buffer, index, encoding);
        tokens.subList(from + 1, to).stream()
                .filter(token -> token.encoding().constValue().longValue() == value)
                .findFirst()
                .ifPresentOrElse(
                        token -> put(field, token.name()),
                        () -> {
                            if (value != encoding.applicableNullValue().longValue()) {
                                put(field, unnamed(encoding.primitiveType(), value));
                            }
                        });
    }

    @Override
    public void onBitSet(
            final Token field, final DirectBuffer buffer, final int index,
            final List<Token> tokens, final int from, final int to, final int actingVersion) {
        if (isLater(field)) {
            return;
        }
        final long value = Types.getLong(buffer, index, tokens.get(from).encoding());
        put(field, tokens.subList(from + 1, to).stream()
                .filter(token -> (value >>> token.encoding().constValue().longValue() & 1) != 0)
                .map(Token::name)
                .collect(Collectors.joining("|")));
    }

    @Override
    public void onBeginComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        decimal = field;
        mantissa = null;
    }

    @Override
    public void onEndComposite(final Token field, final List<Token> tokens, final int from, final int to) {
        decimal = null;
    }

    @Override
    public void onGroupHeader(final Token group, final int count) {
        if (group.version() <= version) {
            final List<Map<String, Object>> entries = new ArrayList<>(count);
            scopes.element().put(group.name(), entries);
            groups.push(entries);
        }
    }

    @Override
    public void onBeginGroup(final Token group, final int index, final int count) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        groups.element().add(entry);
        scopes.push(entry);
    }

    @Override
    public void onEndGroup(final Token group, final int index, final int count) {
        scopes.pop();
    }

    /** Prices: a mantissa on the wire and a constant exponent, in that order. */
    private void onPartOfDecimal(final Token type, final DirectBuffer buffer, final int index) {
        final Encoding encoding = type.encoding();
        if (encoding.presence() == Encoding.Presence.CONSTANT) {
            if (mantissa != null) {
                put(decimal, plain(mantissa.scaleByPowerOfTen((int) encoding.constValue().longValue())));
            }
        } else {
            final long value = Types.getLong(buffer, index, encoding);
            mantissa = isNull(encoding, value) ? null : BigDecimal.valueOf(value);
        }
    }

    private void put(final Token field, final Object value) {
        if (!isLater(field)) {
            scopes.element().put(field.name(), value);
        }
    }

    /** Of a later version than the message, so that nothing lies there, not even memory perhaps: the decoder walks it all the same. */
    private boolean isLater(final Token field) {
        return field.version() > version;
    }

    private static boolean isNull(final Encoding encoding, final long value) {
        return encoding.presence() == Encoding.Presence.OPTIONAL
                && value == encoding.applicableNullValue().longValue();
    }

    private static Object number(final PrimitiveType type, final long value) {
        return type == PrimitiveType.UINT64 && value < 0
                ? new BigDecimal(new BigInteger(Long.toUnsignedString(value)))
                : (Object) value;
    }

    private static Object constant(final Encoding encoding) {
        final long value = encoding.constValue().longValue();
        return encoding.primitiveType() == PrimitiveType.CHAR ? String.valueOf((char) value) : (Object) value;
    }

    /** A value that the schema has no name for. */
    private static String unnamed(final PrimitiveType type, final long value) {
        return type == PrimitiveType.CHAR ? String.valueOf((char) (value & 0xFF)) : Long.toString(value);
    }

    private static String text(final DirectBuffer buffer, final int index, final int length) {
        final byte[] characters = new byte[length];
        buffer.getBytes(index, characters);
        final String all = new String(characters, StandardCharsets.ISO_8859_1);
        final int end = all.indexOf('\0');
        return (end < 0 ? all : all.substring(0, end)).stripTrailing();
    }

    /** Without zeros at the end, and never in exponent form. */
    private static BigDecimal plain(final BigDecimal value) {
        final BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
