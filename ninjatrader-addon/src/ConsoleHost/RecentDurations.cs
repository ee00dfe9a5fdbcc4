using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>What came to a histogram since the last look at it.</summary>
    internal sealed class RecentDurations
    {
        private readonly DurationHistogram source;
        private readonly DurationHistogram recent = new DurationHistogram();
        private DurationHistogram before = new DurationHistogram();
        private DurationHistogram now = new DurationHistogram();

        public RecentDurations(DurationHistogram source)
        {
            this.source = source;
        }

        /// <summary>Valid until the next call.</summary>
        public DurationHistogram Next()
        {
            now.CopyFrom(source);
            recent.SetDifference(now, before);
            DurationHistogram swap = before;
            before = now;
            now = swap;
            return recent;
        }
    }
}
