namespace Tickbridge.Core.Trading
{
    /// <summary>Whether an account's connection stands. Immutable.</summary>
    public sealed class ConnectionReport
    {
        /// <param name="account">its name</param>
        /// <param name="ordersConnected">orders go through</param>
        /// <param name="pricesConnected">prices come</param>
        /// <param name="time">local clock when it was told</param>
        /// <param name="stoodBefore">orders went through already before the platform was listened to</param>
        /// <param name="nowOf">see NowOf</param>
        public ConnectionReport(string account, bool ordersConnected, bool pricesConnected, long time,
            bool stoodBefore = false, string nowOf = null)
        {
            NowOf = nowOf;
            Account = account;
            OrdersConnected = ordersConnected;
            PricesConnected = pricesConnected;
            Time = time;
            StoodBefore = stoodBefore && ordersConnected;
        }

        public string Account { get; }

        /// <summary>Orders go through. False also while it is connecting or being lost.</summary>
        public bool OrdersConnected { get; }

        /// <summary>Prices come. False also while it is connecting or being lost.</summary>
        public bool PricesConnected { get; }

        /// <summary>Local clock when it was told, ns since the Unix epoch.</summary>
        public long Time { get; }

        /// <summary>
        /// Orders went through already before the platform was listened to: it had its time to load the account. Only what
        /// the platform tells by itself at the start says so; of what an event tells, nobody knows since when it is.
        /// </summary>
        public bool StoodBefore { get; }

        /// <summary>
        /// The connection whose account of this name counts from now on, where it was another connection's before: two
        /// brokers, or a broker and a simulation, may call their accounts alike. null: it is the one that was told of last.
        /// </summary>
        public string NowOf { get; }

        /// <summary>Orders and prices stand as in another, of the same account; false: there is no other.</summary>
        public bool SaysTheSame(ConnectionReport other) => other != null && NowOf == null
            && other.OrdersConnected == OrdersConnected
            && other.PricesConnected == PricesConnected;
    }
}
