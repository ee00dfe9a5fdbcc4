namespace Tickbridge.Core.Trading
{
    /// <summary>A position after a change. Immutable.</summary>
    public sealed class PositionReport
    {
        public PositionReport(string account, string instrument, int quantity, long averagePrice, long time)
        {
            Account = account;
            Instrument = instrument;
            Quantity = quantity;
            AveragePrice = averagePrice;
            Time = time;
        }

        public string Account { get; }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; }

        /// <summary>Long above 0, short below, flat 0.</summary>
        public int Quantity { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice when flat.</summary>
        public long AveragePrice { get; }

        /// <summary>Local clock when it was told, ns since the Unix epoch.</summary>
        public long Time { get; }
    }
}
