package io.tickbridge.gateway.export;

import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;

/** One file that frames are written to, in a form of its own. */
interface FrameFile {
    /** Takes a frame, in the journal's order. */
    void onFrame(RunLines lines, DirectBuffer buffer, int offset, int length, long receiveTime, int line) throws IOException;

    /** Hands on what is buffered. */
    void flush() throws IOException;

    /** Whether an export could go on from here, with {@link #counts} and {@link #names} alone, before a frame of that time is taken. */
    boolean isWholeBefore(long receiveTime);

    /** What is counted. */
    List<Long> counts();

    /** What was named, in order. */
    List<String> names();

    /** All frames were taken; answers what could not be written, one line each. */
    List<String> finish() throws IOException;
}
