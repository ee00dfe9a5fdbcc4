namespace Tickbridge.Core
{
    /// <summary>
    /// What a session does while it is logged on: keeps the gateway's terms, hands each frame to who it is for, and keeps
    /// the connection alive. SPECIFICATION.md sections 6 to 7. Link thread only.
    /// </summary>
    internal sealed class LoggedOnSession
    {
        private readonly LinkState state;
        private readonly FrameDelivery delivery;
        private readonly ILinkListener listener;
        private readonly IClock clock;
        private readonly FrameSender sender;
        private readonly SessionReports reports;
        private readonly SessionTimers timers;
        private readonly ClockReply reply = new ClockReply();
        private readonly LinkTerms terms = new LinkTerms();
        private readonly Logout logout = new Logout();

        public LoggedOnSession(LinkState state, FrameDelivery delivery, ILinkListener listener, IClock clock,
            FrameSender sender)
        {
            this.state = state;
            this.delivery = delivery;
            this.listener = listener;
            this.clock = clock;
            this.sender = sender;
            reports = new SessionReports(state.Reports, sender, clock);
            timers = new SessionTimers(sender.Writer);
        }

        /// <summary>What the gateway lets us do.</summary>
        public PeerRights Rights { get; private set; } = PeerRights.View;

        /// <summary>Whether the gateway takes reports.</summary>
        public bool TakesReports => reports.IsOpen;

        /// <summary>When Act has something to do even if nothing arrives; ns of the local clock.</summary>
        public long NextTimer => timers.Next;

        /// <summary>The gateway accepted us.</summary>
        /// <param name="accepted">its answer</param>
        /// <param name="now">local clock, ns since the Unix epoch</param>
        public void Begin(LogonAccepted accepted, long now)
        {
            state.Counters.Increment(LinkCounter.Logons);
            timers.Start(now, accepted.HeartbeatInterval);
            // Until it says so anew: what stood here was said on another connection.
            state.Market = Market.NotStated;
            listener.OnConnected(accepted);
            delivery.LoggedOn(accepted);
        }

        /// <summary>A whole frame came.</summary>
        public void SignOfLife(long arrivalTime)
        {
            timers.SignOfLife(arrivalTime);
        }

        /// <summary>Takes a frame of a known type.</summary>
        /// <returns>null, or why the session ends</returns>
        public SessionEnd Take(byte[] buffer, int frame, long arrivalTime)
        {
            ushort templateId = FrameHeader.TemplateIdOf(buffer, frame);
            if (templateId != TemplateId.SequenceGap && !delivery.CheckSequence(buffer, frame))
            {
                return null;
            }
            switch (templateId)
            {
                case TemplateId.Heartbeat:
                    return null;
                case TemplateId.ClockReply:
                    reply.Wrap(buffer, frame, arrivalTime);
                    state.Clock.Add(reply.ClientSendTime, reply.GatewayReceiveTime, reply.SendTime, reply.ArrivalTime);
                    return null;
                case TemplateId.LinkTerms:
                    terms.Wrap(buffer, frame, arrivalTime);
                    return OnTerms();
                case TemplateId.ReportAcknowledgement:
                    return reports.Settle(buffer, frame, arrivalTime);
                case TemplateId.Logout:
                    logout.Wrap(buffer, frame, arrivalTime);
                    return new SessionEnd(DisconnectReason.LoggedOut,
                        "the gateway logged us out: " + logout.Reason + " " + logout.Text);
                default:
                    return delivery.Deliver(buffer, frame, arrivalTime) ? null : SessionEnd.Unexpected(templateId);
            }
        }

        /// <summary>Takes a frame of a type of a later version: what counts of it is its number.</summary>
        public void TakeUnknown(byte[] buffer, int frame)
        {
            delivery.CheckSequence(buffer, frame);
        }

        /// <summary>Does what is due at NextTimer.</summary>
        /// <returns>null, or why the session ends</returns>
        public SessionEnd Act()
        {
            long now = clock.Now;
            if (timers.IsSilent(now))
            {
                return new SessionEnd(DisconnectReason.GatewaySilent,
                    "nothing came from the gateway for three heartbeat intervals", LogoutReason.PeerSilent);
            }
            timers.WriteDue(now);
            sender.Flush();
            return sender.Writer.HasRoom
                ? null
                : new SessionEnd(DisconnectReason.GatewayNotReading, "the gateway does not read what we send");
        }

        /// <summary>Sends the reports that wait.</summary>
        /// <returns>how much was done; 0: nothing</returns>
        public int SendReports() => reports.Send();

        private SessionEnd OnTerms()
        {
            if (reports.IsOpen || sender.Writer.Version < LinkProtocol.VersionWithReports)
            {
                return SessionEnd.Unexpected(TemplateId.LinkTerms);
            }
            Rights = terms.Rights == PeerRights.Trade ? PeerRights.Trade : PeerRights.View;
            state.Market = terms.Market;
            timers.LimitSilence(terms.SilenceLimit);
            reports.Open();
            return null;
        }
    }
}
