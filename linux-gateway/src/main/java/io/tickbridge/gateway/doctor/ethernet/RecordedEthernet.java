package io.tickbridge.gateway.doctor.ethernet;

import io.tickbridge.gateway.placement.SystemTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another machine's interfaces, from {@code ethtool/NAME} in its recorded files: a line each, name, blank, value. */
public final class RecordedEthernet implements EthernetSettings {
    private static final String DIRECTORY = "ethtool/";

    private final SystemTree tree;

    /**
     * Those of a recorded machine.
     *
     * @param tree its files
     */
    public RecordedEthernet(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * The file's text for an interface.
     *
     * @param from             who knows the interface
     * @param networkInterface its name
     * @return lines as they are read here
     */
    public static String describe(final EthernetSettings from, final String networkInterface) {
        final Map<String, String> values = new LinkedHashMap<>();
        from.rings(networkInterface).ifPresent(rings -> {
            values.put("rings.receive", Long.toString(rings.receive()));
            values.put("rings.most-receive", Long.toString(rings.mostReceive()));
        });
        from.moderation(networkInterface).ifPresent(moderation -> {
            values.put("moderation.receive-us", Long.toString(moderation.receiveMicroseconds()));
            values.put("moderation.adaptive", Boolean.toString(moderation.adaptive()));
        });
        from.features(networkInterface).ifPresent(features -> {
            values.put("features", sorted(features.on()));
            values.put("features.fixed", sorted(features.fixed()));
        });
        from.driver(networkInterface).ifPresent(driver -> {
            values.put("driver.name", driver.name());
            values.put("driver.version", driver.version());
            values.put("driver.firmware", driver.firmware());
        });
        return values.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue() + "\n").collect(Collectors.joining());
    }

    @Override
    public Optional<Rings> rings(final String networkInterface) {
        return number(networkInterface, "rings.receive")
                .map(receive -> new Rings(receive, number(networkInterface, "rings.most-receive").orElse(0L)));
    }

    @Override
    public Optional<Moderation> moderation(final String networkInterface) {
        return number(networkInterface, "moderation.receive-us").map(time ->
                new Moderation(time, value(networkInterface, "moderation.adaptive").filter("true"::equals).isPresent()));
    }

    @Override
    public Optional<Features> features(final String networkInterface) {
        return value(networkInterface, "features")
                .map(on -> new Features(names(on), names(value(networkInterface, "features.fixed").orElse(""))));
    }

    @Override
    public Optional<Driver> driver(final String networkInterface) {
        return value(networkInterface, "driver.name").map(name -> new Driver(name,
                value(networkInterface, "driver.version").orElse(""), value(networkInterface, "driver.firmware").orElse("")));
    }

    private static String sorted(final Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(" "));
    }

    private static Set<String> names(final String text) {
        return Set.of(text.split(" "));
    }

    private Optional<Long> number(final String networkInterface, final String name) {
        return value(networkInterface, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    private Optional<String> value(final String networkInterface, final String name) {
        final Stream<String> lines = tree.read(DIRECTORY + networkInterface).orElse("").lines();
        return lines.filter(line -> line.equals(name) || line.startsWith(name + " "))
                .map(line -> line.substring(Math.min(line.length(), name.length() + 1))).findFirst();
    }
}
