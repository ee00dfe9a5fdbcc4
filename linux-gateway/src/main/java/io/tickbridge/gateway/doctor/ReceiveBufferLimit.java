package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.placement.Capability;
import java.util.List;
import java.util.Optional;

/** Whether a socket may have the buffer that is configured for it (socket(7), SO_RCVBUF; the kernel cuts it in silence, but for SO_RCVBUFFORCE). */
final class ReceiveBufferLimit implements Check {
    private static final String NAME = "net.core.rmem_max";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String why() {
        return "it bounds what a socket holds while the receive thread is away; packets beyond it are lost";
    }

    @Override
    public List<Observation> look(final Host host) {
        final Optional<Long> value = host.number(KernelSetting.path(NAME));
        if (value.isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell", "sysctl " + NAME));
        }
        if (!host.receivesBy(CaptureConfig.Source.UDP)) {
            return List.of(Observation.notHere(value.get() + "; matters to capture.source udp alone"));
        }
        final long buffer = host.config().map(config -> (long) config.capture().receiveBuffer()).orElse(0L);
        if (value.get() >= buffer) {
            return List.of(Observation.ok(value.get().toString()));
        }
        final Examined examined = host.examined();
        // The gateway asks a second time by SO_RCVBUFFORCE, which heeds no limit.
        if (examined.holds(Capability.CAP_NET_ADMIN)) {
            return List.of(Observation.ok(value.get() + ", which CAP_NET_ADMIN lifts (" + examined.whose() + ")"));
        }
        return List.of(Observation.advice(value.get() + ", and no CAP_NET_ADMIN (" + examined.whose() + ")",
                buffer + " (capture.receive-buffer)", KernelSetting.command(NAME, buffer)
                        + "; or give the gateway CAP_NET_ADMIN, as its unit does"));
    }
}
