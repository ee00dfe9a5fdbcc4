namespace Tickbridge.Core
{
    /// <summary>The gateway refused the logon; the connection closes after it.</summary>
    public sealed class LogonRejected : Message
    {
        public const int BlockLength = 120;

        private const int ReasonOffset = 0;
        private const int TextOffset = 8;

        public RejectReason Reason => (RejectReason)UInt16At(ReasonOffset);

        /// <summary>What was wrong, for people. Allocates.</summary>
        public string Text => TextAt(TextOffset, 112);
    }
}
