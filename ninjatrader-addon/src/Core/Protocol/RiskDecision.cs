namespace Tickbridge.Core
{
    /// <summary>A rule of the risk gate let something pass, or refused it. A report to the gateway; SPECIFICATION.md sections 6a and 9.</summary>
    public sealed class RiskDecision : Report
    {
        public const int BlockLength = 344;

        /// <summary>The add-on's clock when it decided, ns since epoch.</summary>
        public long EventTime { get; set; }

        /// <summary>Session of the signal that led to it; 0 for none.</summary>
        public ulong SignalSession { get; set; }

        /// <summary>Sequence of that signal.</summary>
        public ulong SignalSequence { get; set; }

        /// <summary>As in InstrumentDefinition; 0 when the gateway has none for it.</summary>
        public ulong Instrument { get; set; }

        /// <summary>What the rule allows, as `unit` says.</summary>
        public long LimitValue { get; set; }

        /// <summary>What was found, as `unit` says.</summary>
        public long Value { get; set; }

        /// <summary>Asked for, contracts or shares.</summary>
        public int Quantity { get; set; }

        /// <summary>Meaningless when Instrument is 0.</summary>
        public Venue Venue { get; set; }

        public TradingMode Mode { get; set; }

        public RiskVerdict Verdict { get; set; }

        /// <summary>Asked for; NONE where nothing was asked, such as arming.</summary>
        public OrderAction Action { get; set; }

        /// <summary>
        /// The rule's name; the last one asked where all let it pass. At most 32 characters are
        /// sent.
        /// </summary>
        public string Rule { get; set; } = "";

        /// <summary>Of limit and value, for people. At most 16 characters are sent.</summary>
        public string Unit { get; set; } = "";

        /// <summary>Empty where no order came of it. At most 56 characters are sent.</summary>
        public string ClientOrderId { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string Account { get; set; } = "";

        /// <summary>At most 32 characters are sent.</summary>
        public string InstrumentName { get; set; } = "";

        /// <summary>For people. At most 112 characters are sent.</summary>
        public string Text { get; set; } = "";

        internal override ushort Template => TemplateId.RiskDecision;

        internal override int Length => BlockLength;

        internal override void Encode(byte[] buffer, int block)
        {
            LittleEndian.WriteInt64(buffer, block + 8, EventTime);
            LittleEndian.WriteUInt64(buffer, block + 16, SignalSession);
            LittleEndian.WriteUInt64(buffer, block + 24, SignalSequence);
            LittleEndian.WriteUInt64(buffer, block + 32, Instrument);
            LittleEndian.WriteInt64(buffer, block + 40, LimitValue);
            LittleEndian.WriteInt64(buffer, block + 48, Value);
            LittleEndian.WriteUInt32(buffer, block + 56, (uint)Quantity);
            buffer[block + 60] = (byte)Venue;
            buffer[block + 61] = (byte)Mode;
            buffer[block + 62] = (byte)Verdict;
            buffer[block + 63] = (byte)Action;
            PaddedText.WriteFitting(Rule, buffer, block + 64, 32);
            PaddedText.WriteFitting(Unit, buffer, block + 96, 16);
            PaddedText.WriteFitting(ClientOrderId, buffer, block + 112, 56);
            PaddedText.WriteFitting(Account, buffer, block + 168, 32);
            PaddedText.WriteFitting(InstrumentName, buffer, block + 200, 32);
            PaddedText.WriteFitting(Text, buffer, block + 232, 112);
        }
    }
}
