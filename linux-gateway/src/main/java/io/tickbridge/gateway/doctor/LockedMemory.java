package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.PlacementConfig;
import io.tickbridge.gateway.placement.Capability;
import java.util.List;

/** How much the gateway may lock (getrlimit(2), RLIMIT_MEMLOCK). */
final class LockedMemory implements Check {
    private static final String UNLIMITED = "unlimited";
    private static final long MIB = 1024 * 1024;

    @Override
    public String name() {
        return "locked-memory";
    }

    @Override
    public String why() {
        return "AF_XDP, DPDK and mlockall need it; a page that is not locked may have to be found again, 0.5 us to some ms";
    }

    @Override
    public List<Observation> look(final Host host) {
        final Examined examined = host.examined();
        final String limit = examined.holds(Capability.CAP_IPC_LOCK) ? UNLIMITED
                : examined.limit("Max locked memory", 1).orElse("");
        if (limit.isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell", "ulimit -l"));
        }
        if (limit.equals(UNLIMITED)) {
            return List.of(Observation.ok("without limit (" + examined.whose() + ")"));
        }
        final boolean required = host.config()
                .filter(c -> c.placement().memoryLock() == PlacementConfig.MemoryLock.REQUIRE).isPresent();
        final boolean wanted = required || host.receivesBy(CaptureConfig.Source.DPDK, CaptureConfig.Source.AFXDP,
                CaptureConfig.Source.EFVI, CaptureConfig.Source.UDP) || host.config().isEmpty();
        final String found = Long.parseLong(limit) / MIB + " MiB (" + examined.whose() + ")";
        // Another's limit says nothing for sure about the gateway's.
        return List.of(wanted ? Observation.missing(required && examined.isGateway(), found, "unlimited",
                "LimitMEMLOCK=infinity in the systemd unit, or `tickbridge - memlock unlimited` in /etc/security/limits.d/tickbridge.conf")
                : Observation.notHere(found + "; this configuration locks nothing"));
    }
}
