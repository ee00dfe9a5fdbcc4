namespace Tickbridge.Core
{
    /// <summary>The gateway's own word that sequenced frames will not come. SPECIFICATION.md section 6.</summary>
    public sealed class SequenceGap : Message
    {
        public const int BlockLength = 24;

        private const int FromSequenceOffset = 0;
        private const int ToSequenceOffset = 8;
        private const int ReasonOffset = 16;

        /// <summary>First number that will not come.</summary>
        public ulong FromSequence => UInt64At(FromSequenceOffset);

        /// <summary>Last one, inclusive; ulong.MaxValue with OtherSession: the end is not known.</summary>
        public ulong ToSequence => UInt64At(ToSequenceOffset);

        public GapReason Reason => (GapReason)UInt16At(ReasonOffset);
    }
}
