namespace Tickbridge.Core
{
    /// <summary>What holds on this connection. Right after LogonAccepted, from version 2 on.</summary>
    public sealed class LinkTerms : Message
    {
        public const int BlockLength = 16;

        private const int SilenceLimitOffset = 0;
        private const int RightsOffset = 8;
        private const int MarketOffset = 9;

        /// <summary>A side that hears nothing for so long ends the connection, ns.</summary>
        public long SilenceLimit => Int64At(SilenceLimitOffset);

        /// <summary>What we may do. A number this code does not name counts as View.</summary>
        public PeerRights Rights => (PeerRights)UInt8At(RightsOffset);

        /// <summary>What the signals are of. A number this code does not name counts as NotStated.</summary>
        public Market Market => (Market)UInt8At(MarketOffset);
    }
}
