package io.tickbridge.gateway.recovery;

/** Ends a snapshot that the receive thread has no use for. */
final class SnapshotUnwanted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotUnwanted() {
        super(null, null, false, false);
    }
}
