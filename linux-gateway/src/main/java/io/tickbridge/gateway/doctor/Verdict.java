package io.tickbridge.gateway.doctor;

/** How much a finding matters. */
public enum Verdict {
    /** As it should be. */
    OK("ok"),
    /** The gateway runs, and slower or less evenly than it could. */
    ADVICE("advice"),
    /** What the configuration asks for cannot work so. */
    FAIL("FAIL"),
    /** It could not be found out; the finding says why. */
    UNKNOWN("unknown"),
    /** Nothing to judge: the machine or the configuration has no such thing. */
    NOT_HERE("-");

    private final String label;

    Verdict(final String label) {
        this.label = label;
    }

    /**
     * For people and tools.
     *
     * @return one word
     */
    public String label() {
        return label;
    }
}
