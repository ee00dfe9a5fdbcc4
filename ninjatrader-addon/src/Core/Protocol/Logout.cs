namespace Tickbridge.Core
{
    /// <summary>The gateway ends the connection.</summary>
    public sealed class Logout : Message
    {
        public const int BlockLength = 120;

        private const int ReasonOffset = 0;
        private const int TextOffset = 8;

        public LogoutReason Reason => (LogoutReason)UInt16At(ReasonOffset);

        /// <summary>For people. Allocates.</summary>
        public string Text => TextAt(TextOffset, 112);
    }
}
