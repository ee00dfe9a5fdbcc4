package io.tickbridge.integration;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.integration.process.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Chromium without a window that stays open, driven by the DevTools protocol: one page, its console heard. */
final class LiveBrowser implements AutoCloseable, WebSocket.Listener {
    static final String PROGRAM = "chromium";
    private static final long LIMIT = 120; // seconds; only a hang takes so long

    private final Child process;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    /** Opens a browser; scratch files go to the directory. */
    LiveBrowser(final Path directory) throws Exception {
        final Path profile = directory.resolve("profile");
        process = Child.start("browser", directory, List.of("env", "HOME=" + directory, "LANG=en_US.UTF-8", PROGRAM, "--headless=new",
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "about:blank"));
        final Path active = profile.resolve("DevToolsActivePort");
        Await.until("the browser listens", () -> Files.exists(active) && size(active) > 1, process::lastLines);
        final HttpClient client = HttpClient.newHttpClient();
        final String pages = client.send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + Files.readAllLines(active).get(0) + "/json/list")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        final String page = JSON.std.listFrom(pages).stream().map(target -> (Map<?, ?>) target)
                .filter(target -> "page".equals(target.get("type"))).map(target -> String.valueOf(target.get("webSocketDebuggerUrl"))).findFirst().orElseThrow();
        socket = client.newWebSocketBuilder().buildAsync(URI.create(page), this).get(LIMIT, TimeUnit.SECONDS);
        for (final String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    private static long size(final Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (final IOException e) {
            return 0;
        }
    }

    /** Goes to an address. */
    void open(final String address) throws Exception {
        call("Page.navigate", Map.of("url", address));
    }

    /** What an expression gives in the page: text, number or truth. */
    Object ask(final String expression) {
        try {
            final Map<?, ?> result = (Map<?, ?>) call("Runtime.evaluate",
                    Map.of("expression", expression, "returnByValue", true)).get("result");
            return result.get("value");
        } catch (final Exception e) { // in a condition that is asked again and again
            throw new IllegalStateException(expression + ": " + e, e);
        }
    }

    void window(final int width, final int height, final boolean phone) throws Exception {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    void colours(final String scheme) throws Exception {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Keeps a picture of the window. */
    void photograph(final Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(
                call("Page.captureScreenshot", Map.of("format", "png")).get("data"))));
    }

    /** Errors, refusals of the page's security policy, and whatever else its console has. */
    List<String> complaints() {
        return complaints;
    }

    private Map<String, Object> call(final String method, final Map<String, Object> parameters) throws Exception {
        final int id = number.incrementAndGet();
        final CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        final Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("method", method);
        request.put("params", parameters);
        socket.sendText(JSON.std.asString(request), true).get(LIMIT, TimeUnit.SECONDS);
        return answer.get(LIMIT, TimeUnit.SECONDS);
    }

    @Override
    @SuppressWarnings("unchecked")
    public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean last) {
        message.append(part);
        if (last) {
            try {
                final Map<String, Object> told = JSON.std.mapFrom(message.toString());
                if (told.get("id") instanceof Integer id) {
                    answers.remove(id).complete((Map<String, Object>) told.getOrDefault("result", told));
                } else if (List.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded").contains(told.get("method"))) {
                    complaints.add(message.toString());
                }
            } catch (final IOException e) {
                complaints.add("not understood: " + message);
            }
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        process.close();
    }
}
