package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether something keeps the clock right: which program, and what the kernel was told by it (adjtimex(2)). */
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
        final Optional<KernelClock.State> state = host.clock().state();
        final String found = (running.isEmpty() ? "nothing runs that keeps it"
                : String.join(", ", running) + (running.size() == 1 ? " runs" : " run"))
                + state.map(ClockSynchronisation::text).orElse("") + (hardware.isEmpty() ? "" : "; hardware clock " + String.join(", ", hardware));
        // ptp4l sets the NIC's clock alone: somebody must hand its time to the machine's.
        if (running.contains("ptp4l") && !running.contains("phc2sys") && !running.contains("chronyd")) {
            return List.of(Observation.advice(found, "phc2sys, or chrony with the hardware clock, beside ptp4l",
                    "apt-get install linuxptp; phc2sys -w -s INTERFACE; then: phc2sys's offset in the log"));
        }
        final boolean kept = running.contains("ptp4l") || running.contains("phc2sys") || running.contains("chronyd");
        if (kept && state.filter(told -> !told.synchronised()).isPresent()) {
            return List.of(Observation.advice(found, "a clock that its keeper has set",
                    "chronyc tracking and chronyc sources tell why (linuxptp: journalctl -u ptp4l@INTERFACE); right after a start, wait"));
        }
        return List.of(kept ? Observation.ok(found)
                : Observation.advice(found, hardware.isEmpty() ? "chrony" : "ptp4l with phc2sys, or chrony with the hardware clock",
                        "apt-get install chrony (or linuxptp); then: chronyc tracking"));
    }

    private static String text(final KernelClock.State state) {
        return state.synchronised() ? "; the kernel's clock is synchronised to " + state.largestErrorMicros() + " us"
                : "; the kernel's clock is not synchronised";
    }
}
