package io.tickbridge.integration.exchange;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** How packets are laid out, and so what can be wrong with them under a good checksum. */
enum Transport {
    CME(CmeDamage::apply, CmeExtension::apply),
    /** Nasdaq's. Messages count, so that a later version's shows at the exchange and not on the way, see {@link LaterVersion}. */
    MOLD_UDP64(MoldDamage::apply, (packet, random) -> packet),
    /** IEX's; likewise. */
    IEX_TP(IexDamage::apply, (packet, random) -> packet);

    private final BiFunction<byte[], RandomGenerator, byte[]> damage;
    private final BiFunction<byte[], RandomGenerator, byte[]> extension;

    Transport(
            final BiFunction<byte[], RandomGenerator, byte[]> damage,
            final BiFunction<byte[], RandomGenerator, byte[]> extension) {
        this.damage = damage;
        this.extension = extension;
    }

    /** A copy that contradicts itself, or what is known of the feed, in a way that a reader must notice. */
    byte[] damaged(final byte[] packet, final RandomGenerator random) {
        return damage.apply(packet, random);
    }

    /** The same as a later version of the packets' schema would have it. */
    byte[] extended(final byte[] packet, final RandomGenerator random) {
        return extension.apply(packet, random);
    }
}
