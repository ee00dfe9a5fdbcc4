package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher under OpenOnload, with a stand-in for Onload and the real gateway. */
final class RunUnderOnloadIT {
    private static final long STOP_LIMIT = 60; // seconds

    @TempDir
    private Path directory;

    private StandInOnload onload;

    @BeforeEach
    void aGatewaysFiles() throws IOException {
        onload = new StandInOnload(directory.resolve("onload"));
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0));
        }
    }

    @Test
    void aGatewayUnderOnloadIsSaidToBeAcceleratedTakesEpollAndStopsAtASignal() throws Exception {
        try (Child child = start(onload.environment(onload.library()))) {
            awaitSaid(child, "accelerated: libonload is mapped into process ");
            awaitSaid(child, " by epoll (");
            assertEquals(0, child.stop(STOP_LIMIT), child::lastLines);
            assertTrue(child.output().contains("stopped: terminated"), child::lastLines);
            assertFalse(child.output().contains("NOT ACCELERATED"), child::lastLines);
        }
        assertTrue(onload.settings().stream().anyMatch(setting -> "tickbridge-udp".equals(setting.profile())));
        assertTrue(onload.settings().stream().anyMatch(setting -> "tickbridge-link".equals(setting.profile())));
    }

    /** With epoll it would run here without Onload as well; io_uring is what Onload would not see. */
    @Test
    void ioUringUnderOnloadIsRefusedForWhatItIs() throws Exception {
        Files.writeString(GatewayFiles.config(directory), GatewayText.changed(
                Files.readString(GatewayFiles.config(directory)), "key-file: link.key", "key-file: link.key, transport: io-uring"));
        try (Child child = start(onload.environment(onload.library()))) {
            assertEquals(1, child.await(STOP_LIMIT), child::lastLines);
            assertTrue(child.output().contains("link.transport does not work here; not io-uring: Onload is preloaded, and io_uring "
                    + "would go around it; set it to auto, which takes one that does"), child::lastLines);
            assertFalse(child.output().contains("link: listening"), child::lastLines);
        }
    }

    /** As the service does it: Onload's launcher turns into the gateway, and somebody else asks what came of it. */
    @Test
    void aGatewayThatRunsAlreadyIsLookedAt() throws Exception {
        final List<String> command = new ArrayList<>(List.of("env"));
        onload.environment(onload.library()).forEach((name, value) -> command.add(name + "=" + value));
        command.add("JAVA_HOME=" + System.getProperty("java.home"));
        command.addAll(List.of(StandInOnload.launcher().toString(), "-p", StandInOnload.profiles().resolve("tickbridge-link.opf").toString()));
        command.addAll(Installation.tickbridge("run", "--config", GatewayFiles.config(directory).toString()));
        try (Child child = Child.start("as-a-service", directory, command)) {
            awaitSaid(child, "link: listening");
            final Launcher.Result accelerated = verify(child.pid());
            assertEquals(0, accelerated.exit(), accelerated.err());
            assertTrue(accelerated.err().contains("accelerated: libonload is mapped into process " + child.pid()), accelerated.err());
            onload.refuseStacks();
            final Launcher.Result refused = verify(child.pid());
            assertEquals(4, refused.exit(), refused.err());
            assertTrue(refused.err().contains("NOT ACCELERATED: libonload is mapped, but Onload has no stack"), refused.err());
            assertEquals(0, child.stop(STOP_LIMIT), child::lastLines);
        }
    }

    private Launcher.Result verify(final long process) throws IOException, InterruptedException {
        return Launcher.run(directory, onload.environment(onload.library()), List.of(
                StandInOnload.profiles().resolve("run-under-onload").toString(), "--onload", StandInOnload.launcher().toString(),
                "--wait", "0", "--verify", Long.toString(process)));
    }

    @Test
    void aDroppedPreloadIsSaidAndTheGatewayRunsOn() throws Exception {
        try (Child child = start(onload.environment(), "--wait", "0")) {
            awaitSaid(child, "NOT ACCELERATED: libonload was not mapped");
            awaitSaid(child, "link: listening");
            assertEquals(0, child.stop(STOP_LIMIT), child::lastLines);
        }
    }

    @Test
    void aDriverThatGivesNoStackStopsTheGatewayWhereAccelerationIsRequired() throws Exception {
        onload.refuseStacks();
        try (Child child = start(onload.environment(onload.library()), "--require", "--wait", "2")) {
            assertEquals(4, child.await(STOP_LIMIT), child::lastLines);
            assertTrue(child.output().contains("NOT ACCELERATED: libonload is mapped, but Onload has no stack"),
                    child::lastLines);
        }
    }

    @Test
    void theGatewaysOwnFailureIsTheExitCode() throws Exception {
        Files.delete(GatewayFiles.key(directory));
        try (Child child = start(onload.environment(onload.library()))) {
            assertEquals(1, child.await(STOP_LIMIT), child::lastLines);
            assertTrue(child.output().contains("link.key does not exist"), child::lastLines);
        }
    }

    @Test
    void withoutOnloadItSaysWhereToGetIt() throws Exception {
        final Launcher.Result result = run("--onload", directory.resolve("missing").toString());
        assertEquals(3, result.exit(), result.err());
        assertTrue(result.err().contains("OpenOnload's launcher was not found"), result.err());
        assertTrue(result.err().contains("onload_install"), result.err());
    }

    @Test
    void aConfigurationThatCannotBeReadIsRefusedInTheGatewaysWords() throws Exception {
        Files.writeString(GatewayFiles.config(directory), "nme: x\n");
        final Launcher.Result result = run("--onload", StandInOnload.launcher().toString());
        assertEquals(2, result.exit(), result.err());
        assertTrue(result.err().contains("nme: unknown key"), result.err());
    }

    private Launcher.Result run(final String... options) throws IOException, InterruptedException {
        return Launcher.run(directory, java(), command(options));
    }

    /** Starts it, with both its words and the gateway's log in the child's output. */
    private Child start(final Map<String, String> environment, final String... options) throws IOException {
        final List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        java().forEach((name, value) -> command.add(name + "=" + value));
        final List<String> all = new ArrayList<>(List.of("--onload", StandInOnload.launcher().toString()));
        all.addAll(List.of(options));
        command.addAll(command(all.toArray(String[]::new)));
        return Child.start("under-onload", directory, command);
    }

    private List<String> command(final String... options) {
        final List<String> command = new ArrayList<>(List.of(StandInOnload.profiles().resolve("run-under-onload").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--config", GatewayFiles.config(directory).toString()));
        return command;
    }

    private static boolean said(final Child child, final String words) {
        try {
            return child.output().contains(words);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> java() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    private static void awaitSaid(final Child child, final String words) {
        Await.until("the launcher's words: " + words, () -> {
            assertTrue(child.isAlive(), child::lastLines);
            return said(child, words);
        }, child::lastLines);
    }
}
