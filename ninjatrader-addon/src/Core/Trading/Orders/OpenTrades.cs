using System;
using System.Collections;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>Trades that are not over, oldest first, each once. Trading thread.</summary>
    internal sealed class OpenTrades : IEnumerable<BracketTrade>
    {
        private readonly List<BracketTrade> trades = new List<BracketTrade>();
        private readonly HashSet<BracketTrade> known = new HashSet<BracketTrade>();
        private readonly Dictionary<string, BracketTrade> byLabel =
            new Dictionary<string, BracketTrade>(StringComparer.Ordinal);

        public bool HasLabel(string label) => byLabel.ContainsKey(label);

        public void Add(BracketTrade trade)
        {
            if (known.Add(trade))
            {
                trades.Add(trade);
                byLabel[trade.Label] = trade;
            }
        }

        public void Remove(BracketTrade trade)
        {
            BracketTrade labelled;
            if (!known.Remove(trade))
            {
                return;
            }
            trades.Remove(trade);
            // One that was believed to be over may come back beside another of its label.
            if (byLabel.TryGetValue(trade.Label, out labelled) && labelled == trade)
            {
                byLabel.Remove(trade.Label);
            }
        }

        public IEnumerator<BracketTrade> GetEnumerator() => trades.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => trades.GetEnumerator();
    }
}
