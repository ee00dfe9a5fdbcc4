package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tickbridge demo}, as a newcomer runs it. */
final class DemoIT {
    @TempDir
    private Path directory;

    @BeforeAll
    static void theLauncherNeitherInstallsNorBuilds() throws IOException {
        AddOnProcess.require();
        Requirement.is(Files.exists(Path.of("/usr/lib/mono/4.8-api")), "the package mono-devel");
        // The launcher builds what is older than its sources. Maven has just built it, and is running this test.
        Files.writeString(Installation.root().resolve("integration-tests/target/.built"), "");
    }

    @Test
    void aSimulatedExchange() throws Exception {
        final String out = demo("--seconds", "4", "--trade");
        final long signals = number(out, "replay +\\d+ frames, (\\d+) signals: every byte equal");
        assertTrue(signals > 100, out);
        assertEquals(signals, number(out, "add-on +(\\d+) signals received, 0 missing"));
        // The simulator halts one instrument in mid-run.
        assertTrue(number(out, "withheld +\\d+ evaluations of books in doubt: (\\d+) halted") > 0, out);
        final long fills = number(out, "orders +\\d+ entries on the simulated account Sim101, (\\d+) fills");
        assertTrue(fills > 0, out);
        // The last lines lead on: what they name gives what was said.
        assertTrue(out.contains("tickbridge report " + directory.resolve("demo/journal")), out);
        final Launcher.Result asked = Launcher.tickbridge(directory, "query", directory.resolve("demo/journal").toString(),
                "SELECT count(*) AS n FROM executions");
        assertEquals(0, asked.exit(), asked.err());
        assertTrue(asked.out().startsWith("n\n" + fills + "\n"), asked.out() + out);
    }

    @Test
    void aCmeCapture() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final String out = demo("--capture", capture.toString(), "--pace", "300");
        assertEquals(10_000, number(out, "replay +(\\d+) frames, \\d+ signals: every byte equal"));
        assertTrue(number(out, "add-on +(\\d+) signals received, 0 missing") > 1_000, out);
    }

    @Test
    void anIexCapture() throws Exception {
        final Path capture = SharedData.file("captures/iex-tops16-20170710.pcap.gz");
        final String out = demo("--capture", capture.toString(), "--protocol", "iex-tops", "--pace", "3000");
        assertEquals(13_022, number(out, "replay +(\\d+) frames, \\d+ signals: every byte equal"));
        assertTrue(number(out, "add-on +(\\d+) signals received, 0 missing") > 1_000, out);
    }

    @Test
    void aFileThatIsNoCapture() throws Exception {
        final Path file = Files.writeString(directory.resolve("notes.txt"), "bought 5 at market\n");
        final Launcher.Result result = Launcher.tickbridge(
                directory, "demo", "--headless", "--directory", directory.resolve("demo").toString(),
                "--capture", file.toString());
        ClearError.assertOne(result, "demo: " + file, "pcap or pcapng");
    }

    private String demo(final String... options) throws IOException, InterruptedException {
        final Path work = directory.resolve("demo");
        final String[] arguments = new String[options.length + 4];
        System.arraycopy(new String[] {"demo", "--headless", "--directory", work.toString()}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        final Launcher.Result result = Launcher.tickbridge(directory, arguments);
        assertEquals(0, result.exit(), () -> result.out() + result.err());
        assertEquals("OK", result.out().strip().lines().reduce((first, last) -> last).orElse(""), result.out());
        assertTrue(result.out().contains("journal    " + work.resolve("journal")), result.out());
        return result.out();
    }

    private static long number(final String out, final String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(out);
        assertTrue(matcher.find(), () -> pattern + " is not in:\n" + out);
        return Long.parseLong(matcher.group(1));
    }
}
