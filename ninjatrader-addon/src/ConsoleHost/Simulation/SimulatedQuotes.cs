using System.Collections.Generic;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// The simulated platform's own price feed: the link's quotes, unless it is made to fall silent, to have no prices, or
    /// to quote beside the market, as a wrong contract would. Any thread.
    /// </summary>
    internal sealed class SimulatedQuotes
    {
        /// <summary>What the platform hears of the market.</summary>
        public enum What
        {
            Market,
            /// <summary>That there is neither bid nor offer.</summary>
            NoPrices,
            /// <summary>Nothing any more.</summary>
            Nothing
        }

        private readonly object access = new object();
        private readonly SimulatedPlatform platform;
        private readonly Dictionary<string, KeyValuePair<long, long>> last =
            new Dictionary<string, KeyValuePair<long, long>>();

        private What told;
        private long shift;

        public SimulatedQuotes(SimulatedPlatform platform)
        {
            this.platform = platform;
        }

        /// <summary>The market moved.</summary>
        public void Set(string instrument, long bid, long ask)
        {
            lock (access)
            {
                last[instrument] = new KeyValuePair<long, long>(bid, ask);
                Tell(instrument);
            }
        }

        /// <summary>From now on this is told, beginning with the last of each instrument.</summary>
        public void Tell(What what)
        {
            lock (access)
            {
                told = what;
                TellAll();
            }
        }

        /// <summary>From now on quotes lie so many ticks above the market.</summary>
        public void Shift(long ticks)
        {
            lock (access)
            {
                shift = ticks;
                TellAll();
            }
        }

        private void TellAll()
        {
            foreach (string instrument in last.Keys)
            {
                Tell(instrument);
            }
        }

        private void Tell(string instrument)
        {
            KeyValuePair<long, long> quote = last[instrument];
            long beside = shift * (platform.FindContract(instrument)?.TickSize ?? 0);
            if (told == What.NoPrices)
            {
                platform.SetQuote(instrument, LinkProtocol.NullPrice, LinkProtocol.NullPrice);
            }
            else if (told == What.Market)
            {
                platform.SetQuote(instrument, Beside(quote.Key, beside), Beside(quote.Value, beside));
            }
        }

        private static long Beside(long price, long beside) =>
            price == LinkProtocol.NullPrice ? price : price + beside;
    }
}
