using System.Globalization;
using System.Text;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Writes each message as one line of fields with a space between, the first of them saying what it is or, in a
    /// signal, its number.
    /// </summary>
    internal sealed class MessageLine
    {
        private const double NanosPerMicro = 1000.0;

        private readonly StringBuilder line = new StringBuilder(256);
        private readonly UtcTime time = new UtcTime();
        private readonly ReferenceData reference;
        private readonly ClockSynchroniser clock;
        private readonly IClock localClock;

        public MessageLine(LinkClient link)
        {
            reference = link.Reference;
            clock = link.Clock;
            localClock = link.LocalClock;
        }

        /// <summary>The line, valid until the next call.</summary>
        public StringBuilder Of(Signal signal)
        {
            line.Clear();
            line.Append(signal.Number).Append(' ');
            time.Append(line, signal.ExchangeTime).Append(' ');
            RuleInfo rule = reference.Rule(signal.Rule);
            line.Append(rule == null ? "rule-" + signal.Rule : rule.Name).Append(' ');
            AppendInstrument(signal.Venue, signal.Instrument).Append(' ').Append(Text(signal.Side)).Append(' ');
            AppendPrices(signal.BidQuantity, signal.BidPrice, signal.AskPrice, signal.AskQuantity).Append(' ');
            line.Append(signal.Value).Append(' ');
            AppendAge(signal.ReceiveTime);
            if (signal.IsResumed)
            {
                line.Append(" resumed");
            }
            if (signal.Timeliness == Timeliness.TooLate)
            {
                line.Append(" too-late");
            }
            return line;
        }

        /// <summary>The line, valid until the next call.</summary>
        public StringBuilder Of(Quote quote)
        {
            Begin("quote", quote.ExchangeTime, quote.Venue, quote.Instrument);
            return AppendPrices(quote.BidQuantity, quote.BidPrice, quote.AskPrice, quote.AskQuantity).Append(' ')
                .Append(quote.State.ToString());
        }

        /// <summary>The line, valid until the next call.</summary>
        public StringBuilder Of(Trade trade)
        {
            Begin("trade", trade.ExchangeTime, trade.Venue, trade.Instrument);
            line.Append(trade.Quantity).Append('@');
            return FixedPrice.Append(line, trade.Price).Append(' ').Append(Text(trade.Aggressor));
        }

        /// <summary>The line, valid until the next call.</summary>
        public StringBuilder Of(InstrumentState state)
        {
            return Begin("state", state.ExchangeTime, state.Venue, state.Instrument).Append(state.State.ToString());
        }

        private StringBuilder Begin(string kind, long exchangeTime, Venue venue, ulong instrument)
        {
            line.Clear();
            line.Append(kind).Append(' ');
            time.Append(line, exchangeTime).Append(' ');
            return AppendInstrument(venue, instrument).Append(' ');
        }

        private StringBuilder AppendInstrument(Venue venue, ulong key)
        {
            InstrumentInfo instrument = reference.Instrument(venue, key);
            bool isNamed = instrument != null && instrument.Symbol.Length > 0;
            return isNamed ? line.Append(instrument.Symbol) : line.Append(key);
        }

        /// <summary>12@4825.25/4825.5@3; nothing for a side that is not known.</summary>
        private StringBuilder AppendPrices(int bidQuantity, long bid, long ask, int askQuantity)
        {
            if (bid != LinkProtocol.NullPrice)
            {
                FixedPrice.Append(line.Append(bidQuantity).Append('@'), bid);
            }
            line.Append('/');
            if (ask != LinkProtocol.NullPrice)
            {
                FixedPrice.Append(line, ask).Append('@').Append(askQuantity);
            }
            return line;
        }

        private void AppendAge(long gatewayTime)
        {
            long age;
            long bound;
            if (clock.TryGetAge(gatewayTime, localClock.Now, out age, out bound))
            {
                line.Append((age / NanosPerMicro).ToString("F1", CultureInfo.InvariantCulture)).Append('±')
                    .Append((bound / NanosPerMicro).ToString("F1", CultureInfo.InvariantCulture)).Append("us");
            }
            else
            {
                line.Append('?');
            }
        }

        private static string Text(Side side)
        {
            switch (side)
            {
                case Side.Buy: return "BUY";
                case Side.Sell: return "SELL";
                default: return "NONE";
            }
        }
    }
}
