package io.tickbridge.gateway.doctor;

import java.util.Optional;

/** What a machine's kernel says of its clock. */
@FunctionalInterface
public interface KernelClock {
    /** This machine's, by adjtimex(2). */
    KernelClock MACHINE = AdjtimexCall::ask;

    /**
     * Its state.
     *
     * @return the state; empty when it is not told
     */
    Optional<State> state();

    /**
     * As whoever keeps the clock told the kernel.
     *
     * @param synchronised      false when nobody has told it so for long (STA_UNSYNC)
     * @param largestErrorMicros bound of the error, us; grows by 500 us a second until somebody sets it
     */
    record State(boolean synchronised, long largestErrorMicros) {
        /**
         * As it is recorded: two words.
         *
         * @return text for {@link #parse}
         */
        public String text() {
            return (synchronised ? "synchronised " : "unsynchronised ") + largestErrorMicros;
        }

        /**
         * Reads what {@link #text} wrote.
         *
         * @param text two words
         * @return the state; empty for another text
         */
        public static Optional<State> parse(final String text) {
            return Optional.of(text.strip()).filter(words -> words.matches("(un)?synchronised \\d{1,18}")).map(words ->
                    new State(words.startsWith("s"), Long.parseLong(words.substring(words.indexOf(' ') + 1))));
        }
    }
}
