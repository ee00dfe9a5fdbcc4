namespace Tickbridge.Core
{
    /// <summary>
    /// Best bid and offer. Not sequenced: a slow peer gets the latest, and the count of those it did not get.
    /// </summary>
    public sealed class Quote : Message
    {
        public const int BlockLength = 48;

        private const int InstrumentOffset = 0;
        private const int ExchangeTimeOffset = 8;
        private const int BidPriceOffset = 16;
        private const int AskPriceOffset = 24;
        private const int BidQuantityOffset = 32;
        private const int AskQuantityOffset = 36;
        private const int ConflatedOffset = 40;
        private const int VenueOffset = 44;
        private const int StateOffset = 45;

        public override bool IsUnderstood => Venues.IsKnown(Venue);

        /// <summary>See InstrumentDefinition.</summary>
        public ulong Instrument => UInt64At(InstrumentOffset);

        /// <summary>ns since the Unix epoch.</summary>
        public long ExchangeTime => Int64At(ExchangeTimeOffset);

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none known.</summary>
        public long BidPrice => Int64At(BidPriceOffset);

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: none known.</summary>
        public long AskPrice => Int64At(AskPriceOffset);

        /// <summary>Contracts or shares; 0 when there is no bid.</summary>
        public int BidQuantity => Int32At(BidQuantityOffset);

        /// <summary>Contracts or shares; 0 when there is no offer.</summary>
        public int AskQuantity => Int32At(AskQuantityOffset);

        /// <summary>Quotes of this instrument that this one stands for and that were not sent.</summary>
        public uint Conflated => UInt32At(ConflatedOffset);

        public Venue Venue => (Venue)UInt8At(VenueOffset);

        /// <summary>A number this code does not name counts as not trusted.</summary>
        public BookState State => (BookState)UInt8At(StateOffset);
    }
}
