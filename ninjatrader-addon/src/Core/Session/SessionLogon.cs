namespace Tickbridge.Core
{
    /// <summary>
    /// A session until it is logged on: answers Challenge, agrees the seals, and takes the gateway's answer, or finds why the
    /// session ends. SPECIFICATION.md section 4. Link thread only.
    /// </summary>
    internal sealed class SessionLogon
    {
        private readonly LinkOptions options;
        private readonly LinkState state;
        private readonly ILinkListener listener;
        private readonly IClock clock;
        private readonly FrameBuffer received;
        private readonly FrameSender sender;
        private readonly LogonExchange exchange;
        private readonly Challenge challenge = new Challenge();
        private readonly LogonRejected rejected = new LogonRejected();
        private bool isAnswered;

        /// <param name="options">with them we log on</param>
        /// <param name="state">what outlives the connection</param>
        /// <param name="listener">hears of a rejection</param>
        /// <param name="clock">the local one</param>
        /// <param name="received">is told how the gateway's frames are sealed</param>
        /// <param name="sender">takes our Logon, and is told how ours are</param>
        public SessionLogon(LinkOptions options, LinkState state, ILinkListener listener, IClock clock,
            FrameBuffer received, FrameSender sender)
        {
            this.options = options;
            this.state = state;
            this.listener = listener;
            this.clock = clock;
            this.received = received;
            this.sender = sender;
            exchange = new LogonExchange(options);
        }

        /// <summary>Whether the gateway accepted us, and we it.</summary>
        public bool IsAccepted { get; private set; }

        /// <summary>The gateway's answer, once it accepted us; readable as long as its frame is.</summary>
        public LogonAccepted Accepted { get; } = new LogonAccepted();

        /// <summary>Takes a frame: after it the gateway's answer is awaited, unless it was that.</summary>
        /// <returns>null, or why the session ends</returns>
        public SessionEnd Take(byte[] buffer, int frame, long arrivalTime)
        {
            ushort templateId = FrameHeader.TemplateIdOf(buffer, frame);
            if (!isAnswered && templateId == TemplateId.Challenge)
            {
                challenge.Wrap(buffer, frame, arrivalTime);
                return OnChallenge();
            }
            if (isAnswered && templateId == TemplateId.LogonAccepted)
            {
                Accepted.Wrap(buffer, frame, arrivalTime);
                return OnAccepted();
            }
            if (templateId == TemplateId.LogonRejected)
            {
                rejected.Wrap(buffer, frame, arrivalTime);
                return OnRejected();
            }
            return SessionEnd.Unexpected(templateId);
        }

        /// <summary>What was awaited did not come in time.</summary>
        public SessionEnd OnDeadline() => new SessionEnd(DisconnectReason.LogonTimeout, "no "
            + (isAnswered ? "answer to our logon" : "challenge") + " within " + options.LogonTimeout.TotalSeconds
            + " s: is this port a Tickbridge gateway's?" + Hint());

        /// <summary>The connection is gone.</summary>
        public SessionEnd OnConnectionLost(string failure) =>
            new SessionEnd(DisconnectReason.ConnectionLost, "connection lost: " + failure + Hint());

        /// <summary>The gateway's answer is not what its key makes of it.</summary>
        public SessionEnd OnBrokenSeal() => new SessionEnd(DisconnectReason.GatewayNotAuthentic,
            "the answer to our logon is not sealed with our key, or was altered on its "
            + "way: compare the key files of both sides");

        /// <summary>
        /// Where TLS begins, we speak first; with a key the gateway does. So each waits for the other, and either may be the
        /// first to give up: the cause is said in both cases.
        /// </summary>
        private string Hint() => isAnswered || options.Tls != null ? "" : ". Where the gateway wants a certificate a key "
            + "is of no use: copy NAME.p12 and ca.pem of its operator into Tickbridge's folder, then press Connect";

        private SessionEnd OnChallenge()
        {
            string mismatch = LogonExchange.VersionMismatch(challenge);
            if (mismatch != null)
            {
                return new SessionEnd(DisconnectReason.VersionNotSupported, mismatch);
            }
            sender.Writer.Version = LogonExchange.VersionFor(challenge);
            SequenceTracker sequence = state.Sequence;
            bool resume = sequence.Session != 0;
            exchange.Answer(challenge, sequence.Session, resume ? sequence.Expected : options.FirstSequence,
                sender.Writer, clock.Now);
            isAnswered = true;
            sender.Flush();
            SealKeys keys = exchange.Keys();
            if (keys != null)
            {
                sender.Writer.Seal(new FrameTag(keys.Client));
                received.Seal(new FrameTag(keys.Gateway));
            }
            return null;
        }

        private SessionEnd OnAccepted()
        {
            if (options.Tls == null && !exchange.IsAuthentic(Accepted))
            {
                return new SessionEnd(DisconnectReason.GatewayNotAuthentic,
                    "the gateway does not hold our key: compare the key files of both sides");
            }
            SequenceTracker sequence = state.Sequence;
            if (Accepted.Session == sequence.Session && Accepted.NextSequence < sequence.Expected)
            {
                // What was taken already would come as new, and be traded a second time.
                return new SessionEnd(DisconnectReason.UnexpectedMessage, "the gateway wants to go on with frame "
                    + Accepted.NextSequence + " of a run of which this add-on has every frame below " + sequence.Expected);
            }
            IsAccepted = true;
            return null;
        }

        private SessionEnd OnRejected()
        {
            state.Counters.Increment(LinkCounter.Rejections);
            // Sealed by nothing, so whoever can write to this connection can have written it.
            string text = options.Tls == null
                ? rejected.Text + " (nothing proves that the gateway said so)"
                : rejected.Text;
            listener.OnRejected(rejected.Reason, text);
            return new SessionEnd(DisconnectReason.LogonRejected, "logon refused: " + rejected.Reason + " " + text);
        }
    }
}
