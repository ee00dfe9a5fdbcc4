namespace Tickbridge.NinjaPlatform
{
    using System;

    /// <summary>
    /// How much later than it could a quote comes: after NinjaTrader's threads were busy a whole backlog of old quotes comes
    /// at once. Its stamps may be of another clock or time zone, so they are held against the quickest quote of the last
    /// minutes, not against our clock. While nothing is known of those, and each quote comes sooner after its stamp than the
    /// one before it, a backlog is being told whose end is not known. One thread at a time.
    /// </summary>
    internal sealed class QuoteLag
    {
        /// <summary>Nobody can tell how old it is.</summary>
        public const long Unknown = long.MaxValue;

        /// <summary>Some feeds stamp by the second.</summary>
        private const long Slack = 1000000000;

        /// <summary>After this, and as much again, the quickest is forgotten: a clock may have been set.</summary>
        private const long Span = 300000000000;

        /// <summary>A backlog has been told when so long none came quicker, by more than quotes differ anyhow.</summary>
        private const long Rest = 2000000000;
        private const long Jitter = 50000000;

        private long began = long.MinValue / 2;
        private long quickest = long.MaxValue;
        private long quickestBefore = long.MaxValue;

        /// <summary>Nothing was known when the first came, and how late that was.</summary>
        private bool isSettled;
        private long first;

        /// <summary>The last that was clearly quicker than all before it: its delay, and when it came.</summary>
        private long mark;
        private long markedAt;

        /// <param name="now">local clock when it came, ns</param>
        /// <param name="stamped">the quote's own time, ns</param>
        /// <returns>ns, never below 0; Unknown: a backlog is being told</returns>
        public long Of(long now, long stamped)
        {
            long delay = now - stamped;
            if (now - began >= Span)
            {
                quickestBefore = now - began < 2 * Span ? quickest : long.MaxValue;
                quickest = delay;
                began = now;
                if (quickestBefore == long.MaxValue)
                {
                    isSettled = false;
                    first = mark = delay;
                    markedAt = now;
                }
            }
            quickest = Math.Min(quickest, delay);
            return IsCatchingUp(now, delay) ? Unknown
                : Math.Max(0, delay - Math.Min(quickest, quickestBefore) - Slack);
        }

        private bool IsCatchingUp(long now, long delay)
        {
            if (isSettled)
            {
                return false;
            }
            if (mark - delay > Jitter)
            {
                mark = delay;
                markedAt = now;
            }
            isSettled = now - markedAt >= Rest;
            return !isSettled && first - mark > Slack;
        }
    }
}
