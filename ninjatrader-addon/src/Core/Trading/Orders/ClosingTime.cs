namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// How long closing an account may take. Only a new beginning starts it anew: a connection that comes and goes must not
    /// put the alarm off for ever. Trading thread.
    /// </summary>
    internal sealed class ClosingTime
    {
        private long spent;
        private long last;

        public ClosingTime(TradingSettings settings)
        {
            Limit = settings.KillRetryInterval * (settings.KillRetries + 1) + Reconciler.Loading;
        }

        /// <summary>All tries, and once the time in which an account is loaded, ns.</summary>
        public long Limit { get; }

        public void Begin(long now)
        {
            spent = 0;
            last = now;
        }

        /// <param name="now">local clock</param>
        /// <param name="counts">somebody waits for it: not for an account that cannot be asked and may hold nothing</param>
        public bool IsOver(long now, bool counts)
        {
            spent += counts ? now - last : 0;
            last = now;
            return spent > Limit;
        }
    }
}
