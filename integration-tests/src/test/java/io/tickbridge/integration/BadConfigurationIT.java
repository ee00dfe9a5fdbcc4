package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that cannot be run: refused at the start, with nothing left behind. */
final class BadConfigurationIT {
    @TempDir
    private Path directory;

    @Test
    void everyMistakeIsNamedWithFileLineKeyAndWhatIsAllowed() throws Exception {
        GatewayFiles.prepare(directory, GatewayText.changed(
                GatewayText.changed(configuration(), "receive:", "recieve:"), "port: 14310", "port: 143100"));
        final String file = GatewayFiles.config(directory).toString();
        ClearError.assertLines(2, run(), file + ":3: recieve: unknown key, allowed: name,",
                "feeds[0].lines[0].port: found \"143100\", allowed: integer 1 to 65535");
        assertNothingLeft();
    }

    @Test
    void aRuleThatCannotBeBuiltIsRefused() throws Exception {
        GatewayFiles.prepare(directory, GatewayText.changed(configuration(), "{levels: 2}", "{levels: many}"));
        ClearError.assertOne(run(), "sweep", "levels", "many");
        assertNothingLeft();
    }

    @Test
    void anAbsentConfigurationIsRefused() throws Exception {
        ClearError.assertOne(run(), GatewayFiles.config(directory).toString(), "cannot be read");
    }

    @Test
    void anAbsentKeyIsRefusedWithTheCommandThatMakesOne() throws Exception {
        GatewayFiles.prepare(directory, configuration());
        Files.delete(GatewayFiles.key(directory));
        ClearError.assertOne(
                run(), "link key file " + GatewayFiles.key(directory) + " does not exist", "make one with:");
        assertNothingLeft();
    }

    private static String configuration() throws IOException {
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            return feed.configuration(0, 0);
        }
    }

    private void assertNothingLeft() {
        assertFalse(Files.exists(GatewayFiles.journal(directory)), "a journal was begun");
    }

    private Launcher.Result run() throws IOException, InterruptedException {
        return Launcher.tickbridge(directory, "run", "--config", GatewayFiles.config(directory).toString());
    }
}
