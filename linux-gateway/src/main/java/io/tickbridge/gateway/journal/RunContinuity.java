package io.tickbridge.gateway.journal;

/**
 * Tells by the records' numbers whether what follows a damage belongs to the same run. Each run counts its records from 0, so
 * that a run whose start lies in the damage may seem to go on with the numbers of the one before. It can only when start and all
 * records before the next sound one had room in the bytes that are gone.
 */
final class RunContinuity {
    private static final long NUMBER_MASK = 0xffff_ffffL;
    private static final int NO_RUN_SEEN = -1;
    /** Prefix and header, which every record has. */
    private static final int LEAST_RECORD = Integer.BYTES + RecordLayout.HEADER_LENGTH;
    /** And for a run's start a SHA-256 as text, and the names of seven fields. */
    private static final int LEAST_START = LEAST_RECORD + 64 + 72;

    private long expected = NO_RUN_SEEN;
    private long lostBytes;
    private boolean lostUnknown;

    /** What a sound record is to the one before it. */
    enum Verdict {
        /** It follows. */
        NEXT,
        /** Records of its run are missing before it. */
        AFTER_MISSING,
        /** It may be of another run than the one before. */
        OF_UNKNOWN_RUN
    }

    /** One record was damaged, no more. */
    void lostOne(final long bytes) {
        lostBytes += bytes;
        expected = hasRun() ? expected + 1 & NUMBER_MASK : NO_RUN_SEEN;
    }

    /** Bytes that any number of records may have lain in. */
    void lost(final long bytes) {
        lostBytes += bytes;
        lostUnknown = true;
    }

    /** Nobody knows how many. */
    void lostEnd() {
        lost(Long.MAX_VALUE / 2 - lostBytes);
    }

    boolean hasRun() {
        return expected != NO_RUN_SEEN;
    }

    /** Number that the next record is to have. */
    long expected() {
        return expected;
    }

    Verdict next(final long number, final boolean startsRun) {
        final Verdict verdict = startsRun ? Verdict.NEXT : verdict(number);
        expected = number + 1 & NUMBER_MASK;
        lostBytes = 0;
        lostUnknown = false;
        return verdict;
    }

    private Verdict verdict(final long number) {
        if (!lostUnknown) {
            return number == expected ? Verdict.NEXT : Verdict.OF_UNKNOWN_RUN;
        }
        final boolean sameFits = hasRun() && number >= expected;
        final boolean anotherFits = LEAST_START + (number - 1) * LEAST_RECORD <= lostBytes;
        return !sameFits || anotherFits ? Verdict.OF_UNKNOWN_RUN : number == expected ? Verdict.NEXT : Verdict.AFTER_MISSING;
    }
}
