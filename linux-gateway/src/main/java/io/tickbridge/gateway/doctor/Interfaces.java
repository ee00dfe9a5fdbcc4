package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether the interfaces that the configuration names are there, and what lies below them. */
final class Interfaces implements Check {
    private static final String NET = "sys/class/net/";

    @Override
    public String name() {
        return "interfaces";
    }

    @Override
    public String why() {
        return "the gateway does not start without an interface that it is to receive on, and receives nothing on one without a carrier";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> named = host.named();
        return named.isEmpty() ? List.of(Observation.notHere("the configuration names no interface to receive on"))
                : named.stream().map(name -> judge(host, name)).toList();
    }

    private static Observation judge(final Host host, final String name) {
        if (!host.tree().has(NET + name)) {
            return Observation.fail("there is no interface " + name, "one of " + String.join(", ", host.tree().names("sys/class/net")),
                    "correct its name in the configuration; `ip link` lists those that there are");
        }
        final List<String> below = new Ports(host.tree()).below(name);
        final String found = name + (below.equals(List.of(name)) ? "" : ", on " + String.join(" and ", below));
        // Of an interface that is down the kernel does not tell.
        return host.tree().read(NET + name + "/carrier").filter("1"::equals).isPresent() ? Observation.ok(found)
                : Observation.advice(found + ": down or without a carrier", "a carrier",
                        "ip link set dev " + name + " up; look at cable, transceiver and switch");
    }
}
