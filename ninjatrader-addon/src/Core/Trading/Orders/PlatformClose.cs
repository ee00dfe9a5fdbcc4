namespace Tickbridge.Core.Trading
{
    /// <summary>What the platform was asked to close. Trading thread.</summary>
    internal sealed class PlatformClose
    {
        public PlatformClose(long serial, long askedAt, bool wasSeen)
        {
            WasSeen = wasSeen;
            Serial = serial;
            AskedAt = askedAt;
        }

        /// <summary>Of the last order that was known when it was asked.</summary>
        public long Serial { get; }

        public long AskedAt { get; }

        /// <summary>It was connected then, and had told the position.</summary>
        public bool WasSeen { get; }

        /// <summary>A closing order of its own must be expected.</summary>
        public bool IsAwaited { get; set; }
    }
}
