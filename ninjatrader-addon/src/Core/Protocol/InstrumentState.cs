namespace Tickbridge.Core
{
    /// <summary>Whether an instrument's book may be trusted, and why not. Only Trusted may be traded on.</summary>
    public sealed class InstrumentState : Message
    {
        public const int BlockLength = 24;

        private const int InstrumentOffset = 0;
        private const int ExchangeTimeOffset = 8;
        private const int VenueOffset = 16;
        private const int StateOffset = 17;

        public override bool IsUnderstood => Venues.IsKnown(Venue);

        /// <summary>See InstrumentDefinition.</summary>
        public ulong Instrument => UInt64At(InstrumentOffset);

        /// <summary>Of the event that changed it; 0 before any. ns since the Unix epoch.</summary>
        public long ExchangeTime => Int64At(ExchangeTimeOffset);

        public Venue Venue => (Venue)UInt8At(VenueOffset);

        /// <summary>A number this code does not name counts as not trusted.</summary>
        public BookState State => (BookState)UInt8At(StateOffset);

        /// <summary>
        /// A change replayed after a reconnect. The snapshot that came at logon is newer, so this one is history and
        /// must not replace the state held.
        /// </summary>
        public bool IsResumed { get; internal set; }
    }
}
