namespace Tickbridge.Core
{
    /// <summary>Answer to a clock probe; the gateway's send time is the header's. SPECIFICATION.md section 7.</summary>
    public sealed class ClockReply : Message
    {
        public const int BlockLength = 24;

        private const int ProbeOffset = 0;
        private const int ClientSendTimeOffset = 8;
        private const int GatewayReceiveTimeOffset = 16;

        /// <summary>Number of the probe, echoed.</summary>
        public ulong Probe => UInt64At(ProbeOffset);

        /// <summary>The add-on's clock when it sent the probe, echoed; ns since the Unix epoch.</summary>
        public long ClientSendTime => Int64At(ClientSendTimeOffset);

        /// <summary>The gateway's clock when it decoded the probe; ns since the Unix epoch.</summary>
        public long GatewayReceiveTime => Int64At(GatewayReceiveTimeOffset);
    }
}
