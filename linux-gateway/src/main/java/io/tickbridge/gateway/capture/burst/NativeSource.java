package io.tickbridge.gateway.capture.burst;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One open {@code struct tb_source}. What another thread may call waits for no poll, only for a close: after that the
 * source's memory is gone, and everything here answers as it did last.
 */
final class NativeSource {
    private static final int ERROR_SIZE = 1024;

    private final BackendFunctions functions;
    private final String label;
    private final long[] totals;
    private final SourceFigure[] figures;
    /** Polled by one thread, which is also the one that closes. */
    private long polled;
    /** The same, for the others; under this object's lock. */
    private long shared;
    private TimestampSource lastTimestampSource = TimestampSource.BURST;

    private NativeSource(final String label, final BackendFunctions functions, final long address) {
        this.functions = functions;
        this.label = label;
        this.polled = address;
        this.shared = address;
        this.figures = figures(functions, label, address);
        this.totals = new long[figures.length];
    }

    static NativeSource open(final Backend backend, final BackendFunctions functions, final BurstSettings settings) {
        final byte[] error = new byte[ERROR_SIZE];
        final long address = functions.open(settings.text(), error, ERROR_SIZE);
        if (address == 0) {
            int length = 0;
            while (length < ERROR_SIZE && error[length] != 0) {
                length++;
            }
            throw new CaptureException(
                    backend.label() + ": " + new String(error, 0, length, StandardCharsets.UTF_8), null);
        }
        try {
            return new NativeSource(backend.label(), functions, address);
        } catch (final RuntimeException e) {
            functions.close(address);
            throw e;
        }
    }

    private static SourceFigure[] figures(final BackendFunctions functions, final String label, final long address) {
        final List<SourceFigure> result = new ArrayList<>();
        for (String name = functions.statName(address, 0); name != null; name = functions.statName(address, result.size())) {
            result.add(figure(label, name));
        }
        return result.toArray(SourceFigure[]::new);
    }

    private static SourceFigure figure(final String label, final String name) {
        final int dot = name.indexOf('.') + 1;
        final SourceFigure.Kind kind = switch (name.substring(0, dot)) {
            case "lost." -> SourceFigure.Kind.LOST;
            case "refused." -> SourceFigure.Kind.REFUSED;
            case "seen." -> SourceFigure.Kind.SEEN;
            default -> throw new CaptureException(label + ": its library counts \"" + name
                    + "\", which is neither lost., refused. nor seen.; it was built for another version of the gateway", null);
        };
        return new SourceFigure(kind, name.substring(dot));
    }

    SourceFigure[] figures() {
        return figures;
    }

    /** A closed source has nothing. */
    int poll(final long table, final int limit) {
        return polled == 0 ? 0 : functions.poll(polled, table, limit);
    }

    long cycles() {
        return functions.cycles();
    }

    synchronized void send(final int port, final long frame, final int length) {
        if (shared == 0) {
            throw new CaptureException(label + ": cannot send, the source is closed", null);
        }
        if (functions.send(shared, port, frame, length) != 0) {
            throw new CaptureException(label + ": cannot send: " + functions.text(shared, "error"), null);
        }
    }

    synchronized void refresh(final SourceCounts counts) {
        if (shared != 0) {
            functions.stats(shared, totals, totals.length);
            for (int i = 0; i < totals.length; i++) {
                counts.figure(i, totals[i]);
            }
        }
    }

    synchronized String text(final String topic) {
        final String text = shared == 0 ? "" : functions.text(shared, topic);
        return text == null ? "" : text;
    }

    synchronized TimestampSource timestampSource() {
        if (shared != 0) {
            lastTimestampSource = switch (functions.text(shared, "time")) {
                case "nic" -> TimestampSource.NIC;
                case "nic-unsynced" -> TimestampSource.NIC_UNSYNCED;
                case "kernel" -> TimestampSource.KERNEL;
                default -> TimestampSource.BURST;
            };
        }
        return lastTimestampSource;
    }

    synchronized void close() {
        if (shared != 0) {
            functions.close(shared);
            shared = 0;
            polled = 0;
        }
    }
}
