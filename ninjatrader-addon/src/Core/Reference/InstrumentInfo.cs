namespace Tickbridge.Core
{
    /// <summary>What is known of one instrument. Written on the link thread.</summary>
    public sealed class InstrumentInfo
    {
        internal InstrumentInfo(Venue venue, ulong key)
        {
            Venue = venue;
            Key = key;
        }

        public Venue Venue { get; }

        /// <summary>CME: SecurityID. IEX and Nasdaq: the symbol's 8 ASCII bytes, first character lowest.</summary>
        public ulong Key { get; }

        /// <summary>Name for people.</summary>
        public string Symbol { get; internal set; }

        /// <summary>Tick size in 1e-9 units; LinkProtocol.NullPrice until the exchange stated it.</summary>
        public long PriceIncrement { get; internal set; }

        /// <summary>The feed's place in the gateway's configuration, from 0.</summary>
        public int Channel { get; internal set; }

        /// <summary>The last state the gateway told.</summary>
        public BookState State { get; internal set; }

        /// <summary>Whether State is of the connection that stands now. Not after a disconnect.</summary>
        public bool IsStateKnown { get; internal set; }

        /// <summary>Whether the instrument may be traded on.</summary>
        public bool IsTrusted => IsStateKnown && State == BookState.Trusted;
    }
}
