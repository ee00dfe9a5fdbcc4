namespace Tickbridge.Core.Trading
{
    /// <summary>The platform's own best bid and offer. Immutable.</summary>
    public sealed class PlatformQuote
    {
        /// <summary>Both sides are of one time.</summary>
        public PlatformQuote(string instrument, long bid, long ask, long time) : this(instrument, bid, ask, time, time)
        {
        }

        public PlatformQuote(string instrument, long bid, long ask, long bidTime, long askTime)
        {
            Instrument = instrument;
            Bid = bid;
            Ask = ask;
            BidTime = bidTime;
            AskTime = askTime;
        }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long Bid { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long Ask { get; }

        /// <summary>Local clock when the bid was told last, ns since the Unix epoch; 0: not known.</summary>
        public long BidTime { get; }

        /// <summary>Local clock when the offer was told last, ns since the Unix epoch; 0: not known.</summary>
        public long AskTime { get; }

        /// <summary>When the side that an order would trade with was told last: a side may stand still while the other
        /// moves.</summary>
        public long TimeOf(OrderSide order) => order == OrderSide.Buy ? AskTime : BidTime;
    }
}
