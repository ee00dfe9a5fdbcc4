using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Counts the signals that wait for the trading thread, so that a thread that is held up has no end of them to decide
    /// afterwards: those that are too many are dropped, and would have been too old. What the platform tells is never
    /// dropped. Any thread.
    /// </summary>
    internal sealed class WaitingSignals
    {
        public const int Limit = 10000;

        private int waiting;
        private long dropped;

        /// <returns>whether it may wait</returns>
        public bool Add()
        {
            if (Interlocked.Increment(ref waiting) <= Limit)
            {
                return true;
            }
            Interlocked.Decrement(ref waiting);
            Interlocked.Increment(ref dropped);
            return false;
        }

        /// <summary>One waits no more.</summary>
        /// <returns>how many were dropped since the last time</returns>
        public long Take()
        {
            Interlocked.Decrement(ref waiting);
            return Interlocked.Exchange(ref dropped, 0);
        }
    }
}
