namespace Tickbridge.Core
{
    /// <summary>A position changed. A report to the gateway; SPECIFICATION.md sections 6a and 9.</summary>
    public sealed class PositionEvent : Report
    {
        public const int BlockLength = 128;

        /// <summary>The add-on's clock when it heard of it, ns since epoch.</summary>
        public long EventTime { get; set; }

        /// <summary>As in InstrumentDefinition; 0 when the gateway has none for it.</summary>
        public ulong Instrument { get; set; }

        /// <summary>LinkProtocol.NullPrice: flat, 1e-9.</summary>
        public long AveragePrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Of the day; LinkProtocol.NullPrice: not known, 1e-9 of the account's currency.</summary>
        public long RealizedProfit { get; set; } = LinkProtocol.NullPrice;

        /// <summary>LinkProtocol.NullPrice: not known, 1e-9 of the account's currency.</summary>
        public long UnrealizedProfit { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Long positive, short negative, flat 0, contracts or shares.</summary>
        public int Quantity { get; set; }

        /// <summary>Waiting in orders to buy, contracts or shares.</summary>
        public int WorkingBuy { get; set; }

        /// <summary>Waiting in orders to sell, contracts or shares.</summary>
        public int WorkingSell { get; set; }

        /// <summary>Meaningless when Instrument is 0.</summary>
        public Venue Venue { get; set; }

        public TradingMode Mode { get; set; }

        /// <summary>At most 32 characters are sent.</summary>
        public string Account { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string InstrumentName { get; set; } = "";

        internal override ushort Template => TemplateId.PositionEvent;

        internal override int Length => BlockLength;

        internal override void Encode(byte[] buffer, int block)
        {
            LittleEndian.WriteInt64(buffer, block + 8, EventTime);
            LittleEndian.WriteUInt64(buffer, block + 16, Instrument);
            LittleEndian.WriteInt64(buffer, block + 24, AveragePrice);
            LittleEndian.WriteInt64(buffer, block + 32, RealizedProfit);
            LittleEndian.WriteInt64(buffer, block + 40, UnrealizedProfit);
            LittleEndian.WriteUInt32(buffer, block + 48, (uint)Quantity);
            LittleEndian.WriteUInt32(buffer, block + 52, (uint)WorkingBuy);
            LittleEndian.WriteUInt32(buffer, block + 56, (uint)WorkingSell);
            buffer[block + 60] = (byte)Venue;
            buffer[block + 61] = (byte)Mode;
            PaddedText.WriteFitting(Account, buffer, block + 64, 32);
            PaddedText.WriteFitting(InstrumentName, buffer, block + 96, 32);
        }
    }
}
