package io.tickbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.protocol.LinkDefinition.Field;
import io.tickbridge.protocol.Vectors.Entry;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated flyweights read and write the golden frames. */
class MessageVectorsTest {
    private static final LinkDefinition DEFINITION = LinkDefinition.read();

    static List<Entry> entries() {
        return Vectors.read("messages.txt");
    }

    @Test
    void everyMessageHasAVector() {
        assertEquals(DEFINITION.messages().keySet().stream().sorted().toList(),
                entries().stream().map(e -> e.get("message")).distinct().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void decodes(final Entry entry) throws ReflectiveOperationException {
        final DirectBuffer frame = entry.bytes();
        final FrameHeaderDecoder header = new FrameHeaderDecoder().wrap(frame, 0);
        for (final Field field : DEFINITION.header()) {
            assertEquals(entry.get("header." + field.name()), decoded(header, field), field.name());
        }
        assertEquals(frame.capacity(), header.frameLength());
        final Object message = flyweight(entry, "Decoder");
        message.getClass().getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, FrameHeaderDecoder.class)
                .invoke(message, frame, 0, header);
        for (final Field field : fields(entry)) {
            if (!field.isPadding()) {
                assertEquals(entry.get(field.name()), decoded(message, field), field.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void encodes(final Entry entry) throws ReflectiveOperationException {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[entry.bytes().capacity()]);
        final FrameHeaderEncoder header = new FrameHeaderEncoder();
        final Object message = flyweight(entry, "Encoder");
        message.getClass()
                .getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, FrameHeaderEncoder.class)
                .invoke(message, frame, 0, header);
        for (final Field field : DEFINITION.header()) {
            encode(header, field, entry.get("header." + field.name()));
        }
        for (final Field field : fields(entry)) {
            if (!field.isPadding()) {
                encode(message, field, entry.get(field.name()));
            }
        }
        assertEquals(hex(entry.bytes()), hex(frame));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void spellsOut(final Entry entry) {
        final UnsafeBuffer frame = entry.bytes();
        final String text = FrameText.of(frame, 0, frame.capacity());
        fields(entry).stream().map(Field::name)
                .forEach(name -> assertEquals(true, text.contains(name + "="), name + " in " + text));
        assertEquals("INCOMPLETE after 31 bytes", FrameText.of(frame, 0, 31));
    }

    private static List<Field> fields(final Entry entry) {
        return DEFINITION.messages().get(entry.get("message")).fields();
    }

    private static Object flyweight(final Entry entry, final String suffix) throws ReflectiveOperationException {
        return Class.forName("io.tickbridge.protocol." + entry.get("message") + suffix).getConstructor().newInstance();
    }

    private static String decoded(final Object flyweight, final Field field) throws ReflectiveOperationException {
        if (field.primitive().equals("uint8") && field.count() > 1) {
            final byte[] bytes = new byte[field.count()];
            flyweight.getClass().getMethod("get" + capitalised(field), byte[].class, int.class, int.class)
                    .invoke(flyweight, bytes, 0, bytes.length);
            return HexFormat.of().formatHex(bytes);
        }
        final Object value = flyweight.getClass().getMethod(field.name()).invoke(flyweight);
        if (field.optional() && value.equals(Long.MIN_VALUE)) {
            return "null";
        }
        return field.primitive().equals("uint64") ? Long.toUnsignedString((long) value) : value.toString();
    }

    private static void encode(final Object flyweight, final Field field, final String value)
            throws ReflectiveOperationException {
        if (field.primitive().equals("uint8") && field.count() > 1) {
            flyweight.getClass().getMethod("put" + capitalised(field), byte[].class, int.class, int.class)
                    .invoke(flyweight, HexFormat.of().parseHex(value), 0, field.count());
            return;
        }
        final Method setter = Arrays.stream(flyweight.getClass().getMethods())
                .filter(m -> m.getName().equals(field.name()) && m.getParameterCount() == 1)
                .filter(m -> m.getParameterTypes()[0] != CharSequence.class)
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> found.get(0)));
        setter.invoke(flyweight, parsed(setter.getParameterTypes()[0], field, value));
    }

    private static Object parsed(final Class<?> type, final Field field, final String value)
            throws ReflectiveOperationException {
        if (field.enumeration() != null) {
            return type.getMethod("valueOf", String.class).invoke(null, value);
        }
        if (type == String.class) {
            return value;
        }
        final long number = value.equals("null") ? Long.MIN_VALUE
                : field.primitive().equals("uint64") ? Long.parseUnsignedLong(value) : Long.parseLong(value);
        return type == int.class ? (Object) (int) number : (Object) number;
    }

    private static String capitalised(final Field field) {
        return Character.toUpperCase(field.name().charAt(0)) + field.name().substring(1);
    }

    private static String hex(final UnsafeBuffer buffer) {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
