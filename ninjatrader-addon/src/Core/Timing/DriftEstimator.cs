using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Finds the drift between two clocks. A probe leaves the offset an interval as wide as its round trip; a straight
    /// line through the intervals of two probes has a slope between two extremes, and the true slope lies within those
    /// of every pair. Of each span of 5 s only the probe with the smallest round trip is kept (minimum-delay
    /// filtering). Probes are added on the link thread; any thread may read.
    /// </summary>
    public sealed class DriftEstimator
    {
        private const long BucketLength = 5000000000;

        /// <summary>5 minutes: over longer times temperature bends the line.</summary>
        private const int BucketCount = 60;

        private const double Second = 1e9;

        private readonly ClockEstimate[] best = new ClockEstimate[BucketCount];
        private DriftEstimate current;
        private int count;

        /// <summary>null until two probes lie a span apart.</summary>
        public DriftEstimate Current => Volatile.Read(ref current);

        /// <summary>Forgets everything: a clock was set, or it is another gateway's.</summary>
        public void Reset()
        {
            count = 0;
            Volatile.Write(ref current, null);
        }

        public void Add(ClockEstimate probe)
        {
            if (count > 0 && probe.TakenAt / BucketLength == best[count - 1].TakenAt / BucketLength)
            {
                if (probe.Error < best[count - 1].Error)
                {
                    best[count - 1] = probe;
                }
            }
            else
            {
                if (count == BucketCount)
                {
                    Array.Copy(best, 1, best, 0, --count);
                }
                best[count++] = probe;
            }
            Update();
        }

        private void Update()
        {
            double lowest = double.NegativeInfinity;
            double highest = double.PositiveInfinity;
            for (int later = 1; later < count; later++)
            {
                for (int earlier = 0; earlier < later; earlier++)
                {
                    double time = (best[later].TakenAt - best[earlier].TakenAt) / Second;
                    if (time <= 0)
                    {
                        continue;
                    }
                    double rise = best[later].Offset - best[earlier].Offset;
                    // An offset lies between the two one-way bounds, taken up to a round trip before TakenAt.
                    double width = (double)best[later].Error + best[earlier].Error;
                    lowest = Math.Max(lowest, (rise - width) / time);
                    highest = Math.Min(highest, (rise + width) / time);
                }
            }
            if (lowest > highest)
            {
                // No straight line fits: the drift changed. What came last is where it goes from.
                best[0] = best[count - 1];
                count = 1;
                Volatile.Write(ref current, null);
            }
            else if (!double.IsInfinity(lowest))
            {
                Volatile.Write(ref current,
                    new DriftEstimate(lowest, highest, best[count - 1].TakenAt - best[0].TakenAt));
            }
        }
    }
}
