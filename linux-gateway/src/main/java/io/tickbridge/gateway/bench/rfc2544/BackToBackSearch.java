package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;

/**
 * Back-to-back frames (RFC 2544, 26.4): the longest burst, sent without a pause between frames, of which none is lost.
 * Found by binary search, several times over, and averaged.
 */
final class BackToBackSearch {
    private final Device device;
    private final double resolution;
    private final int repetitions;

    /**
     * A search.
     *
     * @param device      what is searched
     * @param resolution  where a search ends, as a share of the burst found so far
     * @param repetitions searches to average
     */
    BackToBackSearch(final Device device, final double resolution, final int repetitions) {
        this.device = device;
        this.resolution = resolution;
        this.repetitions = repetitions;
    }

    /**
     * Searches.
     *
     * @param frameSize bytes, with check sequence
     * @param limit     frames of the longest burst to try
     * @return what was found
     */
    BackToBack run(final int frameSize, final int limit) {
        long sum = 0;
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < repetitions; i++) {
            final int longest = search(frameSize, limit);
            sum += longest;
            shortest = Math.min(shortest, longest);
        }
        return new BackToBack((double) sum / repetitions, shortest, shortest == limit, repetitions);
    }

    private int search(final int frameSize, final int limit) {
        if (device.run(Load.burst(frameSize, limit)).isLossless()) {
            return limit;
        }
        int whole = 0;
        int broken = limit;
        while (broken - whole > Math.max(1, resolution * whole)) {
            final int burst = whole + (broken - whole) / 2;
            if (device.run(Load.burst(frameSize, burst)).isLossless()) {
                whole = burst;
            } else {
                broken = burst;
            }
        }
        return whole;
    }
}
