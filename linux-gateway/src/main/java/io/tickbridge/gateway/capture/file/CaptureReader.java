package io.tickbridge.gateway.capture.file;

import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Walks the frames of one capture file. Not safe for threads; allocates nothing per frame.
 *
 * <p>A frame of which the capture kept only the beginning (snap length) is counted as truncated and passed over.
 * A file that ends in the middle of a frame ends with the last whole one, {@link #truncation} says so, and that
 * too counts as one truncated frame.
 */
public interface CaptureReader extends AutoCloseable {

    /**
     * Moves on to the next whole frame.
     *
     * @return false at the end of the file; from then on always
     * @throws io.tickbridge.gateway.capture.CaptureException when the file contradicts its format; after that it has
     *                                                        ended
     */
    boolean next();

    /**
     * Memory that holds the frame, valid until the next call of {@link #next}.
     *
     * @return memory of the reader's own
     */
    DirectBuffer buffer();

    /**
     * Where the frame begins.
     *
     * @return index into {@link #buffer}
     */
    int offset();

    /**
     * Bytes of the frame. A frame check sequence, where the capture kept one, is among them; the frame filter
     * takes it for padding.
     *
     * @return at least 1
     */
    int length();

    /**
     * When the frame was captured.
     *
     * @return ns since the Unix epoch
     */
    long timestamp();

    /**
     * On which interface of its section.
     *
     * @return from 0; always 0 in pcap files
     */
    int port();

    /**
     * How the file was cut short, once its end is reached.
     *
     * @return one line that names file and byte; empty when the file ends where a record ends
     */
    Optional<String> truncation();

    /**
     * What the file is.
     *
     * @return "pcap" or "pcapng"
     */
    String format();

    @Override
    void close();
}
