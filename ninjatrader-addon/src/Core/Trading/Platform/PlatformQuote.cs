namespace Tickbridge.Core.Trading
{
    /// <summary>The platform's own best bid and offer. Immutable.</summary>
    public sealed class PlatformQuote
    {
        public PlatformQuote(string instrument, long bid, long ask, long time)
        {
            Instrument = instrument;
            Bid = bid;
            Ask = ask;
            Time = time;
        }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long Bid { get; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none.</summary>
        public long Ask { get; }

        /// <summary>Local clock when the last change came, ns since the Unix epoch.</summary>
        public long Time { get; }
    }
}
