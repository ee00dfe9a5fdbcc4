package io.tickbridge.gateway.export;

import java.util.function.Supplier;

/** Names of the link's enumerations. */
final class EnumText {
    private EnumText() {
    }

    /** The name; the number where a newer peer uses one that this build does not know; null where it says nothing. */
    static String of(final Supplier<Enum<?>> value, final int raw) {
        try {
            final Enum<?> known = value.get();
            return known == null || known.name().equals("NULL_VAL") ? null : known.name();
        } catch (final IllegalArgumentException e) {
            return Integer.toString(raw);
        }
    }
}
