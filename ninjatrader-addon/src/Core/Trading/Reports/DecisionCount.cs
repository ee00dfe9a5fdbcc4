namespace Tickbridge.Core.Trading
{
    /// <summary>How often signals were decided in one way, and the last of them. Immutable.</summary>
    public sealed class DecisionCount
    {
        /// <param name="count">1 at least</param>
        /// <param name="last">the last that was decided so</param>
        public DecisionCount(long count, Decision last)
        {
            Count = count;
            Last = last;
        }

        public long Count { get; }

        public Decision Last { get; }
    }
}
