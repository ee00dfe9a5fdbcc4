package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import java.util.List;

/** Whether OpenOnload is there. */
final class OnloadDriver implements Check {
    @Override
    public String name() {
        return "onload";
    }

    @Override
    public String why() {
        return "on a Solarflare NIC Onload takes sockets past the kernel: 1 to 2 us from wire to program instead of 5 to 15";
    }

    @Override
    public List<Observation> look(final Host host) {
        final boolean loaded = host.tree().has("sys/module/onload");
        if (loaded) {
            return List.of(Observation.ok("driver loaded, version " + host.tree().read("sys/module/onload/version").orElse("not told")));
        }
        if (host.receivesBy(CaptureConfig.Source.EFVI)) {
            return List.of(Observation.fail("driver not loaded", "OpenOnload's drivers, for ef_vi", "modprobe onload, or install OpenOnload"));
        }
        final boolean solarflare = host.interfaces().stream()
                .anyMatch(name -> host.tree().link("sys/class/net/" + name + "/device/driver").filter("sfc"::equals).isPresent());
        return List.of(solarflare ? Observation.advice("not loaded, on a Solarflare NIC", "OpenOnload",
                "install OpenOnload and start by onload-profiles/run-under-onload") : Observation.notHere("not loaded; no Solarflare NIC"));
    }
}
