package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.runtime.Gateway;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the gateway until it is told to stop, or a capture file ends. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = {"Runs the gateway in the foreground until SIGINT or SIGTERM, or until a capture file was played.",
            "Logs go to standard error; TICKBRIDGE_LOG=DEBUG shows more."})
final class RunCommand implements Callable<Integer> {
    @Option(names = {"-c", "--config"}, required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path config;

    @Option(names = "--wait-for-add-on",
            description = "Take no frame before the first add-on has logged on. For playing captures.")
    private boolean waitForAddOn;

    @Override
    public Integer call() throws Exception {
        Gateway.run(config, BuildVersion.read(), waitForAddOn);
        return 0;
    }
}
