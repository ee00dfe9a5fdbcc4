using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>Which trade an order is of, long after it ended: fills may come late. Trading thread.</summary>
    internal sealed class TradesByHandle
    {
        /// <summary>Orders whose trade is remembered.</summary>
        private const int Limit = 10000;

        private readonly Dictionary<long, BracketTrade> trades = new Dictionary<long, BracketTrade>();
        private readonly Queue<long> handles = new Queue<long>();

        public void Add(long handle, BracketTrade trade)
        {
            trades.Add(handle, trade);
            handles.Enqueue(handle);
            if (handles.Count > Limit)
            {
                trades.Remove(handles.Dequeue());
            }
        }

        public bool TryGet(long handle, out BracketTrade trade) => trades.TryGetValue(handle, out trade);
    }
}
