package io.tickbridge.gateway.capture;

/**
 * Something that the layer below a source counts: the kernel, the driver, the NIC.
 *
 * @param kind what its number means
 * @param name lower case letters, digits and '-'; for logs and `stat`
 */
public record SourceFigure(Kind kind, String name) {

    /** What a figure's number means. */
    public enum Kind {
        /** Frames that were meant for the source and can no longer be had. */
        LOST,
        /** Frames that were found broken below, and so no loss of good data. */
        REFUSED,
        /** Neither; worth seeing. */
        SEEN
    }

    /**
     * A reason why frames are lost.
     *
     * @param name as {@link #name()}
     * @return the figure
     */
    public static SourceFigure lost(final String name) {
        return new SourceFigure(Kind.LOST, name);
    }
}
