namespace Tickbridge.Core.Trading
{
    /// <summary>New quantity and prices of a working order: all are given, changed or not. Immutable.</summary>
    public sealed class OrderChange
    {
        public OrderChange(string account, long handle, int quantity, long limitPrice, long stopPrice)
        {
            Account = account;
            Handle = handle;
            Quantity = quantity;
            LimitPrice = limitPrice;
            StopPrice = stopPrice;
        }

        public string Account { get; }

        public long Handle { get; }

        /// <summary>Of the whole order, filled part included.</summary>
        public int Quantity { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: the order's kind has none.</summary>
        public long LimitPrice { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: the order's kind has none.</summary>
        public long StopPrice { get; }
    }
}
