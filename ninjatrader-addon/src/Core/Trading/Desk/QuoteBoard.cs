using System.Collections.Concurrent;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The newest quote of each instrument. Written by any thread: the trading thread reads the newest and is never
    /// behind, however fast quotes come.
    /// </summary>
    internal sealed class QuoteBoard
    {
        private readonly ConcurrentDictionary<string, PlatformQuote> quotes =
            new ConcurrentDictionary<string, PlatformQuote>();
        private int isPosted;

        /// <summary>null: none came.</summary>
        public PlatformQuote Of(string instrument)
        {
            PlatformQuote quote;
            return quotes.TryGetValue(instrument, out quote) ? quote : null;
        }

        /// <returns>whether the trading thread must be told; it was told already otherwise</returns>
        public bool Put(PlatformQuote quote)
        {
            quotes[quote.Instrument] = quote;
            return Interlocked.Exchange(ref isPosted, 1) == 0;
        }

        /// <summary>The trading thread is about to look.</summary>
        public void Looking()
        {
            Interlocked.Exchange(ref isPosted, 0);
        }
    }
}
