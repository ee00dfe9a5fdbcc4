package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;

/** What is measured: offered a load, it loses frames or not. */
@FunctionalInterface
public interface Device {

    /**
     * Offers a load and waits until all that will arrive has arrived.
     *
     * @param load what to send
     * @return what came of it
     */
    Trial run(Load load);
}
