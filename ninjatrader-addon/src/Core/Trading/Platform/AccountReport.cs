namespace Tickbridge.Core.Trading
{
    /// <summary>Money of an account, as the platform counts it. Immutable.</summary>
    public sealed class AccountReport
    {
        public AccountReport(string account, double? realizedToday, double? unrealized, long time)
        {
            Account = account;
            RealizedToday = realizedToday;
            Unrealized = unrealized;
            Time = time;
        }

        public string Account { get; }

        /// <summary>
        /// Realized profit of the day after commission, in the account's currency; null: this event says nothing.
        /// </summary>
        public double? RealizedToday { get; }

        /// <summary>Unrealized profit in the account's currency; null: this event says nothing of it.</summary>
        public double? Unrealized { get; }

        /// <summary>Local clock when it was told, ns since the Unix epoch.</summary>
        public long Time { get; }
    }
}
