package io.tickbridge.gateway.bench;

/** What frames are appended to while it is measured. */
interface AppendTarget extends AutoCloseable {
    /** Appends one frame, or hands it to who does. */
    void append(long number);

    /** Frames that are in the queue. */
    long written();

    /** Frames that never will be. */
    long lost();

    /** Processor time of the thread that appends, ns. */
    long appenderCpu();

    @Override
    void close();
}
