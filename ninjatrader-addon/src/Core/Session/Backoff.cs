using System;

namespace Tickbridge.Core
{
    /// <summary>How long to wait before the next attempt. SPECIFICATION.md section 8.</summary>
    public sealed class Backoff
    {
        private readonly LinkOptions options;
        private TimeSpan next;

        public Backoff(LinkOptions options)
        {
            this.options = options;
            next = options.FirstRetry;
        }

        /// <summary>The wait after a connection or attempt ended.</summary>
        /// <param name="reason">why it ended</param>
        /// <param name="loggedOnFor">how long it was logged on; zero if never</param>
        public TimeSpan After(DisconnectReason reason, TimeSpan loggedOnFor)
        {
            if (reason == DisconnectReason.LogonRejected || reason == DisconnectReason.GatewayNotAuthentic
                || reason == DisconnectReason.VersionNotSupported)
            {
                return options.RejectedRetry;
            }
            if (loggedOnFor >= options.StableAfter)
            {
                next = options.FirstRetry;
            }
            TimeSpan wait = next;
            next = TimeSpan.FromTicks(Math.Min(2 * next.Ticks, options.LongestRetry.Ticks));
            return wait;
        }
    }
}
