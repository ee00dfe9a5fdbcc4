namespace Tickbridge.Core
{
    /// <summary>An order changed. A report to the gateway; SPECIFICATION.md sections 6a and 9.</summary>
    public sealed class OrderEvent : Report
    {
        public const int BlockLength = 392;

        /// <summary>The add-on's clock when it heard of it, ns since epoch.</summary>
        public long EventTime { get; set; }

        /// <summary>Session of the signal that led to it; 0 for none.</summary>
        public ulong SignalSession { get; set; }

        /// <summary>Sequence of that signal.</summary>
        public ulong SignalSequence { get; set; }

        /// <summary>As in InstrumentDefinition; 0 when the gateway has none for it.</summary>
        public ulong Instrument { get; set; }

        /// <summary>LinkProtocol.NullPrice: none, 1e-9.</summary>
        public long LimitPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>LinkProtocol.NullPrice: none, 1e-9.</summary>
        public long StopPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Of what is filled; LinkProtocol.NullPrice: nothing is, 1e-9.</summary>
        public long AveragePrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Ordered, contracts or shares.</summary>
        public int Quantity { get; set; }

        /// <summary>Filled so far, contracts or shares.</summary>
        public int FilledQuantity { get; set; }

        /// <summary>Meaningless when Instrument is 0.</summary>
        public Venue Venue { get; set; }

        public TradingMode Mode { get; set; }

        public OrderAction Action { get; set; }

        public OrderType OrderType { get; set; }

        /// <summary>The state it is in now.</summary>
        public OrderState State { get; set; }

        public TimeInForce TimeInForce { get; set; }

        public OrderRole Role { get; set; }

        /// <summary>
        /// The name that the add-on gave the order; stays the same for its life. At most 56 characters are
        /// sent.
        /// </summary>
        public string ClientOrderId { get; set; } = "";

        /// <summary>The platform's; may change. At most 40 characters are sent.</summary>
        public string PlatformOrderId { get; set; } = "";

        /// <summary>Orders of which one cancels the others; empty: none. At most 40 characters are sent.</summary>
        public string OcoGroup { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string Account { get; set; } = "";

        /// <summary>As the platform names it. At most 32 characters are sent.</summary>
        public string InstrumentName { get; set; } = "";

        /// <summary>Reason or native error, for people. At most 112 characters are sent.</summary>
        public string Text { get; set; } = "";

        internal override ushort Template => TemplateId.OrderEvent;

        internal override int Length => BlockLength;

        internal override void Encode(byte[] buffer, int block)
        {
            LittleEndian.WriteInt64(buffer, block + 8, EventTime);
            LittleEndian.WriteUInt64(buffer, block + 16, SignalSession);
            LittleEndian.WriteUInt64(buffer, block + 24, SignalSequence);
            LittleEndian.WriteUInt64(buffer, block + 32, Instrument);
            LittleEndian.WriteInt64(buffer, block + 40, LimitPrice);
            LittleEndian.WriteInt64(buffer, block + 48, StopPrice);
            LittleEndian.WriteInt64(buffer, block + 56, AveragePrice);
            LittleEndian.WriteUInt32(buffer, block + 64, (uint)Quantity);
            LittleEndian.WriteUInt32(buffer, block + 68, (uint)FilledQuantity);
            buffer[block + 72] = (byte)Venue;
            buffer[block + 73] = (byte)Mode;
            buffer[block + 74] = (byte)Action;
            buffer[block + 75] = (byte)OrderType;
            buffer[block + 76] = (byte)State;
            buffer[block + 77] = (byte)TimeInForce;
            buffer[block + 78] = (byte)Role;
            PaddedText.WriteFitting(ClientOrderId, buffer, block + 80, 56);
            PaddedText.WriteFitting(PlatformOrderId, buffer, block + 136, 40);
            PaddedText.WriteFitting(OcoGroup, buffer, block + 176, 40);
            PaddedText.WriteFitting(Account, buffer, block + 216, 32);
            PaddedText.WriteFitting(InstrumentName, buffer, block + 248, 32);
            PaddedText.WriteFitting(Text, buffer, block + 280, 112);
        }
    }
}
