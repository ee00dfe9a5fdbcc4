namespace Tickbridge.Core
{
    /// <summary>An instrument of the gateway. A second one of the same venue and key replaces the first.</summary>
    public sealed class InstrumentDefinition : Message
    {
        public const int BlockLength = 48;

        private const int InstrumentOffset = 0;
        private const int PriceIncrementOffset = 8;
        private const int VenueOffset = 16;
        private const int ChannelOffset = 18;
        private const int SymbolOffset = 24;

        public override bool IsUnderstood => Venues.IsKnown(Venue);

        /// <summary>CME: SecurityID. IEX and Nasdaq: the symbol's 8 ASCII bytes, first character lowest.</summary>
        public ulong Instrument => UInt64At(InstrumentOffset);

        /// <summary>Tick size in 1e-9 units; LinkProtocol.NullPrice until the exchange stated it.</summary>
        public long PriceIncrement => Int64At(PriceIncrementOffset);

        public Venue Venue => (Venue)UInt8At(VenueOffset);

        /// <summary>The feed's place in the gateway's configuration, from 0.</summary>
        public ushort Channel => UInt16At(ChannelOffset);

        /// <summary>Name for people. Allocates.</summary>
        public string Symbol => TextAt(SymbolOffset, 24);
    }
}
