package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Every message type of Nasdaq TotalView-ITCH 5.0 as revised on February 19, 2026, field by field: what follows the common
 * header in "Message Formats". {@code i} stands for an integer, {@code p} for a price, {@code a} for text, {@code r} for a
 * reserved field, each with its bytes.
 */
class ItchTypesTest {
    private static final Map<Character, String> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry('S', "a1"),
            Map.entry('R', "a8 a1 a1 i4 a1 a1 a2 a1 a1 a1 a1 a1 i4 a1"),
            Map.entry('H', "a8 a1 r1 a4"),
            Map.entry('Y', "a8 a1"),
            Map.entry('L', "a4 a8 a1 a1 a1"),
            Map.entry('V', "p8 p8 p8"),
            Map.entry('W', "a1"),
            Map.entry('K', "a8 i4 a1 p4"),
            Map.entry('J', "a8 p4 p4 p4 i4"),
            Map.entry('h', "a8 a1 a1"),
            Map.entry('A', "i8 a1 i4 a8 p4"),
            Map.entry('F', "i8 a1 i4 a8 p4 a4"),
            Map.entry('E', "i8 i4 i8"),
            Map.entry('C', "i8 i4 i8 a1 p4"),
            Map.entry('X', "i8 i4"),
            Map.entry('D', "i8"),
            Map.entry('U', "i8 i8 i4 p4"),
            Map.entry('P', "i8 a1 i4 a8 p4 i8"),
            Map.entry('Q', "i8 a8 p4 i8 a1"),
            Map.entry('B', "i8"),
            Map.entry('I', "i8 i8 a1 a8 p4 p4 p4 a1 a1"),
            Map.entry('N', "a8 a1"),
            Map.entry('O', "a8 a1 p4 p4 p4 i8 p4 p4")));

    @Test
    void everyFieldOfEveryTypeIsWhereTheSpecificationHasIt() {
        TYPES.forEach((type, layout) -> {
            final ByteBuffer bytes = ByteBuffer.allocate(64);
            bytes.put((byte) (char) type).putShort((short) 7).putShort((short) 9).putShort((short) 1).putInt(2);
            final List<Object> expected = new ArrayList<>(List.of(7L, 9L, (1L << 32) + 2));
            int number = 0;
            for (final String field : layout.split(" ")) {
                number++;
                final int length = field.charAt(1) - '0';
                switch (field.charAt(0)) {
                    case 'a' -> {
                        // No code of any field, so that it is shown as it is.
                        final String text = "#".repeat(length - 1) + (char) ('%' + number % 2);
                        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
                        expected.add(text);
                    }
                    case 'r' -> bytes.put((byte) '!');
                    default -> {
                        final long value = 1_000_000L * number + 17;
                        if (length == Long.BYTES) {
                            bytes.putLong(value);
                        } else {
                            bytes.putInt((int) value);
                        }
                        expected.add(field.charAt(0) == 'i' ? (Object) value : BigDecimal.valueOf(value, length));
                    }
                }
            }
            assertEquals(bytes.position(), ItchLayout.length(type), "length of type " + type);
            final Map<String, Object> fields = ItchFields.of(new UnsafeBuffer(bytes), 0);
            assertEquals(expected, List.copyOf(fields.values()), () -> "type " + type + ": " + fields);
        });
    }

    @Test
    void thereAreNoOthers() {
        final TreeSet<Character> known = new TreeSet<>();
        for (char type = 0; type < 256; type++) {
            if (ItchLayout.length(type) > 0) {
                known.add(type);
            }
        }
        assertEquals(TYPES.keySet(), known);
    }
}
