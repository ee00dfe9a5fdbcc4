package io.tickbridge.gateway.feed.cme;

/** A definition of a future as CME sends it, for tests of those who read names. */
public final class DefinitionPacket {
    private static final long UPDATED = 1_700_000_000_000_000_000L;
    private static final long EXPIRY = 1_797_604_200_000_000_000L;

    private DefinitionPacket() {
    }

    /** A whole packet, number 1 of its channel. */
    public static byte[] future(final int id, final String symbol) {
        return new PacketWriter(1, UPDATED).message(54, 13, 224)
                .u8(0x80).u32(4_294_967_295L).u8('A').u64(UPDATED).u8(17).u16(310).u8(64).u8(5).text("XCME", 4)
                .text("ES", 6).text("ES", 6).text(symbol, 20).u32(id).text("FUT", 6)
                .zeros(6).u16(2026).u8(12).u8(255).u8(255).text("USD", 3).zeros(12).u64(25_000_000_000L).u64(10_000_000L).zeros(224 - 107)
                .group(9, 2).u8(5).u64(1).u8(7).u64(EXPIRY).group(4, 2).text("GBI", 3).u8(2).text("GBX", 3).u8(10)
                .group(4, 1).u32(1).group(5, 1).zeros(5).packet();
    }
}
