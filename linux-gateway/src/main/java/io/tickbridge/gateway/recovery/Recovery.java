package io.tickbridge.gateway.recovery;

/** Something that asks the exchange on a thread of its own, and hands frames to the receive thread. */
public abstract sealed class Recovery implements AutoCloseable permits FeedRecovery, FeedSnapshots {
    Recovery() {
    }

    /** From now on the exchange is asked. */
    public abstract void start();

    /** Where frames wait for the receive thread. */
    abstract RecoveredFrames frames();

    @Override
    public abstract void close();
}
