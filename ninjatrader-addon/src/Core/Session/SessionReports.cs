namespace Tickbridge.Core
{
    /// <summary>
    /// The add-on's reports on one connection: sent from when the gateway takes them, settled as it says.
    /// SPECIFICATION.md section 6a. Link thread only.
    /// </summary>
    internal sealed class SessionReports
    {
        private readonly ReportOutbox outbox;
        private readonly FrameSender sender;
        private readonly IClock clock;
        private readonly ReportAcknowledgement acknowledgement = new ReportAcknowledgement();

        public SessionReports(ReportOutbox outbox, FrameSender sender, IClock clock)
        {
            this.outbox = outbox;
            this.sender = sender;
            this.clock = clock;
        }

        /// <summary>Whether the gateway takes reports.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>The gateway takes reports from now on: says with which the stream begins.</summary>
        public void Open()
        {
            IsOpen = true;
            outbox.Begin(sender.Writer, clock.Now);
            sender.Flush();
        }

        /// <summary>Sends what waits, as far as there is room.</summary>
        /// <returns>how much was done; 0: nothing</returns>
        public int Send()
        {
            if (!IsOpen || !outbox.HasUnsent || !sender.Writer.HasRoomForReport)
            {
                return 0;
            }
            outbox.Write(sender.Writer, clock.Now);
            sender.Flush();
            return 1;
        }

        /// <summary>Takes a ReportAcknowledgement.</summary>
        /// <returns>null, or why the session ends</returns>
        public SessionEnd Settle(byte[] buffer, int frame, long arrivalTime)
        {
            acknowledgement.Wrap(buffer, frame, arrivalTime);
            // Of another stream: to somebody else who wrote on this connection. There is nobody else.
            if (!IsOpen || acknowledgement.Stream != outbox.Stream)
            {
                return SessionEnd.Unexpected(TemplateId.ReportAcknowledgement);
            }
            outbox.Settle(acknowledgement.ThroughSequence, acknowledgement.Outcome);
            return null;
        }
    }
}
