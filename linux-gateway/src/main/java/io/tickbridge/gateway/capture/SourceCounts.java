package io.tickbridge.gateway.capture;

/**
 * What a source received and lost. Written by the receive thread with ordered stores, read by any thread.
 */
public final class SourceCounts {
    private static final java.lang.invoke.VarHandle RECEIVED = handle("received");
    private static final java.lang.invoke.VarHandle TRUNCATED = handle("truncated");
    private static final java.lang.invoke.VarHandle DROPPED = handle("dropped");

    private long received;
    private long truncated;
    private long dropped;

    /** One frame was handed over. */
    public void frameReceived() {
        RECEIVED.setOpaque(this, received + 1);
    }

    /** One frame was there but cut short, and was not handed over. */
    public void frameTruncated() {
        TRUNCATED.setOpaque(this, truncated + 1);
    }

    /**
     * The layer below says that it dropped frames before they could be polled.
     *
     * @param total its running total
     */
    public void droppedBelow(final long total) {
        DROPPED.setOpaque(this, total);
    }

    /**
     * Frames handed over.
     *
     * @return running total
     */
    public long received() {
        return (long) RECEIVED.getOpaque(this);
    }

    /**
     * Frames found cut short.
     *
     * @return running total
     */
    public long truncated() {
        return (long) TRUNCATED.getOpaque(this);
    }

    /**
     * Frames that the kernel or the NIC dropped before they could be polled.
     *
     * @return running total
     */
    public long dropped() {
        return (long) DROPPED.getOpaque(this);
    }

    private static java.lang.invoke.VarHandle handle(final String field) {
        try {
            return java.lang.invoke.MethodHandles.lookup().findVarHandle(SourceCounts.class, field, long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
