package io.tickbridge.integration;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSettings;
import io.tickbridge.gateway.capture.burst.BurstSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * A process of its own, inside a network namespace, that receives through AF_XDP as it is told on standard input, and answers
 * each order with one line. Arguments: the source's settings, {@code key=value}.
 *
 * <pre>
 * receive N FILE   polls until N frames came, writes them into a file, hexadecimal   received N
 * touch N          polls until N frames came, reads each one's EtherType             touched N, bytes allocated, ns
 * counts           asks the layers below                                             received=N bursts=N KIND.NAME=N ...
 * fault            polls until the source fails                                      its message
 * close            closes the source                                                 closed
 * </pre>
 */
final class XdpChild {
    private static final int BURST = 64; // the gateway's default
    private static final long LIMIT = 180; // seconds; only what never comes takes so long
    private static final int ETHER_TYPE = 12; // IEEE 802.3: after two addresses

    private final PacketSource source;
    private int handed;
    private long etherTypes;

    private XdpChild(final PacketSource source) {
        this.source = source;
    }

    public static void main(final String[] settings) throws IOException {
        final BurstSettings all = new BurstSettings();
        for (final String setting : settings) {
            all.with(setting.substring(0, setting.indexOf('=')), (Object) setting.substring(setting.indexOf('=') + 1));
        }
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
                PacketSource opened = BurstSource.open(Backend.AFXDP, all, new OffsetEpochNanoClock())) {
            answer("open " + opened.describe());
            new XdpChild(opened).obey(orders);
        } catch (final CaptureException e) {
            answer("refused " + e.getMessage());
        }
    }

    private void obey(final BufferedReader orders) throws IOException {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            final String[] words = order.split(" ", 3);
            answer(switch (words[0]) {
                case "receive" -> receive(Integer.parseInt(words[1]), Path.of(words[2]));
                case "touch" -> touch(Integer.parseInt(words[1]));
                case "counts" -> counts();
                case "poll" -> poll(Integer.parseInt(words[1]));
                case "fault" -> fault();
                case "close" -> close();
                default -> throw new IllegalArgumentException(order);
            });
        }
    }

    private String receive(final int frames, final Path file) throws IOException {
        final List<String> lines = new ArrayList<>();
        final int polled = pollUntil(frames, (buffer, offset, length, time, port) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            lines.add(HexFormat.of().formatHex(bytes));
        });
        Files.write(file, lines);
        return "received " + polled + (polled < frames ? ", no more within " + LIMIT + " s; " + counts() : "");
    }

    private String touch(final int frames) {
        final FrameHandler handler = (buffer, offset, length, time, port) -> etherTypes += buffer.getShort(offset + ETHER_TYPE);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Waits for the first before it measures.
        handed = pollUntil(1, handler);
        final long bytes = threads.getCurrentThreadAllocatedBytes();
        final long began = System.nanoTime();
        final long limit = began + TimeUnit.SECONDS.toNanos(LIMIT);
        while (handed < frames && System.nanoTime() < limit) {
            handed += source.poll(handler, BURST);
        }
        final long ended = System.nanoTime();
        return "touched " + handed + ' ' + (threads.getCurrentThreadAllocatedBytes() - bytes) + ' ' + (ended - began);
    }

    private int pollUntil(final int frames, final FrameHandler handler) {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        int polled = 0;
        while (polled < frames && System.nanoTime() < end) {
            polled += source.poll(handler, Math.min(BURST, frames - polled));
        }
        return polled;
    }

    private String counts() {
        source.refreshCounts();
        final StringBuilder line = new StringBuilder("received=" + source.counts().received()
                + " bursts=" + source.counts().bursts() + " dropped=" + source.counts().dropped());
        for (int i = 0; i < source.counts().figures().size(); i++) {
            final SourceFigure figure = source.counts().figures().get(i);
            line.append(' ').append(figure.kind().name().toLowerCase(Locale.ROOT)).append('.').append(figure.name())
                    .append('=').append(source.counts().total(i));
        }
        return line.toString();
    }

    private String poll(final int times) {
        for (int i = 0; i < times; i++) {
            source.poll((buffer, offset, length, time, port) -> { }, BURST);
        }
        return "polled";
    }

    /** Asks for the counts before each poll: that is when the source looks at its interface. */
    private String fault() {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        try {
            while (System.nanoTime() < end) {
                source.refreshCounts();
                source.poll((buffer, offset, length, time, port) -> { }, BURST);
            }
            return "no fault within " + LIMIT + " s";
        } catch (final CaptureException e) {
            return e.getMessage();
        }
    }

    private String close() {
        source.close();
        return "closed";
    }

    private static void answer(final String line) {
        System.out.println("> " + line);
        System.out.flush();
    }
}
