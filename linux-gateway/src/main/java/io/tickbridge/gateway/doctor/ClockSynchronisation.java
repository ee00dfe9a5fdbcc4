package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether something keeps the clock right. */
final class ClockSynchronisation implements Check {
    private static final List<String> KEEPERS = List.of("ptp4l", "phc2sys", "chronyd", "ntpd", "systemd-timesyn");

    @Override
    public String name() {
        return "clock-synchronisation";
    }

    @Override
    public String why() {
        return "latency from exchange to gateway is the difference of two clocks: NTP keeps it to about 1 ms, PTP to about 1 us; "
                + "a clock that steps shows as a jump in every age";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> running = new ArrayList<>(KEEPERS);
        running.removeIf(program -> !host.runs(program));
        final List<String> hardware = host.tree().names("sys/class/ptp");
        final String found = (running.isEmpty() ? "nothing runs that keeps it" : String.join(" and ", running) + " runs")
                + (hardware.isEmpty() ? "" : "; hardware clock " + String.join(", ", hardware));
        if (running.contains("ptp4l") || running.contains("chronyd")) {
            return List.of(Observation.ok(found));
        }
        return List.of(Observation.advice(found, hardware.isEmpty() ? "chrony" : "ptp4l with phc2sys, or chrony with the hardware clock",
                "apt-get install chrony (or linuxptp); then: chronyc tracking"));
    }
}
