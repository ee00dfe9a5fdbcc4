using System;

namespace Tickbridge.Core
{
    /// <summary>One comparison of the two clocks. Immutable, so any thread may hold it.</summary>
    public sealed class ClockEstimate
    {
        /// <summary>
        /// Two clocks of 50 ppm each drift apart by 100 µs a second: a 10,000th of the time that passed.
        /// </summary>
        private const long DriftDivisor = 10000;

        public ClockEstimate(long offset, long roundTrip, long error, long takenAt)
        {
            Offset = offset;
            RoundTrip = roundTrip;
            Error = error;
            TakenAt = takenAt;
        }

        /// <summary>Gateway clock minus local clock, ns.</summary>
        public long Offset { get; }

        /// <summary>Round trip without the time the gateway spent on the answer, ns.</summary>
        public long RoundTrip { get; }

        /// <summary>
        /// The true offset was within this of Offset when the probe returned, ns: half the round trip.
        /// </summary>
        public long Error { get; }

        /// <summary>Local clock when the probe returned.</summary>
        public long TakenAt { get; }

        /// <summary>The true offset is within this of Offset at a local time, ns.</summary>
        public long BoundAt(long localTime) => Error + Math.Max(0, localTime - TakenAt) / DriftDivisor;

        /// <summary>
        /// From the four times of a probe, all ns since the Unix epoch. SPECIFICATION.md section 7.
        /// </summary>
        /// <param name="t1">local clock when it was sent</param>
        /// <param name="t2">gateway clock when it came</param>
        /// <param name="t3">gateway clock when the answer was sent</param>
        /// <param name="t4">local clock when the answer came</param>
        /// <returns>null when the times contradict each other, so that nothing can be learnt from them</returns>
        public static ClockEstimate FromProbe(long t1, long t2, long t3, long t4)
        {
            long lower = t3 - t4;
            long roundTrip = t2 - t1 - lower;
            if (roundTrip < 0)
            {
                return null;
            }
            long half = roundTrip / 2;
            return new ClockEstimate(lower + half, roundTrip, roundTrip - half, t4);
        }
    }
}
