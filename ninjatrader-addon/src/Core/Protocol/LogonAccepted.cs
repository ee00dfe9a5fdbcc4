namespace Tickbridge.Core
{
    /// <summary>The gateway took the logon and proves in turn that it holds the key.</summary>
    public sealed class LogonAccepted : Message
    {
        public const int BlockLength = 72;

        private const int SessionOffset = 0;
        private const int NextSequenceOffset = 8;
        private const int LastSequenceOffset = 16;
        private const int HeartbeatIntervalOffset = 24;
        private const int SignalTimeToLiveOffset = 32;
        private const int ProofOffset = 40;

        /// <summary>This run of the gateway; never 0.</summary>
        public ulong Session => UInt64At(SessionOffset);

        /// <summary>Number of the first sequenced frame or gap that follows.</summary>
        public ulong NextSequence => UInt64At(NextSequenceOffset);

        /// <summary>Newest number at logon: frames up to it are resumed, later ones live.</summary>
        public ulong LastSequence => UInt64At(LastSequenceOffset);

        /// <summary>In ns.</summary>
        public long HeartbeatInterval => Int64At(HeartbeatIntervalOffset);

        /// <summary>In ns: a signal older than this came too late to act on.</summary>
        public long SignalTimeToLive => Int64At(SignalTimeToLiveOffset);

        /// <summary>Copies the gateway's 32 bytes of proof.</summary>
        public void CopyProof(byte[] target, int offset)
        {
            CopyAt(ProofOffset, target, offset, LinkProtocol.NonceLength);
        }
    }
}
