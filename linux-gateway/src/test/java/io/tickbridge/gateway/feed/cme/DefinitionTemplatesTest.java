package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every template of instrument definitions, filled in by the names of the exchange's fields: SchemaTest says that those lie
 * where its own schemas have them.
 */
class DefinitionTemplatesTest {
    private static final long UPDATED = 1_700_000_000_000_000_000L;
    private static final long EXPIRY = 1_797_604_200_000_000_000L;

    private final RecordedEvents events = new RecordedEvents();
    private final CmeFeedHandler feed = new CmeFeedHandler(1, 0, 1_000_000, 1_000_000, events);

    /** The offsets are those of CME's templates_FixBinary, version 13, and 6 for the three older ones. */
    @ParameterizedTest(name = "template {0}")
    @CsvSource({
        "27, 6,  216, 100", "29, 6,  195, 100", "41, 6,  213, 100",
        "54, 13, 224, 1",   "55, 13, 213, 1",   "56, 13, 195, 1",
        "57, 13, 338, 1",   "58, 13, 338, 1",   "63, 13, 338, 1"})
    void tellsWhatItIs(final int template, final int version, final int block, final long factor) {
        final DefinitionLayout layout = DefinitionLayout.of(template);
        final int length = Math.max(block, layout.shortestBlock());
        final byte[] root = new byte[length];
        final java.nio.ByteBuffer fields = java.nio.ByteBuffer.wrap(root).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        fields.put((byte) 0x80).putInt(-1).put((byte) 'A').putLong(UPDATED).put((byte) 17).putShort((short) 310)
                .put((byte) 64).put((byte) 5).put(text("XCME", 4)).put(text("ES", 6)).put(text("ES", 6))
                .put(text("SYMBOL", 20)).putInt(5_602).put(text("TYPE", 6));
        fields.putLong(layout.tick(), 250_000_000L).putLong(layout.displayFactor(), 10_000_000L);
        fields.position(layout.currency()).put(text("USD", 3));
        if (layout.maturity() != DefinitionLayout.NONE) {
            fields.position(layout.maturity()).putShort((short) 2026).put((byte) 12).put((byte) 255).put((byte) 255);
        }
        final PacketWriter message = new PacketWriter(1, UPDATED).message(template, version, length);
        for (final byte value : root) {
            message.u8(value & 0xff);
        }
        message.group(9, 2).u8(5).u64(1).u8(7).u64(EXPIRY).group(4, 2).text("GBI", 3).u8(2).text("GBX", 3).u8(10)
                .group(4, 0).group(5, 0);
        if (layout.hasLegs()) {
            message.group(18, 1).u32(5_603).u8(2).u8(3).zeros(12);
        }
        message.sendTo(feed);
        assertEquals(List.of(new InstrumentDefinition(5_602, false, "SYMBOL", "ES", "ES", "TYPE", "USD",
                layout.maturity() == DefinitionLayout.NONE ? "" : "202612", EXPIRY, 250_000_000L * factor,
                10_000_000L * factor, 10, 2, UPDATED,
                layout.hasLegs() ? List.of(new InstrumentDefinition.Leg(5_603, false, 3)) : List.of())), events.definitions);
    }

    private static byte[] text(final String text, final int length) {
        return java.util.Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
    }
}
