namespace Tickbridge.Core.Trading
{
    /// <summary>Whether an account's connection stands. Immutable.</summary>
    public sealed class ConnectionReport
    {
        public ConnectionReport(string account, bool ordersConnected, bool pricesConnected, long time)
        {
            Account = account;
            OrdersConnected = ordersConnected;
            PricesConnected = pricesConnected;
            Time = time;
        }

        public string Account { get; }

        /// <summary>Orders go through. False also while it is connecting or being lost.</summary>
        public bool OrdersConnected { get; }

        /// <summary>Prices come. False also while it is connecting or being lost.</summary>
        public bool PricesConnected { get; }

        /// <summary>Local clock when it was told, ns since the Unix epoch.</summary>
        public long Time { get; }
    }
}
