package io.tickbridge.gateway.journal;

/**
 * A place where the journal is not as it was written.
 *
 * @param file     name of the queue's file
 * @param position byte in the file where the damage begins
 * @param length   bytes left out
 * @param reason   what was found
 * @param endsRun  whether the records that follow may be those of another run, whose start is gone
 */
public record JournalDamage(String file, long position, long length, String reason, boolean endsRun) {
    JournalDamage(final String file, final long position, final long length, final String reason) {
        this(file, position, length, reason, false);
    }

    @Override
    public String toString() {
        return reason + " (" + file + ", byte " + position + ", " + length + " bytes left out)";
    }
}
