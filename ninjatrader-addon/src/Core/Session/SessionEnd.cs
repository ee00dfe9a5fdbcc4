namespace Tickbridge.Core
{
    /// <summary>Why a session ends, and whether the gateway is told. Immutable.</summary>
    internal sealed class SessionEnd
    {
        /// <param name="reason">for programs</param>
        /// <param name="message">for people</param>
        /// <param name="goodbye">said to the gateway if it knows us by then; null: nothing is said</param>
        public SessionEnd(DisconnectReason reason, string message, LogoutReason? goodbye = null)
        {
            Reason = reason;
            Message = message;
            Goodbye = goodbye;
        }

        public DisconnectReason Reason { get; }

        /// <summary>For people.</summary>
        public string Message { get; }

        /// <summary>null: nothing is said to the gateway.</summary>
        public LogoutReason? Goodbye { get; }

        /// <summary>A message came that has no place where the session stands.</summary>
        public static SessionEnd Unexpected(ushort templateId) => new SessionEnd(DisconnectReason.UnexpectedMessage,
            "message of template " + templateId + " does not belong here", LogoutReason.UnexpectedMessage);
    }
}
