namespace Tickbridge.Core
{
    /// <summary>A trade. Not sequenced: a slow peer gets the count of those it did not get.</summary>
    public sealed class Trade : Message
    {
        public const int BlockLength = 40;

        private const int InstrumentOffset = 0;
        private const int ExchangeTimeOffset = 8;
        private const int PriceOffset = 16;
        private const int QuantityOffset = 24;
        private const int SkippedOffset = 28;
        private const int VenueOffset = 32;
        private const int AggressorOffset = 33;

        public override bool IsUnderstood => Venues.IsKnown(Venue) && Aggressor <= Side.Sell;

        /// <summary>See InstrumentDefinition.</summary>
        public ulong Instrument => UInt64At(InstrumentOffset);

        /// <summary>ns since the Unix epoch.</summary>
        public long ExchangeTime => Int64At(ExchangeTimeOffset);

        /// <summary>In 1e-9 units.</summary>
        public long Price => Int64At(PriceOffset);

        /// <summary>Contracts or shares.</summary>
        public int Quantity => Int32At(QuantityOffset);

        /// <summary>Trades of any instrument not sent since the last Trade.</summary>
        public uint Skipped => UInt32At(SkippedOffset);

        public Venue Venue => (Venue)UInt8At(VenueOffset);

        /// <summary>Who took; None when not stated.</summary>
        public Side Aggressor => (Side)UInt8At(AggressorOffset);
    }
}
