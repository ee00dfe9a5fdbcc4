package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.doctor.Doctor;
import io.tickbridge.gateway.doctor.Host;
import io.tickbridge.gateway.doctor.JavaRuntime;
import io.tickbridge.gateway.doctor.Volumes;
import io.tickbridge.gateway.doctor.ethernet.EthtoolNetlink;
import io.tickbridge.gateway.ops.PublishedFigures;
import io.tickbridge.gateway.ops.StatusFigures;
import io.tickbridge.gateway.placement.SystemTree;
import io.tickbridge.gateway.status.Examination;
import io.tickbridge.gateway.status.StatusServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.SystemEpochNanoClock;

/** How the running gateway is watched, where that was configured; without it nothing is examined, and nothing listens. */
final class StatusEndpoint implements AutoCloseable {
    private final GatewayConfig config;
    private final String version;
    private final Examination examination;
    private volatile StatusServer server;

    StatusEndpoint(final GatewayConfig config, final String version) {
        this.config = config;
        this.version = version;
        final Host host = new Host(SystemTree.MACHINE, new EthtoolNetlink(), JavaRuntime.current(), Volumes.MACHINE, Optional.of(config));
        examination = new Examination(() -> Doctor.examine(host), SystemEpochNanoClock.INSTANCE::nanoTime);
    }

    void addTo(final StatusFigures figures) {
        if (config.status().enabled()) {
            figures.add("status.pages", () -> server == null ? 0 : server.pages());
            examination.addTo(figures);
        }
    }

    /** Listens; before anything is received, so that a port that cannot be had leaves nothing behind. */
    void start(final PublishedFigures published) {
        if (!config.status().enabled()) {
            return;
        }
        final StatusServer made = new StatusServer(config, version, published, examination, SystemEpochNanoClock.INSTANCE::nanoTime);
        try {
            made.start();
        } catch (final IOException e) {
            throw new ConfigException(List.of(config.places().of("status.port") + ": status.port: cannot listen on "
                    + config.status().listen() + ":" + config.status().port() + ": " + e.getMessage()
                    + "; choose another port or address, or end what has it (ss -ltnp)"));
        }
        server = made;
        examination.start(config.status().examine());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        examination.close();
    }
}
