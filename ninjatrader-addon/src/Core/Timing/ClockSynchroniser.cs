using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Keeps the best comparison of the gateway's clock with ours. Probes are added on the link thread; any thread may
    /// read.
    /// </summary>
    /// <remarks>
    /// The best is the one with the smallest error bound now. All bounds grow at the same rate, so a comparison that
    /// is worse than another once is worse for ever: keeping the one best is the same as keeping a window and
    /// taking its minimum.
    /// </remarks>
    public sealed class ClockSynchroniser
    {
        /// <summary>The error bound grows by this share of the time: two clocks of 50 ppm each, in ns a second.</summary>
        private const double AllowedDrift = 100000;

        /// <summary>No quartz runs off by a 1000th of the time.</summary>
        private const double FastestDriftDivisor = 1000;

        private const double Second = 1e9;

        private readonly DriftEstimator drift = new DriftEstimator();
        private ClockEstimate current;
        private long probes;
        private long discarded;
        private long steps;

        /// <summary>null until the first probe came back.</summary>
        public ClockEstimate Current => Volatile.Read(ref current);

        /// <summary>Probes that came back and made sense.</summary>
        public long Probes => Volatile.Read(ref probes);

        /// <summary>
        /// Answers whose times contradict each other: a clock stepped while the probe was on its way.
        /// </summary>
        public long Discarded => Volatile.Read(ref discarded);

        /// <summary>
        /// Times a new probe contradicted the kept one beyond both error bounds: one of the clocks was set, and the
        /// kept one was thrown away.
        /// </summary>
        public long Steps => Volatile.Read(ref steps);

        /// <summary>How fast the gateway's clock gains on ours; null: not known yet.</summary>
        public DriftEstimate Drift => drift.Current;

        /// <summary>Forgets what is known: another gateway has another clock.</summary>
        public void Reset()
        {
            drift.Reset();
            Volatile.Write(ref current, null);
        }

        /// <summary>Adds the four times of a probe; see ClockEstimate.FromProbe.</summary>
        public void Add(long t1, long t2, long t3, long t4)
        {
            ClockEstimate estimate = ClockEstimate.FromProbe(t1, t2, t3, t4);
            if (estimate == null)
            {
                Volatile.Write(ref discarded, discarded + 1);
                return;
            }
            Volatile.Write(ref probes, probes + 1);
            ClockEstimate kept = current;
            if (kept == null)
            {
                drift.Add(estimate);
                Volatile.Write(ref current, estimate);
                return;
            }
            long keptBound = kept.BoundAt(t4);
            long difference = estimate.Offset - kept.Offset;
            long reach = estimate.Error + keptBound;
            bool hasStepped = difference > reach || difference < -reach;
            if (hasStepped && Math.Abs((double)difference) - reach > (t4 - kept.TakenAt) / FastestDriftDivisor)
            {
                // Too far for a drift of any clock: it was set.
                drift.Reset();
            }
            drift.Add(estimate);
            if (hasStepped)
            {
                Volatile.Write(ref steps, steps + 1);
                Volatile.Write(ref current, estimate);
            }
            else if (estimate.Error <= keptBound)
            {
                Volatile.Write(ref current, estimate);
            }
        }

        /// <summary>
        /// How long ago, at a local time, something happened that the gateway's clock stamped.
        /// </summary>
        /// <param name="gatewayTime">gateway clock, ns since the Unix epoch</param>
        /// <param name="localTime">local clock, ns since the Unix epoch</param>
        /// <param name="age">ns; slightly below 0 is possible within the bound</param>
        /// <param name="bound">the true age is within this of it, ns</param>
        /// <returns>false while no probe has come back: the age is not known</returns>
        public bool TryGetAge(long gatewayTime, long localTime, out long age, out long bound)
        {
            ClockEstimate estimate = Current;
            if (estimate == null)
            {
                age = 0;
                bound = 0;
                return false;
            }
            age = localTime + estimate.Offset - gatewayTime;
            bound = estimate.BoundAt(localTime) + Excess(localTime - estimate.TakenAt);
            return true;
        }

        /// <summary>
        /// What a clock that is proven to drift faster than the bound allows for may have added to it: the bound stays
        /// true, and grows until the signals' age cannot be told any more.
        /// </summary>
        private long Excess(long elapsed)
        {
            DriftEstimate known = Drift;
            double excess = known == null ? 0 : Math.Max(0, Math.Max(known.Highest, -known.Lowest) - AllowedDrift);
            return known == null || known.Proven <= AllowedDrift
                ? 0
                : (long)(excess * Math.Max(0, elapsed) / Second);
        }
    }
}
