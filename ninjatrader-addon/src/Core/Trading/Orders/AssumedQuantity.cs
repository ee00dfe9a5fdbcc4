using System;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Contracts that were counted without a fill being told, and the price they were counted at in the loss of the day: told
    /// after all, a fill only puts that price right. Trading thread.
    /// </summary>
    internal sealed class AssumedQuantity
    {
        private decimal cost;
        private bool isPriced = true;

        public int Quantity { get; private set; }

        /// <summary>Average in 1e-9 units; LinkProtocol.NullPrice: none, or at no price.</summary>
        public long Price => Quantity == 0 || !isPriced ? LinkProtocol.NullPrice : (long)Math.Round(cost / Quantity);

        public void Add(int quantity, long price)
        {
            isPriced = price != LinkProtocol.NullPrice && (isPriced || Quantity == 0);
            cost += isPriced ? (decimal)quantity * price : 0;
            Quantity += quantity;
        }

        /// <returns>how much of so many it is, 0 or more: they are not assumed any more</returns>
        public int Take(int most)
        {
            int taken = Math.Min(most, Quantity);
            cost = taken == Quantity ? 0 : cost - cost / Quantity * taken;
            Quantity -= taken;
            return taken;
        }
    }
}
