package io.tickbridge.integration.demo;

import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.GatewayCounters;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tickbridge demo}: the main job on one machine, in real processes, ending with proof. */
@Command(name = "tickbridge demo", mixinStandardHelpOptions = true,
        description = "Runs an exchange, the gateway and the add-on core on this machine, shows them live, then "
                + "replays the journal and compares. Exit code 0 when the replay is equal and the add-on got every "
                + "signal.")
public final class Demo implements Callable<Integer> {
    private static final long START_LIMIT = 60; // seconds for a process to come up on a slow machine
    private static final long STOP_LIMIT = 60;
    private static final long VIEW_INTERVAL = 250_000_000; // ns; calm enough to read
    private static final long LINE_INTERVAL = 1_000_000_000; // ns between lines without a screen

    @Option(names = "--capture", paramLabel = "FILE",
            description = "Play the busiest channel of this capture instead of the simulator.")
    private Path capture;

    @Option(names = "--protocol", defaultValue = "cme-mdp3",
            description = "With --capture: what it holds, ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private CapturedProtocol protocol;

    @Option(names = "--pace", defaultValue = "15",
            description = "With --capture: multiple of the recorded pace (default ${DEFAULT-VALUE}).")
    private double pace;

    @Option(names = "--seconds", defaultValue = "20",
            description = "How long the simulator runs (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rate", defaultValue = "4000",
            description = "Simulated events a second (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seed", defaultValue = "1",
            description = "Of the simulated market and its faults (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--trade", description = "Let the add-on trade on a simulated account, which it fills itself at the link's quotes; "
            + "orders and fills are in the journal then, for `tickbridge report`.")
    private boolean trade;

    @Option(names = "--headless", description = "Print lines only, no screen.")
    private boolean headless;

    @Option(names = "--directory", paramLabel = "DIR",
            description = "Where to work; must not exist (default integration-tests/target/demo/TIME).")
    private Path directory;

    private final SimulatedLines lines = SimulatedLines.ofThisProcess();

    /**
     * Runs the demonstration and ends the process.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        final CommandLine command = new CommandLine(new Demo());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println("demo: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        final Workplace workplace = Workplace.create(directory == null ? defaultDirectory() : directory);
        final DemoConfig config = config();
        config.write(workplace.config());
        workplace.run("new-key", "key", Installation.tickbridge("new-key", workplace.key().toString()));
        final Map<String, Long> last;
        try (Child gateway = Child.start("gateway", workplace.directory(), gatewayCommand(workplace));
                GatewayCounters counters = new GatewayCounters(workplace.counters())) {
            final long port = awaitCounter(counters, "link.port", gateway);
            try (Child addOn = Child.start("add-on", workplace.directory(), workplace.addOn(port, trade))) {
                awaitCounter(counters, "link.logons", gateway);
                last = play(new View(config.plays(), System.out, !headless), workplace, gateway, addOn, counters);
                gateway.stop(STOP_LIMIT);
                awaitDisconnect(workplace, addOn);
                addOn.stop(STOP_LIMIT);
            }
        }
        return new Outcome(workplace, last).printAndJudge(System.out) ? 0 : 1;
    }

    private DemoConfig config() throws ProcessFailure {
        return capture == null
                ? DemoConfig.simulated(lines)
                : DemoConfig.captured(capture, protocol, CapturedChannel.busiestIn(capture, protocol), pace);
    }

    /** Lets frames flow until there are no more, showing the processes meanwhile. Returns the last counters. */
    private Map<String, Long> play(
            final View view, final Workplace workplace, final Child gateway, final Child addOn,
            final GatewayCounters counters)
            throws IOException, ProcessFailure, InterruptedException {
        try (Child exchange = capture == null
                ? Child.start("exchange", workplace.directory(), exchangeCommand(workplace)) : gateway) {
            while (exchange.isAlive()) {
                if (exchange != gateway) {
                    gateway.mustBeAlive();
                }
                addOn.mustBeAlive();
                view.show(counters.read(), workplace.addOnStatus());
                LockSupport.parkNanos(headless ? LINE_INTERVAL : VIEW_INTERVAL);
            }
            if (exchange != gateway && exchange.await(STOP_LIMIT) != 0) {
                throw new ProcessFailure("the exchange simulator failed:\n" + exchange.lastLines());
            }
        }
        awaitQuiet(counters);
        final Map<String, Long> last = counters.read();
        view.show(last, workplace.addOnStatus());
        return last;
    }

    /** What the exchange sent may still lie in a socket: wait until the gateway has taken nothing more for a second. */
    private static void awaitQuiet(final GatewayCounters counters) {
        long before = -1;
        for (int quiet = 0; quiet < 4; ) {
            final long now = counters.read().getOrDefault("source.received", 0L);
            quiet = now == before ? quiet + 1 : 0;
            before = now;
            LockSupport.parkNanos(VIEW_INTERVAL);
        }
    }

    /** The gateway is gone; the add-on says so once it has read everything that the gateway had sent. */
    private static void awaitDisconnect(final Workplace workplace, final Child addOn) throws ProcessFailure {
        final long limit = System.nanoTime() + STOP_LIMIT * 1_000_000_000L;
        while (!Boolean.FALSE.equals(workplace.addOnStatus().get("connected"))) {
            addOn.mustBeAlive();
            if (System.nanoTime() > limit) {
                throw new ProcessFailure(
                        "the add-on did not notice within " + STOP_LIMIT + " s that the gateway has gone");
            }
            LockSupport.parkNanos(VIEW_INTERVAL);
        }
    }

    private static long awaitCounter(final GatewayCounters counters, final String label, final Child process)
            throws ProcessFailure {
        final long limit = System.nanoTime() + START_LIMIT * 1_000_000_000L;
        while (System.nanoTime() < limit) {
            final long value = counters.read().getOrDefault(label, 0L);
            if (value > 0) {
                return value;
            }
            process.mustBeAlive();
            LockSupport.parkNanos(20_000_000);
        }
        throw new ProcessFailure("the gateway did not come up within " + START_LIMIT + " s:\n" + process.lastLines());
    }

    private List<String> gatewayCommand(final Workplace workplace) {
        final List<String> command = new ArrayList<>(
                Installation.tickbridge("run", "--config", workplace.config().toString()));
        if (capture != null) {
            command.add("--wait-for-add-on");
        }
        return command;
    }

    private List<String> exchangeCommand(final Workplace workplace) {
        return Installation.java("io.tickbridge.integration.exchange.Simulator",
                "--group-a", lines.groupA() + ":" + SimulatedLines.PORT_A,
                "--group-b", lines.groupB() + ":" + SimulatedLines.PORT_B,
                "--seconds", Integer.toString(seconds), "--rate", Integer.toString(rate),
                "--seed", Long.toString(seed));
    }

    private static Path defaultDirectory() throws IOException {
        final Path parent = Installation.root().resolve("integration-tests/target/demo");
        Files.createDirectories(parent);
        return parent.resolve(DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
