namespace Tickbridge.Host
{
    using System.Collections.Generic;
    using System.Linq;
    using Tickbridge.Core;

    /// <summary>The instruments of the gateway as they stand. The link thread writes, any thread reads.</summary>
    public sealed class BookBoard
    {
        private readonly object access = new object();
        private readonly Dictionary<KeyValuePair<Venue, ulong>, Line> lines =
            new Dictionary<KeyValuePair<Venue, ulong>, Line>();

        private readonly Dictionary<string, Line> byInstrument = new Dictionary<string, Line>();

        /// <summary>In the order of their names.</summary>
        public BookHealth[] All()
        {
            lock (access)
            {
                return lines.Values.Select(line => new BookHealth(line.Symbol, line.Instrument, line.State,
                    line.Market, line.QuoteTime, line.Conflated)).OrderBy(book => book.Symbol).ToArray();
            }
        }

        /// <summary>null: no quote of it came.</summary>
        /// <param name="instrument">NinjaTrader's name</param>
        public MarketView Market(string instrument)
        {
            lock (access)
            {
                Line line;
                return byInstrument.TryGetValue(instrument, out line) ? line.Market : null;
            }
        }

        /// <returns>
        /// null; or the gateway's instrument that has the same name of NinjaTrader's already, and keeps it
        /// </returns>
        internal string Define(Venue venue, ulong key, string symbol, string instrument)
        {
            lock (access)
            {
                Line line = Find(venue, key);
                line.Symbol = symbol;
                Line holder;
                if (instrument.Length > 0 && byInstrument.TryGetValue(instrument, out holder) && holder != line)
                {
                    line.Instrument = "";
                    return holder.Symbol + " of " + lines.First(entry => entry.Value == holder).Key.Key;
                }
                line.Instrument = instrument;
                if (instrument.Length > 0)
                {
                    byInstrument[instrument] = line;
                }
                return null;
            }
        }

        internal void SetState(Venue venue, ulong key, BookState state)
        {
            lock (access)
            {
                Line line = Find(venue, key);
                line.State = state;
                line.Judge();
            }
        }

        internal void Quote(Quote quote)
        {
            lock (access)
            {
                Line line = Find(quote.Venue, quote.Instrument);
                line.Market = new MarketView(FixedPrice.ToDouble(quote.BidPrice), FixedPrice.ToDouble(quote.AskPrice),
                    quote.BidQuantity, quote.AskQuantity, line.State == BookState.Trusted);
                line.QuoteTime = quote.ArrivalTime;
                line.Conflated += quote.Conflated;
            }
        }

        /// <summary>The link is gone: nothing is known of any of them.</summary>
        internal void Distrust()
        {
            lock (access)
            {
                foreach (Line line in lines.Values)
                {
                    line.State = null;
                    line.Judge();
                }
            }
        }

        private Line Find(Venue venue, ulong key)
        {
            var both = new KeyValuePair<Venue, ulong>(venue, key);
            Line line;
            if (!lines.TryGetValue(both, out line))
            {
                line = new Line();
                lines.Add(both, line);
            }
            return line;
        }

        private sealed class Line
        {
            public string Symbol = "";
            public string Instrument = "";
            public BookState? State;
            public MarketView Market;
            public long QuoteTime;
            public long Conflated;

            public void Judge()
            {
                if (Market != null)
                {
                    Market = new MarketView(Market.Bid, Market.Ask, Market.BidQuantity, Market.AskQuantity,
                        State == BookState.Trusted);
                }
            }
        }
    }
}
