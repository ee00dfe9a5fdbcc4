package io.tickbridge.gateway.export;

/** Counts the records that an export has read, and tells of each. */
final class Progress {
    private final long total;
    private final ExportListener listener;
    private long done;

    Progress(final long total, final ExportListener listener) {
        this.total = total;
        this.listener = listener;
    }

    void record() {
        listener.onProgress(++done, total);
    }
}
