package io.tickbridge.gateway.export;

/** Hears how far an export is. Called on the thread that exports. */
@FunctionalInterface
public interface ExportListener {
    /**
     * Something that a person is to know.
     *
     * @param line without the name of the program
     */
    void onNotice(String line);

    /**
     * Another record of the journal was read. Called for each of them, so it has to be quick.
     *
     * @param done  records read so far; more than {@code total} while a gateway writes
     * @param total records that were in the journal when the export began
     */
    default void onProgress(final long done, final long total) {
        // Whoever shows no progress needs none.
    }
}
