namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// An order as one event told it: of NinjaTrader's OrderEventArgs, not of the Order object, which may be further on
    /// already. Set by initialiser, not changed afterwards.
    /// </summary>
    public sealed class OrderReport
    {
        /// <summary>Above 0: one of ours. Below 0: another's.</summary>
        public long Handle { get; set; }

        public string Name { get; set; } = "";

        public string Account { get; set; }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; set; }

        public OrderSide Side { get; set; }

        public OrderKind Kind { get; set; }

        public OrderStatus Status { get; set; }

        /// <summary>The whole order, filled part included.</summary>
        public int Quantity { get; set; }

        public int Filled { get; set; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long LimitPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long StopPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice while nothing is filled.</summary>
        public long AveragePrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Empty: none.</summary>
        public string OcoGroup { get; set; } = "";

        public OrderError Error { get; set; }

        /// <summary>The platform's or broker's words; empty: none.</summary>
        public string Comment { get; set; } = "";

        /// <summary>
        /// The layer between us and the platform concluded it, the platform did not say so: its own word may still
        /// prove otherwise.
        /// </summary>
        public bool IsPresumed { get; set; }

        /// <summary>Local clock when the event came, ns since the Unix epoch.</summary>
        public long Time { get; set; }

        /// <summary>Quantity that may still fill by this report.</summary>
        public int Remaining => OrderStatuses.IsTerminal(Status) ? 0 : Quantity - Filled;
    }
}
