package io.tickbridge.gateway.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Chromium without a window: shows a page and tells what became of it. */
public final class Browser {
    /** Its name on Debian. */
    public static final String PROGRAM = "chromium";
    private static final long LIMIT = 180; // seconds: only a hang takes so long
    // [pid:tid:date/time:INFO:CONSOLE(12)] "text", source: file:///page.html (12)
    private static final Pattern CONSOLE = Pattern.compile(".*:CONSOLE[(:].*");

    private Browser() {
    }

    /**
     * A page that was shown.
     *
     * @param dom        after its scripts ran
     * @param complaints what its console says: errors, refusals of its security policy
     */
    public record Page(String dom, List<String> complaints) {
    }

    /** Shows a file; scratch files go to the directory. */
    public static Page show(final Path file, final Path directory) throws IOException, InterruptedException {
        final Path dom = directory.resolve("dom.html");
        final Path log = directory.resolve("browser.log");
        // A page with an error of its own, to be sure that errors are seen.
        final Path broken = directory.resolve("broken.html");
        Files.writeString(broken, "<script>throw new Error('seen');</script>");
        run(broken, directory, dom, log);
        assertEquals(1, complaints(log).stream().filter(line -> line.contains("seen")).count(), () -> "console not heard: " + log);
        run(file, directory, dom, log);
        return new Page(Files.readString(dom), complaints(log));
    }

    private static List<String> complaints(final Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> CONSOLE.matcher(line).matches()).toList();
        }
    }

    private static void run(final Path file, final Path directory, final Path dom, final Path log)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir=" + directory.resolve("profile"),
                "--window-size=1200,900", "--enable-logging=stderr", "--v=0", "--dump-dom", file.toUri().toString()));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(dom.toFile()).redirectError(log.toFile());
        builder.environment().putAll(Map.of("LANG", "en_US.UTF-8", "HOME", directory.toString()));
        final Process process = builder.start();
        try {
            assertTrue(process.waitFor(LIMIT, TimeUnit.SECONDS), () -> "still running: " + command);
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> command + ", see " + log);
    }
}
