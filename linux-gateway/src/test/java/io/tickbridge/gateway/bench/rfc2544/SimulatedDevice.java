package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;
import io.tickbridge.gateway.bench.wire.Sent;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Drains so many frames a second out of a buffer of so many frames, and loses what finds it full. No clock runs. */
final class SimulatedDevice implements Device {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LATENCY = 1_000;

    private final double capacity;
    private final int buffer;
    private final double senderRate;
    /** Loads offered, in order. */
    final List<Load> loads = new ArrayList<>();
    /** How many of the next trials lose one frame that the device is not to blame for. */
    int disturbances;

    SimulatedDevice(final double capacity, final int buffer, final double senderRate) {
        this.capacity = capacity;
        this.buffer = buffer;
        this.senderRate = senderRate;
    }

    @Override
    public Trial run(final Load load) {
        loads.add(load);
        final double rate = Math.min(load.framesPerSecond(), senderRate);
        final int sent = (int) Math.min(load.frames(), load.longest() == Long.MAX_VALUE
                ? Integer.MAX_VALUE : Math.round(rate * load.longest() / NANOS_PER_SECOND));
        double queued = 0;
        int lost = 0;
        for (int i = 0; i < sent; i++) {
            queued = Math.max(0, queued - capacity / rate);
            if (queued > buffer - 1) {
                lost++;
            } else {
                queued++;
            }
        }
        if (disturbances > 0) {
            disturbances--;
            lost = Math.max(1, lost);
        }
        final Histogram latency = new Histogram(3);
        for (int i = 0; i < sent - lost; i++) {
            latency.recordValue(LATENCY);
        }
        return new Trial(load, new Sent(sent, Math.round(sent * NANOS_PER_SECOND / rate), new Histogram(3), 0),
                new Arrivals(sent - lost, 0, 0, latency, 0));
    }
}
