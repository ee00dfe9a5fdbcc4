package io.tickbridge.gateway.bench.wire;

/**
 * What one trial sends.
 *
 * @param frameSize       bytes of each frame, with check sequence
 * @param framesPerSecond the pace; {@link #UNPACED} for as fast as the sender can
 * @param frames          how many, at most
 * @param longest         ns after which the sender gives up, however many are left
 */
public record Load(int frameSize, double framesPerSecond, int frames, long longest) {
    /** As fast as the sender can. */
    public static final double UNPACED = Double.POSITIVE_INFINITY;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int PATIENCE = 2;

    /**
     * A load.
     *
     * @throws IllegalArgumentException when the frame is none of Ethernet's, or there is nothing to send
     */
    public Load {
        if (frameSize < TestFrame.SMALLEST || frameSize > TestFrame.LARGEST) {
            throw new IllegalArgumentException("frame size: found " + frameSize + " bytes, allowed: "
                    + TestFrame.SMALLEST + " to " + TestFrame.LARGEST);
        }
        if (!(framesPerSecond > 0) || frames < 1) {
            throw new IllegalArgumentException(
                    "nothing to send: " + frames + " frames at " + framesPerSecond + " a second");
        }
    }

    /**
     * A pace kept for some time; a sender that falls behind may take twice as long.
     *
     * @param frameSize       bytes of each frame, with check sequence
     * @param framesPerSecond the pace
     * @param nanos           how long
     * @return the load
     */
    public static Load paced(final int frameSize, final double framesPerSecond, final long nanos) {
        final double frames = framesPerSecond * nanos / NANOS_PER_SECOND;
        return new Load(frameSize, framesPerSecond, (int) Math.max(1, Math.min(Integer.MAX_VALUE, frames)), PATIENCE * nanos);
    }

    /**
     * As many frames as the sender can send in some time.
     *
     * @param frameSize bytes of each frame, with check sequence
     * @param nanos     how long
     * @return the load
     */
    public static Load flood(final int frameSize, final long nanos) {
        return new Load(frameSize, UNPACED, Integer.MAX_VALUE, nanos);
    }

    /**
     * A burst with no pause between its frames.
     *
     * @param frameSize bytes of each frame, with check sequence
     * @param frames    how many
     * @return the load
     */
    public static Load burst(final int frameSize, final int frames) {
        return new Load(frameSize, UNPACED, frames, Long.MAX_VALUE);
    }
}
