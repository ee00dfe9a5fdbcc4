using System;

namespace Tickbridge.Core
{
    /// <summary>
    /// How fast the gateway's clock gains on ours, from the probes of the last minutes. Immutable, so any thread may
    /// hold it.
    /// </summary>
    public sealed class DriftEstimate
    {
        public DriftEstimate(double lowest, double highest, long span)
        {
            Lowest = lowest;
            Highest = highest;
            Span = span;
        }

        /// <summary>The drift is at least this, in ns a second (parts per billion); below 0 it falls behind.</summary>
        public double Lowest { get; }

        /// <summary>The drift is at most this, in ns a second.</summary>
        public double Highest { get; }

        /// <summary>Local time between the first and the last probe that it rests on, ns.</summary>
        public long Span { get; }

        /// <summary>In ns a second: the middle of what is possible.</summary>
        public double Value => (Lowest + Highest) / 2;

        /// <summary>The true drift is within this of Value, ns a second.</summary>
        public double Bound => (Highest - Lowest) / 2;

        /// <summary>Drift that is proven, whatever its sign, ns a second; 0 when it may be none.</summary>
        public double Proven => Lowest > 0 ? Lowest : Highest < 0 ? -Highest : 0;
    }
}
