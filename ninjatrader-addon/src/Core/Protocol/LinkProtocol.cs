namespace Tickbridge.Core
{
    /// <summary>
    /// Numbers of the link, as tickbridge-link.xml and SPECIFICATION.md in bridge-protocol define them.
    /// </summary>
    public static class LinkProtocol
    {
        /// <summary>Identifies the definition; the same in every frame.</summary>
        public const ushort SchemaId = 21603;

        /// <summary>Version of the definition that this code was written against.</summary>
        public const ushort Version = 3;

        /// <summary>Oldest version that this code still speaks.</summary>
        public const ushort OldestVersion = 1;

        /// <summary>From this version on the add-on reports what it trades.</summary>
        public const ushort VersionWithReports = 2;

        /// <summary>From this version on frames can be sealed.</summary>
        public const ushort VersionWithSeals = 3;

        /// <summary>No frame is longer, in bytes; a longer frameLength is an error of the peer.</summary>
        public const int MaxFrameLength = 1024;

        /// <summary>Every frame and every block is a multiple of this many bytes.</summary>
        public const int Alignment = 8;

        /// <summary>Header flag: the frame is sequenced.</summary>
        public const uint FlagSequenced = 1;

        /// <summary>Header flag: the frame ends in its tag.</summary>
        public const uint FlagSealed = 2;

        /// <summary>Bytes of a tag.</summary>
        public const int TagLength = 16;

        /// <summary>A price or tick size that the gateway does not know.</summary>
        public const long NullPrice = long.MinValue;

        /// <summary>Bytes of a nonce and of a proof.</summary>
        public const int NonceLength = 32;

        /// <summary>Bytes of a client's or gateway's name.</summary>
        public const int NameLength = 32;
    }

    /// <summary>Message types, the header's templateId.</summary>
    public static class TemplateId
    {
        public const ushort Challenge = 1;
        public const ushort Logon = 2;
        public const ushort LogonAccepted = 3;
        public const ushort LogonRejected = 4;
        public const ushort Logout = 5;
        public const ushort Heartbeat = 6;
        public const ushort ClockProbe = 7;
        public const ushort ClockReply = 8;
        public const ushort InstrumentDefinition = 10;
        public const ushort SignalDefinition = 11;
        public const ushort InstrumentState = 12;
        public const ushort Signal = 20;
        public const ushort Quote = 21;
        public const ushort Trade = 22;
        public const ushort SequenceGap = 23;
        public const ushort OrderEvent = 30;
        public const ushort ExecutionEvent = 31;
        public const ushort PositionEvent = 32;
        public const ushort RiskDecision = 33;
        public const ushort ReportStream = 34;
        public const ushort ReportAcknowledgement = 35;
        public const ushort LinkTerms = 36;
    }
}
