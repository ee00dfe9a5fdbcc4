package io.tickbridge.gateway.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How deep cores may sleep (kernel documentation, admin-guide/pm/cpuidle). */
final class IdleStates implements Check {
    private static final String CPU = "sys/devices/system/cpu/";
    private static final int LONGEST_WAKING = 10; // us: C1 and its kin take 1 to 2, the next deeper one 50 and more

    @Override
    public String name() {
        return "idle-states";
    }

    @Override
    public String why() {
        return "a sleeping core wakes after its state's exit latency, 50 to 200 us for C6: what a yielding or parking receive "
                + "thread, an interrupt and the journal's thread pay each time";
    }

    /** A state that is allowed. */
    private record State(String name, long exit) {
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> cpus = host.tree().names("sys/devices/system/cpu").stream()
                .filter(name -> name.matches("cpu\\d+")).toList();
        final Optional<State> deepest = cpus.stream().flatMap(cpu -> states(host, CPU + cpu + "/cpuidle"))
                .max(Comparator.comparingLong(State::exit));
        if (deepest.isEmpty()) {
            return List.of(host.bootOption("idle").filter("poll"::equals).isPresent()
                    ? Observation.ok("idle=poll: cores never sleep")
                    : Observation.notHere("the kernel manages no idle states here, as in a virtual machine"));
        }
        final String found = deepest.get().name() + " allowed, " + deepest.get().exit() + " us to wake";
        return List.of(deepest.get().exit() <= LONGEST_WAKING ? Observation.ok(found)
                : Observation.advice(found, "at most " + LONGEST_WAKING + " us",
                        "boot with processor.max_cstate=1 intel_idle.max_cstate=1, or: cpupower idle-set -D " + LONGEST_WAKING));
    }

    private static Stream<State> states(final Host host, final String directory) {
        return host.tree().names(directory).stream().map(name -> directory + "/" + name)
                .filter(path -> host.tree().read(path + "/disable").orElse("0").equals("0"))
                .map(path -> new State(host.tree().read(path + "/name").orElse("?"), host.number(path + "/latency").orElse(0L)));
    }
}
