package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import java.util.List;

/** Whether OpenOnload's drivers are there, the one that ef_vi asks for above all (onload, src/lib/ciul/open.c). */
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
        if (host.receivesBy(CaptureConfig.Source.EFVI)) {
            // ef_vi opens /dev/sfc_char, and needs no Onload beside it.
            return List.of(host.tree().has("sys/module/sfc_char") || host.tree().has("dev/sfc_char")
                    ? Observation.ok("sfc_char, by which ef_vi reaches the NIC, is loaded")
                    : Observation.fail("sfc_char is not loaded", "the driver by which ef_vi reaches the NIC",
                            "modprobe sfc_char; it comes with OpenOnload's drivers"));
        }
        final boolean loaded = host.tree().has("sys/module/onload");
        if (loaded) {
            return List.of(Observation.ok("driver loaded, version " + host.tree().read("sys/module/onload/version").orElse("not told")));
        }
        final boolean solarflare = host.interfaces().stream()
                .anyMatch(name -> host.tree().link("sys/class/net/" + name + "/device/driver").filter("sfc"::equals).isPresent());
        return List.of(solarflare ? Observation.advice("not loaded, on a Solarflare NIC", "OpenOnload",
                "install OpenOnload and start by onload-profiles/run-under-onload") : Observation.notHere("not loaded; no Solarflare NIC"));
    }
}
