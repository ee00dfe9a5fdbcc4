package io.tickbridge.gateway.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LevelsByPriceTest {

    record Update(long price, int quantity) {
    }

    @Property(seed = "10614")
    void isASortedMap(@ForAll("updates") final List<Update> updates, @ForAll final boolean descending) {
        final LevelsByPrice side = new LevelsByPrice(descending);
        final Comparator<Long> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        final TreeMap<Long, Integer> map = new TreeMap<>(order);
        for (final Update update : updates) {
            final boolean applied = side.apply(update.price, update.quantity);
            if (update.quantity == 0) {
                assertEquals(map.remove(update.price) != null, applied);
            } else {
                assertTrue(applied);
                map.put(update.price, update.quantity);
            }
            assertEquals(map.entrySet().stream().map(e -> new Level(e.getKey(), e.getValue(), 0))
                    .collect(Collectors.toList()), Level.all(side));
        }
    }

    @Provide
    Arbitrary<List<Update>> updates() {
        // Few prices, so that levels are met again; a third of the updates remove one.
        return Combinators.combine(Arbitraries.longs().between(-6, 6),
                Arbitraries.integers().between(-3, 6).map(quantity -> Math.max(0, quantity)))
                .as(Update::new).list().ofMaxSize(80);
    }

    @Test
    void growsBeyondTheBitsOfALong() {
        final LevelsByPrice side = new LevelsByPrice(false);
        LongStream.range(0, 200).map(i -> (i * 37) % 200).forEach(price -> side.apply(price, (int) price + 1));
        assertEquals(200, side.depth());
        for (int i = 0; i < 200; i++) {
            assertTrue(side.isKnown(i));
            assertEquals(new Level(i, i + 1, 0), Level.at(side, i));
        }
        assertFalse(side.isKnown(200));
        LongStream.range(0, 199).forEach(price -> side.apply(price, 0));
        assertEquals(List.of(new Level(199, 200, 0)), Level.all(side));
        assertFalse(side.isKnown(1));
    }

    @Test
    void aQuoteIsTheWholeSide() {
        final LevelsByPrice side = new LevelsByPrice(true);
        side.setOnly(true, 7, 70);
        side.setOnly(true, 8, 80);
        assertEquals(List.of(new Level(8, 80, 0)), Level.all(side));
        side.setOnly(false, Long.MIN_VALUE, 0);
        assertEquals(0, side.depth());
        assertFalse(side.isKnown(0));
    }
}
