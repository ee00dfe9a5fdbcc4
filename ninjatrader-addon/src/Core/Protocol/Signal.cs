namespace Tickbridge.Core
{
    /// <summary>
    /// A signal. Its first 64 bytes are the body: what is journalled, replayed and compared byte for byte.
    /// </summary>
    public sealed class Signal : Message
    {
        public const int BlockLength = 72;

        /// <summary>Bytes of the body.</summary>
        public const int BodyLength = 64;

        private const int NumberOffset = 0;
        private const int ExchangeTimeOffset = 8;
        private const int InstrumentOffset = 16;
        private const int RuleOffset = 24;
        private const int VenueOffset = 26;
        private const int SideOffset = 27;
        private const int BidPriceOffset = 32;
        private const int AskPriceOffset = 40;
        private const int BidQuantityOffset = 48;
        private const int AskQuantityOffset = 52;
        private const int ValueOffset = 56;
        private const int ReceiveTimeOffset = 64;

        public override bool IsUnderstood => Venues.IsKnown(Venue) && Side <= Side.Sell;

        /// <summary>Counts every signal of the gateway's run, from 1.</summary>
        public ulong Number => UInt64At(NumberOffset);

        /// <summary>Transaction time of the event that caused it, ns since the Unix epoch.</summary>
        public long ExchangeTime => Int64At(ExchangeTimeOffset);

        /// <summary>See InstrumentDefinition.</summary>
        public ulong Instrument => UInt64At(InstrumentOffset);

        /// <summary>Place of the rule in the gateway's configuration, from 1; see SignalDefinition.</summary>
        public ushort Rule => UInt16At(RuleOffset);

        public Venue Venue => (Venue)UInt8At(VenueOffset);

        /// <summary>Direction the signal points to.</summary>
        public Side Side => (Side)UInt8At(SideOffset);

        /// <summary>Best bid when it fired, in 1e-9 units.</summary>
        public long BidPrice => Int64At(BidPriceOffset);

        /// <summary>Best offer when it fired, in 1e-9 units.</summary>
        public long AskPrice => Int64At(AskPriceOffset);

        /// <summary>Contracts or shares at the best bid.</summary>
        public int BidQuantity => Int32At(BidQuantityOffset);

        /// <summary>Contracts or shares at the best offer.</summary>
        public int AskQuantity => Int32At(AskQuantityOffset);

        /// <summary>The measured quantity, in the unit of the rule's kind.</summary>
        public long Value => Int64At(ValueOffset);

        /// <summary>
        /// Gateway clock or NIC timestamp of the frame that caused it, ns since the Unix epoch; not part of the body.
        /// </summary>
        public long ReceiveTime => Int64At(ReceiveTimeOffset);

        /// <summary>Replayed after a reconnect: it fired while this add-on was not connected.</summary>
        public bool IsResumed { get; internal set; }

        /// <summary>Whether it came within the gateway's time-to-live. Only InTime may be acted on.</summary>
        public Timeliness Timeliness { get; internal set; }

        /// <summary>Copies the 64 bytes of the body as they came.</summary>
        public void CopyBody(byte[] target, int offset)
        {
            CopyAt(NumberOffset, target, offset, BodyLength);
        }
    }
}
