namespace Tickbridge.Core
{
    /// <summary>First frame of a connection, from the gateway. SPECIFICATION.md section 4.</summary>
    public sealed class Challenge : Message
    {
        public const int BlockLength = 72;

        private const int MinimumVersionOffset = 0;
        private const int MaximumVersionOffset = 2;
        private const int SealOffset = 4;
        private const int NonceOffset = 8;
        private const int GatewayNameOffset = 40;

        /// <summary>Lowest definition version the gateway speaks.</summary>
        public ushort MinimumVersion => UInt16At(MinimumVersionOffset);

        /// <summary>Highest definition version the gateway speaks.</summary>
        public ushort MaximumVersion => UInt16At(MaximumVersionOffset);

        /// <summary>Of every frame from LogonAccepted on; before version 3 padding, which is 0.</summary>
        public FrameSeal Seal => (FrameSeal)UInt8At(SealOffset);

        /// <summary>Copies the gateway's 32 random bytes.</summary>
        public void CopyNonce(byte[] target, int offset)
        {
            CopyAt(NonceOffset, target, offset, LinkProtocol.NonceLength);
        }

        /// <summary>Name in the gateway's configuration. Allocates.</summary>
        public string GatewayName => TextAt(GatewayNameOffset, 32);
    }
}
