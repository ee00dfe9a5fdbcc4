namespace Tickbridge.NinjaPlatform
{
    using System;

    /// <summary>
    /// How much later than it could a quote comes: after NinjaTrader's threads were busy a whole backlog of old quotes comes
    /// at once. Its stamps may be of another clock or time zone, so they are held against the quickest quote of the last
    /// minutes, not against our clock. One thread at a time.
    /// </summary>
    internal sealed class QuoteLag
    {
        /// <summary>Some feeds stamp by the second.</summary>
        private const long Slack = 1000000000;

        /// <summary>After this, and as much again, the quickest is forgotten: a clock may have been set.</summary>
        private const long Span = 300000000000;

        private long began = long.MinValue / 2;
        private long quickest = long.MaxValue;
        private long quickestBefore = long.MaxValue;

        /// <param name="now">local clock when it came, ns</param>
        /// <param name="stamped">the quote's own time, ns</param>
        /// <returns>ns, never below 0</returns>
        public long Of(long now, long stamped)
        {
            long delay = now - stamped;
            if (now - began >= Span)
            {
                quickestBefore = now - began < 2 * Span ? quickest : long.MaxValue;
                quickest = delay;
                began = now;
            }
            quickest = Math.Min(quickest, delay);
            return Math.Max(0, delay - Math.Min(quickest, quickestBefore) - Slack);
        }
    }
}
