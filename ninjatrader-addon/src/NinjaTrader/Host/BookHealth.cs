namespace Tickbridge.Host
{
    using Tickbridge.Core;

    /// <summary>Whether one instrument's book may be trusted, for showing. Immutable.</summary>
    public sealed class BookHealth
    {
        public BookHealth(string symbol, string instrument, BookState? state, MarketView market, long quoteTime,
            long conflated)
        {
            Symbol = symbol;
            Instrument = instrument;
            State = state;
            Market = market;
            QuoteTime = quoteTime;
            Conflated = conflated;
        }

        /// <summary>The gateway's name.</summary>
        public string Symbol { get; }

        /// <summary>NinjaTrader's name; empty: the map has none.</summary>
        public string Instrument { get; }

        /// <summary>null: not told on the connection that stands, or there is none.</summary>
        public BookState? State { get; }

        /// <summary>null: no quote came.</summary>
        public MarketView Market { get; }

        /// <summary>Local clock when the last quote came, ns; 0: none did.</summary>
        public long QuoteTime { get; }

        /// <summary>Quotes that later ones stood for because we were slow.</summary>
        public long Conflated { get; }
    }
}
