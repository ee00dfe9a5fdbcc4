using System;

namespace Tickbridge.Core
{
    /// <summary>The end of one attempt to be connected. Immutable, any thread.</summary>
    public sealed class Disconnection
    {
        internal Disconnection(DisconnectReason reason, string message, bool wasLoggedOn, TimeSpan? retryIn)
        {
            Reason = reason;
            Message = message;
            WasLoggedOn = wasLoggedOn;
            RetryIn = retryIn;
        }

        public DisconnectReason Reason { get; }

        /// <summary>One sentence for people: what, where, and what to do.</summary>
        public string Message { get; }

        /// <summary>Whether OnConnected had been called before.</summary>
        public bool WasLoggedOn { get; }

        /// <summary>When the next attempt comes; null when none will.</summary>
        public TimeSpan? RetryIn { get; }
    }
}
