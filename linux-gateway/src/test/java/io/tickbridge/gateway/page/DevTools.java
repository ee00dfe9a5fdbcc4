package io.tickbridge.gateway.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Chromium without a window that does what a reader does: looks at a page at some width, in some colours, and clicks. */
public final class DevTools implements AutoCloseable {
    private static final long LIMIT = 120; // seconds: only a hang takes so long

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private boolean loaded;
    private int calls;

    private DevTools(final Process process, final String page) {
        this.process = process;
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(page), new Texts()).join();
    }

    /** Joins the parts of a message. */
    private final class Texts implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence text, final boolean last) {
            parts.append(text);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** Starts a browser whose scratch files go to a directory. */
    public static DevTools start(final Path directory) throws IOException, InterruptedException {
        final Path profile = Files.createTempDirectory(directory, "devtools");
        final Path port = profile.resolve("DevToolsActivePort");
        final Path log = profile.resolve("browser.log");
        final ProcessBuilder builder = new ProcessBuilder(Browser.PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--user-data-dir=" + profile, "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank")
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("LANG", "en_US.UTF-8", "HOME", directory.toString()));
        final Process process = builder.start();
        final long start = System.nanoTime();
        // Its second line is written with the first: the file is there at once or not at all.
        while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            assertTrue(process.isAlive() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LIMIT), () -> "the browser does not start, see " + log);
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        final String address = "127.0.0.1:" + Files.readAllLines(port).get(0);
        final List<Object> targets;
        try (var in = URI.create("http://" + address + "/json/list").toURL().openStream()) {
            targets = JSON.std.listFrom(in);
        }
        final Map<?, ?> target = targets.stream().map(Map.class::cast).filter(page -> "page".equals(page.get("type"))).findFirst().orElseThrow();
        final DevTools tools = new DevTools(process, (String) target.get("webSocketDebuggerUrl"));
        for (final String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tools.call(domain + ".enable", Map.of());
        }
        return tools;
    }

    /** What a screen is like. */
    public void screen(final int width, final int height, final boolean phone, final boolean dark) throws IOException, InterruptedException {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Shows a page, until its scripts have run. */
    public void show(final Path file) throws IOException, InterruptedException {
        show(file.toUri());
    }

    /** Shows what is at an address, until its scripts have run. */
    public void show(final URI address) throws IOException, InterruptedException {
        loaded = false;
        call("Page.navigate", Map.of("url", address.toString()));
        while (!loaded) {
            take();
        }
    }

    /** The value of an expression. */
    public Object value(final String expression) throws IOException, InterruptedException {
        final Map<?, ?> answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        assertFalse(answer.containsKey("exceptionDetails"), answer::toString);
        return ((Map<?, ?>) answer.get("result")).get("value");
    }

    /** Moves the mouse to the middle of an element and clicks. */
    public void click(final String selector) throws IOException, InterruptedException {
        value("document.querySelector('" + selector + "').scrollIntoView({block: 'center', behavior: 'instant'})");
        final List<?> middle = (List<?>) value("(r => [r.x + Math.min(r.width, innerWidth) / 2, r.y + r.height / 2])(document.querySelector('"
                + selector + "').getBoundingClientRect())");
        for (final String type : List.of("mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", middle.get(0), "y", middle.get(1), "button", "left", "clickCount", 1));
        }
    }

    /** A picture of the whole page, PNG. */
    public byte[] picture() throws IOException, InterruptedException {
        final Map<?, ?> answer = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode((String) answer.get("data"));
    }

    /** Errors and warnings of the page's console. */
    public List<String> complaints() {
        return complaints;
    }

    /** What the page asked for, itself left out. */
    public List<String> requests() {
        return requests;
    }

    private Map<?, ?> call(final String method, final Map<String, Object> parameters) throws IOException, InterruptedException {
        final int id = ++calls;
        final Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(JSON.std.asString(message), true).join();
        while (true) {
            final Map<?, ?> answer = take();
            if (Integer.valueOf(id).equals(answer.get("id"))) {
                assertFalse(answer.containsKey("error"), () -> method + ": " + answer);
                return (Map<?, ?>) answer.get("result");
            }
        }
    }

    private Map<?, ?> take() throws IOException, InterruptedException {
        final String text = messages.poll(LIMIT, TimeUnit.SECONDS);
        assertTrue(text != null, "the browser does not answer");
        final Map<?, ?> message = JSON.std.mapFrom(text);
        final Map<?, ?> of = (Map<?, ?>) message.get("params");
        switch (String.valueOf(message.get("method"))) {
            case "Page.loadEventFired" -> loaded = true;
            case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(of.toString());
            case "Runtime.consoleAPICalled" -> {
                if (!"log".equals(of.get("type"))) {
                    complaints.add(of.toString());
                }
            }
            case "Network.requestWillBeSent" -> {
                final String url = (String) ((Map<?, ?>) of.get("request")).get("url");
                if (!"Document".equals(of.get("type"))) {
                    requests.add(url);
                }
            }
            default -> { }
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
        // Its children end with it; the profile is scratch.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
