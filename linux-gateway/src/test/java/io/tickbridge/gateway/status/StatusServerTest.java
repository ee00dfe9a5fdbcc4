package io.tickbridge.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.ops.PublishedFigures;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the endpoint lets others cost: those who ask and do not read, who do not go, who are many. */
final class StatusServerTest {
    /** As many as a gateway with a few feeds and add-ons has. */
    private static final int FIGURES = 700;
    private static final int PATIENCE = 1_000; // ms
    private static final int SMALL = 4096; // bytes of a reader's buffer

    @TempDir
    private Path directory;
    /** The clock is asked once for each answer that is made up. */
    private final AtomicLong answers = new AtomicLong();
    private final PublishedFigures published = new PublishedFigures(FIGURES);
    private final Examination examination = new Examination(List::of, () -> 0);
    private StatusContent content;
    private StatusServer server;

    @BeforeEach
    void start() throws IOException {
        published.name(IntStream.range(0, FIGURES).mapToObj(i -> "feed.channel-" + i / 20 + ".figure-" + i % 20).toList());
        final int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        final GatewayConfig config = ConfigReader.read(Files.writeString(directory.resolve("gateway.yaml"), """
                name: watched
                capture: {source: udp}
                status: {port: %d, pages: 2}
                feeds:
                  - name: es
                    protocol: cme-mdp3
                    market-depth: 10
                    lines: [{group: 224.0.31.1, port: 14310, interface: lo}]
                journal: {enabled: false}
                """.formatted(port)));
        content = new StatusContent(config, "1", published, examination, answers::incrementAndGet);
        server = new StatusServer(config, "1", published, examination, answers::incrementAndGet, PATIENCE);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoAsksAndAsksAndReadsNothingIsAnsweredAsFarAsHisBuffersGoAndThenCutOff() throws Exception {
        final byte[] request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (SocketChannel channel = connect()) {
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    channel.write(ByteBuffer.wrap(request));
                }
            }, "ten million requests were taken");
        }
        // What the kernel holds for both sides is some MB, an answer some 60 KB.
        assertTrue(answers.get() < 1_000, () -> answers + " answers were made up for somebody who reads none");
        assertEquals(200, get("/metrics").statusCode());
    }

    @Test
    void aPageThatTakesNothingIsClosedAndOthersGoOn() throws Exception {
        try (SocketChannel stuck = connect(); Socket reader = new Socket("127.0.0.1", server.port())) {
            stuck.write(ByteBuffer.wrap("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            reader.getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            final InputStream in = reader.getInputStream();
            final byte[] some = new byte[1 << 16];
            boolean both = false;
            // It reads on until the other one is gone.
            while (!both || server.pages() != 1) {
                both |= server.pages() == 2;
                assertTrue(in.read(some) > 0, "the page that reads was closed");
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnceByTheOneThread() throws Exception {
        final List<Socket> sockets = new ArrayList<>();
        try {
            // Two pages and 32 others.
            for (int i = 0; i < 34; i++) {
                sockets.add(new Socket("127.0.0.1", server.port()));
                assertEquals("HTTP/1.1", askedOn(sockets.get(i)));
            }
            for (int i = 0; i < 10; i++) {
                try (Socket beyond = new Socket("127.0.0.1", server.port())) {
                    assertEquals(-1, beyond.getInputStream().read());
                }
            }
            for (final Socket socket : sockets) {
                assertEquals("HTTP/1.1", askedOn(socket));
            }
            assertEquals(1, Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("status-http")).count());
        } finally {
            for (final Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aSecondRequestOnAPageEndsIt() throws Exception {
        try (Socket page = new Socket("127.0.0.1", server.port())) {
            page.setSoTimeout(60_000);
            page.getOutputStream().write(("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            final String all = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(all.contains("event: figures") && !all.contains("# TYPE"), all);
        }
    }

    /** 64 MiB of heap are what a gateway begins with: a scrape takes a small part of it. */
    @Test
    void aScrapeAllocatesLittle() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20; i++) {
            content.metrics();
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            content.metrics();
        }
        final long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
        assertTrue(bytes < 1 << 20, () -> "a scrape of " + FIGURES + " figures allocates " + bytes + " bytes");
    }

    private SocketChannel connect() throws IOException {
        final SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        channel.connect(new InetSocketAddress("127.0.0.1", server.port()));
        return channel;
    }

    private static String askedOn(final Socket socket) throws IOException {
        socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        final StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            final int next = socket.getInputStream().read();
            assertTrue(next >= 0, () -> "closed after: " + answer);
            answer.append((char) next);
        }
        return answer.substring(0, "HTTP/1.1".length());
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
