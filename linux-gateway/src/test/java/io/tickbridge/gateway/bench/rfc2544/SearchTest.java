package io.tickbridge.gateway.bench.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.bench.wire.Load;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The searches find what a device was built to hold. */
class SearchTest {
    private static final long SECOND = 1_000_000_000;
    private static final double HIGHEST = 100_000;
    private static final double RESOLUTION = 0.01;
    private static final int ONE_SLOT = 1;
    /** Enough that frames lost are those beyond the capacity, and hardly one more. */
    private static final int SOME_SLOTS = 50;

    @ParameterizedTest
    @ValueSource(doubles = {1_700, 20_000, 33_333, 77_777, 99_000})
    void throughputIsTheDevicesCapacityWithinTheResolution(final double capacity) {
        final SimulatedDevice device = new SimulatedDevice(capacity, ONE_SLOT, HIGHEST);

        final Throughput found = new ThroughputSearch(device, SECOND, RESOLUTION, 0).run(64, HIGHEST);

        assertTrue(found.framesPerSecond() <= capacity * 1.0001, found.toString());
        assertTrue(found.framesPerSecond() > capacity - HIGHEST * RESOLUTION, found.toString());
        assertFalse(found.isBoundedBySender());
        assertEquals(device.loads.size(), found.trials());
        assertTrue(found.trials() <= 8, "a binary search to 1 % takes at most 8 steps: " + found);
    }

    @Test
    void aDeviceThatHoldsAllThatCanBeOfferedIsSaidToBeBoundedByTheSender() {
        final SimulatedDevice device = new SimulatedDevice(2 * HIGHEST, ONE_SLOT, HIGHEST);

        final Throughput found = new ThroughputSearch(device, SECOND, RESOLUTION, 0).run(64, HIGHEST);

        assertEquals(HIGHEST, found.framesPerSecond(), 1);
        assertTrue(found.isBoundedBySender());
        assertEquals(1, found.trials());
    }

    @Test
    void aDeviceThatHoldsNothingHasNoThroughput() {
        final SimulatedDevice device = new SimulatedDevice(1, ONE_SLOT, HIGHEST);

        assertEquals(0, new ThroughputSearch(device, SECOND, RESOLUTION, 0).run(64, HIGHEST).framesPerSecond());
    }

    @Test
    void whatASenderDidNotReachIsNotClaimed() {
        final SimulatedDevice device = new SimulatedDevice(2 * HIGHEST, ONE_SLOT, HIGHEST / 2);

        assertEquals(HIGHEST / 2, new ThroughputSearch(device, SECOND, RESOLUTION, 0).run(64, HIGHEST).framesPerSecond(), 1);
    }

    /** A device that loses nothing up to a rate, and a sender that above another sends a tenth less than that. */
    private static Throughput search(final double holds, final double keepsPace, final boolean losesBehind) {
        final SimulatedDevice lossless = new SimulatedDevice(2 * HIGHEST, ONE_SLOT, HIGHEST);
        final SimulatedDevice slow = new SimulatedDevice(2 * HIGHEST, ONE_SLOT, 0.9 * keepsPace);
        final Device device = load -> {
            final boolean isBehind = load.framesPerSecond() > keepsPace;
            lossless.disturbances = 0;
            slow.disturbances = 0;
            if (isBehind && losesBehind) {
                slow.disturbances = 1;
            } else if (!isBehind && load.framesPerSecond() > holds) {
                lossless.disturbances = 1;
            }
            return isBehind ? slow.run(load) : lossless.run(load);
        };
        return new ThroughputSearch(device, SECOND, RESOLUTION, 1).run(64, HIGHEST);
    }

    @Test
    void aSenderThatFallsBehindEndsTheSearchWithWhatItSent() {
        final Throughput found = search(HIGHEST, 60_000, false);
        assertEquals(54_000, found.framesPerSecond(), 1);
        assertTrue(found.isBoundedBySender());
        assertEquals(2, found.trials(), "one repetition, and no search above or below a rate that nobody could offer");
    }

    @Test
    void whatIsLostWhileTheSenderCatchesUpIsNotTheDevices() {
        final Throughput found = search(HIGHEST, 60_000, true);
        assertTrue(found.framesPerSecond() > 60_000 - HIGHEST * RESOLUTION && found.framesPerSecond() <= 60_000, found.toString());
        assertTrue(found.isBoundedBySender());
        final Throughput device = search(40_000, 60_000, true);
        assertTrue(device.framesPerSecond() > 40_000 - HIGHEST * RESOLUTION && device.framesPerSecond() <= 40_000, device.toString());
        assertFalse(device.isBoundedBySender(), "it lost frames that were sent in time");
    }

    @Test
    void ofTrialsThatFellBehindTheFastestThatWasSentCounts() {
        final double[] sent = {70_000, 90_000, 80_000};
        final int[] trial = {0};
        final Throughput found = new ThroughputSearch(
                load -> new SimulatedDevice(2 * HIGHEST, ONE_SLOT, sent[trial[0]++]).run(load), SECOND, RESOLUTION, 2).run(64, HIGHEST);
        assertEquals(90_000, found.framesPerSecond(), 1);
        assertTrue(found.isBoundedBySender());
    }

    @Test
    void aPercentileWithFewerThanTenFramesAboveItIsNotQuoted() {
        final SimulatedDevice device = new SimulatedDevice(2 * HIGHEST, ONE_SLOT, HIGHEST);
        final Latency few = Latency.of(100, device.run(Load.burst(64, 9_999)));
        assertEquals(List.of(50.0, 90.0, 99.0, 100.0), few.percentiles().stream().map(Latency.Percentile::percent).toList());
        assertTrue(few.at(99.9).isEmpty());
        final Latency enough = Latency.of(100, device.run(Load.burst(64, 10_000)));
        assertEquals(List.of(50.0, 90.0, 99.0, 99.9, 100.0), enough.percentiles().stream().map(Latency.Percentile::percent).toList());
    }

    @Test
    void aLossThatDoesNotRepeatDoesNotCountWhenLossIsVerified() {
        final double capacity = 60_000;
        final SimulatedDevice verified = new SimulatedDevice(capacity, ONE_SLOT, HIGHEST);
        verified.run(Load.paced(64, 1, SECOND));
        verified.disturbances = 3; // of the trials at 100 %, 100 % again, and 50 %
        final SimulatedDevice unverified = new SimulatedDevice(capacity, ONE_SLOT, HIGHEST);
        unverified.disturbances = 2; // of the trials at 100 % and 50 %

        final double found = new ThroughputSearch(verified, SECOND, RESOLUTION, 1).run(64, HIGHEST).framesPerSecond();
        final double missed = new ThroughputSearch(unverified, SECOND, RESOLUTION, 0).run(64, HIGHEST).framesPerSecond();

        assertTrue(found > capacity - HIGHEST * RESOLUTION && found <= capacity * 1.0001, "found " + found);
        assertTrue(missed <= HIGHEST / 2, "found " + missed);
    }

    @Test
    void theLossCurveGoesDownByTenPercentUntilTwoRatesLoseNothing() {
        final SimulatedDevice device = new SimulatedDevice(75_000, SOME_SLOTS, HIGHEST);

        final List<LossPoint> points = LossCurve.run(device, 64, HIGHEST, SECOND);

        assertEquals(List.of(100, 90, 80, 70, 60), points.stream().map(LossPoint::percent).toList());
        assertEquals(25, points.get(0).lossPercent(), 0.1);
        assertEquals(100 * (1 - 75.0 / 90), points.get(1).lossPercent(), 0.1);
        assertEquals(100 * (1 - 75.0 / 80), points.get(2).lossPercent(), 0.1);
        assertEquals(0, points.get(3).lossPercent());
        assertEquals(0, points.get(4).lossPercent());
    }

    @Test
    void theLossCurveEndsAtTenPercentWhateverIsLost() {
        assertEquals(10, LossCurve.run(new SimulatedDevice(10, ONE_SLOT, HIGHEST), 64, HIGHEST, SECOND).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500, 4_096})
    void theLongestBurstIsTheBuffersWhenNothingDrainsIt(final int buffer) {
        final SimulatedDevice device = new SimulatedDevice(0, buffer, HIGHEST);

        final BackToBack found = new BackToBackSearch(device, RESOLUTION, 3).run(64, 10_000);

        assertTrue(found.frames() <= buffer, found.toString());
        assertTrue(buffer - found.frames() <= Math.max(1, buffer * RESOLUTION), found.toString());
        assertEquals(found.frames(), found.shortest());
        assertFalse(found.isUnlimited());
    }

    @Test
    void aBurstThatAlwaysArrivesWholeIsSaidToBeUnlimited() {
        final BackToBack found =
                new BackToBackSearch(new SimulatedDevice(2 * HIGHEST, ONE_SLOT, HIGHEST), RESOLUTION, 2).run(64, 10_000);

        assertEquals(10_000, found.frames());
        assertTrue(found.isUnlimited());
        assertEquals(2, found.repetitions());
    }
}
