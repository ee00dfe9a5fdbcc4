package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.SourceCounts;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** What readers of all formats have in common: the current frame, and how the file ended. */
abstract class FrameCursor implements CaptureReader {
    /** Most bytes of a frame; libpcap's own bound for Ethernet. More means that the length is garbage. */
    static final int MAX_FRAME = 262_144;

    final CaptureWindow window;
    private final SourceCounts counts;
    private int offset;
    private int length;
    private long timestamp;
    private int port;
    private boolean ended;
    private String truncation;

    FrameCursor(final CaptureWindow window, final SourceCounts counts) {
        this.window = window;
        this.counts = counts;
    }

    /** Moves on; calls {@link #end} or {@link #cut} before it returns false. */
    abstract boolean advance();

    @Override
    public final boolean next() {
        if (ended) {
            return false;
        }
        // What throws has come to its end too: a caller that asks again does not get the same failure for ever.
        ended = true;
        final boolean found = advance();
        ended = !found;
        return found;
    }

    /**
     * Takes the frame that lies in the window, unless the capture kept only its beginning.
     *
     * @return whether it is to be handed over
     */
    final boolean take(
            final int frameOffset, final int captured, final int original, final long time, final int onPort) {
        if (Integer.compareUnsigned(captured, original) < 0) {
            counts.frameTruncated();
            return false;
        }
        offset = frameOffset;
        length = captured;
        timestamp = time;
        port = onPort;
        return true;
    }

    /** Refuses a captured length that no capture can have. */
    final void checkLengths(final long at, final int captured, final int original) {
        if (Integer.compareUnsigned(captured, MAX_FRAME) > 0 || captured == 0 && original == 0) {
            throw window.invalid(at, "a captured length of " + Integer.toUnsignedString(captured)
                    + " for a frame of " + Integer.toUnsignedString(original),
                    "1 to " + MAX_FRAME + "; the file is damaged from here on");
        }
    }

    /** The file ends here; before a record, as it should, or inside one. */
    final boolean end() {
        if (window.available() > 0 || window.isCutBelow()) {
            return cut(window.fileOffset());
        }
        return false;
    }

    /** The file ends inside the record that began here. */
    final boolean cut(final long recordOffset) {
        counts.frameTruncated();
        truncation = window.file() + ": cut short inside the record at byte " + recordOffset
                + (window.isCutBelow() ? ": the gzip stream ends before its end mark" : "");
        return false;
    }

    @Override
    public final DirectBuffer buffer() {
        return window.buffer();
    }

    @Override
    public final int offset() {
        return offset;
    }

    @Override
    public final int length() {
        return length;
    }

    @Override
    public final long timestamp() {
        return timestamp;
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final Optional<String> truncation() {
        return Optional.ofNullable(truncation);
    }

    @Override
    public final void close() {
        ended = true;
        window.close();
    }
}
