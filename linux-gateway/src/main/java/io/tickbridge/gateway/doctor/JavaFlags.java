package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;

/** The virtual machine and its flags. */
final class JavaFlags implements Check {
    private static final int OLDEST = 17;
    /** The launcher gives them; an operator's own options may have taken one back. */
    private static final List<String> WANTED = List.of("-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=");

    @Override
    public String name() {
        return "java";
    }

    @Override
    public String why() {
        return "the gateway allocates nothing in steady state; another collector only adds threads that wake, and barriers";
    }

    @Override
    public List<Observation> look(final Host host) {
        final JavaRuntime java = host.runtime();
        if (java.feature() < OLDEST) {
            return List.of(Observation.fail(java.text(), OLDEST + " or later", "apt-get install openjdk-17-jdk-headless"));
        }
        final List<String> missing = new ArrayList<>(WANTED);
        missing.removeIf(flag -> java.arguments().stream().anyMatch(argument -> argument.startsWith(flag)));
        return List.of(missing.isEmpty() ? Observation.ok(java.text())
                : Observation.advice(java.text() + " without " + String.join(" ", missing), "the launcher's flags",
                        "start by linux-gateway/bin/tickbridge; take back what TICKBRIDGE_JAVA_OPTS changes"));
    }
}
