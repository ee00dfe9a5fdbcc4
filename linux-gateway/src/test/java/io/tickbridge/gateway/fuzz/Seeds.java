package io.tickbridge.gateway.fuzz;

import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.file.CaptureReader;
import io.tickbridge.gateway.filter.OpenFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Where fuzzing begins: real captures, which lie beside the repository. Read when the test runs, and nothing where they are
 * absent: then the target starts from what was written by hand.
 */
public final class Seeds {
    /** CME MDP 3.0, lines A and B. */
    public static final String CME = "cme-mdp3-v6-ch340-ab.pcapng";
    /** IEX DEEP 1.0. */
    public static final String IEX_DEEP = "iex-deep10-20170425.pcap.gz";
    /** IEX TOPS 1.6. */
    public static final String IEX_TOPS = "iex-tops16-20170710.pcap.gz";
    /** Nasdaq TotalView-ITCH 5.0. */
    public static final String ITCH = "nasdaq-itch50-messages.pcap";

    private static final Path CAPTURES = Path.of(System.getProperty("tickbridge.root", "..")).resolve("../shared/data/captures");

    private Seeds() {
    }

    /** A frame of a capture, and the payload of its datagram; null when it has none. */
    public record Captured(byte[] frame, byte[] payload) {
    }

    /** The whole of a capture, or nothing where it is absent. */
    public static Stream<byte[]> file(final String capture) {
        final Path file = CAPTURES.resolve(capture);
        try {
            return Files.exists(file) ? Stream.of(Files.readAllBytes(file)) : Stream.empty();
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Frames of a capture, every so many; none where it is absent. */
    public static List<Captured> frames(final String capture, final int every, final int most) {
        final Path file = CAPTURES.resolve(capture);
        final List<Captured> frames = new ArrayList<>();
        if (Files.exists(file)) {
            final OpenFilter filter = new OpenFilter(false);
            try (CaptureReader reader = CaptureFiles.reader(file, new SourceCounts())) {
                for (int i = 0; frames.size() < most && reader.next(); i++) {
                    if (i % every == 0) {
                        final byte[] frame = new byte[reader.length()];
                        reader.buffer().getBytes(reader.offset(), frame);
                        final boolean udp = filter.accept(reader.buffer(), reader.offset(), reader.length());
                        final byte[] payload = udp ? new byte[filter.frame().payloadLength()] : null;
                        if (udp) {
                            reader.buffer().getBytes(filter.frame().payloadOffset(), payload);
                        }
                        frames.add(new Captured(frame, payload));
                    }
                }
            }
        }
        return frames;
    }

    /** Payloads of a capture, every so many. */
    public static List<byte[]> payloads(final String capture, final int every, final int most) {
        return frames(capture, every, most).stream().map(Captured::payload).filter(payload -> payload != null).toList();
    }

    /** Inputs of so many pieces each, with the same control byte. */
    public static Stream<byte[]> rows(final List<byte[]> pieces, final int control, final int length) {
        return IntStream.range(0, (pieces.size() + length - 1) / length).mapToObj(row -> Piece.join(pieces
                .subList(row * length, Math.min(pieces.size(), (row + 1) * length)).stream()
                .map(bytes -> new Piece(control, bytes)).toList()));
    }

    /** Inputs as arguments of a test, with names that do not spell them out. */
    public static Stream<Arguments> named(final Stream<byte[]> inputs) {
        final int[] count = {0};
        return inputs.map(input -> Arguments.of(Named.of("seed " + ++count[0] + ", " + input.length + " bytes", input)));
    }
}
