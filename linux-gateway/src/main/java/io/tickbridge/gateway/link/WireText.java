package io.tickbridge.gateway.link;

/** Text between people and the wire: SPECIFICATION.md, section 1. Cold path. */
final class WireText {
    private static final String CUT = "...";

    private WireText() {
    }

    /**
     * What fits a field of so many characters; cut text ends in three points. Other than printable ASCII becomes
     * {@code ?}.
     */
    static String fit(final String text, final int length) {
        final String printable = printable(text);
        return printable.length() <= length ? printable : printable.substring(0, length - CUT.length()) + CUT;
    }

    /** Text that a peer sent, safe to put into a log. */
    static String printable(final String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
