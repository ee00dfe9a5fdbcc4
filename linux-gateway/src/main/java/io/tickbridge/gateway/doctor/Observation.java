package io.tickbridge.gateway.doctor;

/**
 * What a check saw.
 *
 * @param verdict how much it matters
 * @param found   what there is
 * @param wanted  what there should be; empty when nothing is to be done
 * @param mend    command or setting that changes it; empty when nothing is to be done
 */
record Observation(Verdict verdict, String found, String wanted, String mend) {

    static Observation ok(final String found) {
        return new Observation(Verdict.OK, found, "", "");
    }

    static Observation advice(final String found, final String wanted, final String mend) {
        return new Observation(Verdict.ADVICE, found, wanted, mend);
    }

    static Observation fail(final String found, final String wanted, final String mend) {
        return new Observation(Verdict.FAIL, found, wanted, mend);
    }

    static Observation unknown(final String found, final String mend) {
        return new Observation(Verdict.UNKNOWN, found, "", mend);
    }

    static Observation notHere(final String found) {
        return new Observation(Verdict.NOT_HERE, found, "", "");
    }

    /** Fails where the configuration needs it, and is advice otherwise. */
    static Observation missing(final boolean needed, final String found, final String wanted, final String mend) {
        return new Observation(needed ? Verdict.FAIL : Verdict.ADVICE, found, wanted, mend);
    }
}
