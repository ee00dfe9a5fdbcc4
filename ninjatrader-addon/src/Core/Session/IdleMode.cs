namespace Tickbridge.Core
{
    /// <summary>What the link thread does while nothing comes.</summary>
    public enum IdleMode
    {
        /// <summary>Asks again at once: lowest latency, one core for itself.</summary>
        Spin,
        /// <summary>Lets other threads run first: for few cores. Still keeps a core busy.</summary>
        Yield,
        /// <summary>Sleeps until the system wakes it: costs some 10 to 20 µs, and no core.</summary>
        Block
    }
}
