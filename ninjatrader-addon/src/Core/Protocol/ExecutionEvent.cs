namespace Tickbridge.Core
{
    /// <summary>An order was filled, wholly or in part. A report to the gateway; SPECIFICATION.md sections 6a and 9.</summary>
    public sealed class ExecutionEvent : Report
    {
        public const int BlockLength = 280;

        /// <summary>The add-on's clock when it heard of it, ns since epoch.</summary>
        public long EventTime { get; set; }

        /// <summary>Session of the signal that led to it; 0 for none.</summary>
        public ulong SignalSession { get; set; }

        /// <summary>Sequence of that signal.</summary>
        public ulong SignalSequence { get; set; }

        /// <summary>As in InstrumentDefinition; 0 when the gateway has none for it.</summary>
        public ulong Instrument { get; set; }

        /// <summary>As the platform states it, ns since epoch.</summary>
        public long ExecutionTime { get; set; }

        /// <summary>1e-9.</summary>
        public long Price { get; set; }

        /// <summary>LinkProtocol.NullPrice: not known, 1e-9 of the account's currency.</summary>
        public long Commission { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Of this fill, contracts or shares.</summary>
        public int Quantity { get; set; }

        /// <summary>Long positive, short negative, contracts or shares.</summary>
        public int PositionAfter { get; set; }

        /// <summary>Meaningless when Instrument is 0.</summary>
        public Venue Venue { get; set; }

        public TradingMode Mode { get; set; }

        public OrderAction Action { get; set; }

        public OrderRole Role { get; set; }

        /// <summary>The name that the add-on gave the order. At most 56 characters are sent.</summary>
        public string ClientOrderId { get; set; } = "";

        /// <summary>The platform's name for the order; may change. At most 40 characters are sent.</summary>
        public string PlatformOrderId { get; set; } = "";

        /// <summary>The platform's; the same execution always has the same. At most 40 characters are sent.</summary>
        public string ExecutionId { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string Account { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string InstrumentName { get; set; } = "";

        internal override ushort Template => TemplateId.ExecutionEvent;

        internal override int Length => BlockLength;

        internal override void Encode(byte[] buffer, int block)
        {
            LittleEndian.WriteInt64(buffer, block + 8, EventTime);
            LittleEndian.WriteUInt64(buffer, block + 16, SignalSession);
            LittleEndian.WriteUInt64(buffer, block + 24, SignalSequence);
            LittleEndian.WriteUInt64(buffer, block + 32, Instrument);
            LittleEndian.WriteInt64(buffer, block + 40, ExecutionTime);
            LittleEndian.WriteInt64(buffer, block + 48, Price);
            LittleEndian.WriteInt64(buffer, block + 56, Commission);
            LittleEndian.WriteUInt32(buffer, block + 64, (uint)Quantity);
            LittleEndian.WriteUInt32(buffer, block + 68, (uint)PositionAfter);
            buffer[block + 72] = (byte)Venue;
            buffer[block + 73] = (byte)Mode;
            buffer[block + 74] = (byte)Action;
            buffer[block + 75] = (byte)Role;
            PaddedText.WriteFitting(ClientOrderId, buffer, block + 80, 56);
            PaddedText.WriteFitting(PlatformOrderId, buffer, block + 136, 40);
            PaddedText.WriteFitting(ExecutionId, buffer, block + 176, 40);
            PaddedText.WriteFitting(Account, buffer, block + 216, 32);
            PaddedText.WriteFitting(InstrumentName, buffer, block + 248, 32);
        }
    }
}
