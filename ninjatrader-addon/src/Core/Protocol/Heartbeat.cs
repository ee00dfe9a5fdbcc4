namespace Tickbridge.Core
{
    /// <summary>Sign of life.</summary>
    public sealed class Heartbeat : Message
    {
        public const int BlockLength = 8;

        private const int CounterOffset = 0;

        /// <summary>Heartbeats the sender sent on this connection, this one included.</summary>
        public ulong Counter => UInt64At(CounterOffset);
    }
}
