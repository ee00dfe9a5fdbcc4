using System;

namespace Tickbridge.Core
{
    /// <summary>
    /// One connection from Challenge to its end, as SPECIFICATION.md section 3 draws it. Has no thread of its own:
    /// whoever drives it calls DoWork until HasEnded. Link thread only.
    /// </summary>
    internal sealed class LinkSession
    {
        private enum Stage
        {
            AwaitingChallenge,
            AwaitingAnswer,
            LoggedOn,
            Closing,
            Ended
        }

        private const long NanosPerTick = 100;

        private readonly ILinkStream socket;
        private readonly LinkOptions options;
        private readonly LinkState state;
        private readonly FrameDelivery delivery;
        private readonly ILinkListener listener;
        private readonly IClock clock;
        private readonly LogonExchange exchange;
        private readonly FrameBuffer received = new FrameBuffer();
        private readonly FrameWriter writer = new FrameWriter();
        private readonly ReportAcknowledgement acknowledgement = new ReportAcknowledgement();
        private readonly SessionTimers timers;
        private Stage stage = Stage.AwaitingChallenge;
        private long deadline;
        private long loggedOnAt;
        private long loggedOnFor;
        private bool reporting;
        private FrameTag seal;

        public LinkSession(ILinkStream socket, LinkOptions options, LinkState state, FrameDelivery delivery,
            ILinkListener listener, IClock clock)
        {
            this.socket = socket;
            this.options = options;
            this.state = state;
            this.delivery = delivery;
            this.listener = listener;
            this.clock = clock;
            exchange = new LogonExchange(options);
            timers = new SessionTimers(writer);
            SetDeadline(options.LogonTimeout);
        }

        /// <summary>Whether nothing is left to do but to dispose of the socket.</summary>
        public bool HasEnded => stage == Stage.Ended;

        /// <summary>What the gateway lets us do.</summary>
        public PeerRights Rights { get; private set; } = PeerRights.View;

        public bool IsLoggedOn => stage == Stage.LoggedOn;

        /// <summary>Whether the gateway takes reports now.</summary>
        public bool TakesReports => reporting && IsLoggedOn;

        /// <summary>Whether it ever got that far.</summary>
        public bool WasLoggedOn { get; private set; }

        /// <summary>How long it was logged on, once it has ended.</summary>
        public TimeSpan LoggedOnFor => TimeSpan.FromTicks(loggedOnFor / NanosPerTick);

        /// <summary>Why it ended.</summary>
        public DisconnectReason EndReason { get; private set; }

        /// <summary>Why it ended, for people.</summary>
        public string EndMessage { get; private set; }

        /// <summary>When DoWork has something to do even if nothing arrives; ns of the local clock.</summary>
        public long NextTimer => stage == Stage.LoggedOn ? timers.Next : deadline;

        /// <summary>Receives what is there and does what is due. Never blocks.</summary>
        /// <returns>how much was done; 0: it may idle</returns>
        public int DoWork()
        {
            // Receiving comes first: after a listener that was busy for long, what waits must count as a sign of
            // life before silence is judged.
            int work = ReceiveOnce();
            if (stage == Stage.LoggedOn && clock.Now >= timers.Next)
            {
                OnTimer();
                work++;
            }
            else if (stage != Stage.LoggedOn && stage != Stage.Ended && clock.Now >= deadline)
            {
                OnDeadline();
                work++;
            }
            return work + SendReports();
        }

        /// <summary>Says goodbye. HasEnded follows soon.</summary>
        public void Stop()
        {
            End(DisconnectReason.Stopped, "stopped", LogoutReason.Requested);
        }

        private int SendReports()
        {
            if (!reporting || stage != Stage.LoggedOn || !state.Reports.HasUnsent || !writer.HasRoomForReport)
            {
                return 0;
            }
            state.Reports.Write(writer, clock.Now);
            Flush();
            return 1;
        }

        private int ReceiveOnce()
        {
            int count = stage == Stage.Ended ? 0 : socket.Receive(received.Bytes, received.End, received.Free);
            if (count == 0)
            {
                // Only now: a failed send must not hide the gateway's last frame, which says why.
                return socket.Failure == null ? 0 : OnConnectionLost();
            }
            if (stage == Stage.Closing)
            {
                return count;
            }
            long arrivalTime = clock.Now;
            state.Counters.Add(LinkCounter.BytesReceived, count);
            received.Added(count);
            int frames = TakeFrames(arrivalTime);
            if (frames > 0)
            {
                timers.SignOfLife(arrivalTime);
                state.Counters.Add(LinkCounter.FramesReceived, frames);
            }
            received.Compact();
            return count;
        }

        private int TakeFrames(long arrivalTime)
        {
            int frames = 0;
            while (stage < Stage.Closing)
            {
                FrameStatus status = received.Next();
                if (seal != null && FrameCheck.HasLength(status))
                {
                    // Nothing else that the frame says is looked at before its seal.
                    if (!received.IsWhole)
                    {
                        return frames;
                    }
                    if (!IsIntact())
                    {
                        OnBrokenSeal();
                        return frames;
                    }
                }
                switch (status)
                {
                    case FrameStatus.Incomplete:
                        return frames;
                    case FrameStatus.Accept:
                        OnFrame(received.Bytes, received.Frame, arrivalTime);
                        break;
                    case FrameStatus.Skip:
                        OnUnknown(received.Bytes, received.Frame);
                        break;
                    default:
                        state.Counters.Increment(LinkCounter.MalformedFrames);
                        End(DisconnectReason.MalformedFrame, "malformed frame: "
                            + FrameCheck.Describe(status, received.Bytes, received.Frame), LogoutReason.MalformedFrame);
                        return frames;
                }
                frames++;
            }
            return frames;
        }

        /// <summary>A rejection is not sealed: it comes before the keys are agreed, and nothing follows it.</summary>
        private bool IsIntact() => stage == Stage.AwaitingAnswer
            && FrameHeader.TemplateIdOf(received.Bytes, received.Frame) == TemplateId.LogonRejected
            || seal.IsIntact(received.Bytes, received.Frame);

        private void OnBrokenSeal()
        {
            state.Counters.Increment(LinkCounter.BrokenSeals);
            if (stage == Stage.AwaitingAnswer)
            {
                End(DisconnectReason.GatewayNotAuthentic, "the answer to our logon is not sealed with our key, or was altered on its "
                    + "way: compare the key files of both sides", null);
                return;
            }
            End(DisconnectReason.BrokenSeal, "a frame was altered on its way, left out, or played again: its seal is broken",
                LogoutReason.BrokenSeal);
        }

        private void OnUnknown(byte[] buffer, int frame)
        {
            state.Counters.Increment(LinkCounter.FramesNotUnderstood);
            if (stage == Stage.LoggedOn)
            {
                delivery.CheckSequence(buffer, frame);
            }
        }

        private void OnFrame(byte[] buffer, int frame, long arrivalTime)
        {
            ushort templateId = FrameHeader.TemplateIdOf(buffer, frame);
            if (stage == Stage.LoggedOn)
            {
                OnLoggedOnFrame(templateId, buffer, frame, arrivalTime);
            }
            else if (stage == Stage.AwaitingChallenge && templateId == TemplateId.Challenge)
            {
                OnChallenge(Wrapped(new Challenge(), buffer, frame, arrivalTime));
            }
            else if (stage == Stage.AwaitingAnswer && templateId == TemplateId.LogonAccepted)
            {
                OnAccepted(Wrapped(new LogonAccepted(), buffer, frame, arrivalTime));
            }
            else if (templateId == TemplateId.LogonRejected)
            {
                OnRejected(Wrapped(new LogonRejected(), buffer, frame, arrivalTime));
            }
            else
            {
                OnUnexpected(templateId);
            }
        }

        private void OnLoggedOnFrame(ushort templateId, byte[] buffer, int frame, long arrivalTime)
        {
            if (templateId != TemplateId.SequenceGap && !delivery.CheckSequence(buffer, frame))
            {
                return;
            }
            switch (templateId)
            {
                case TemplateId.Heartbeat:
                    break;
                case TemplateId.ClockReply:
                    OnClockReply(Wrapped(new ClockReply(), buffer, frame, arrivalTime));
                    break;
                case TemplateId.LinkTerms:
                    OnTerms(Wrapped(new LinkTerms(), buffer, frame, arrivalTime));
                    break;
                case TemplateId.ReportAcknowledgement:
                    acknowledgement.Wrap(buffer, frame, arrivalTime);
                    OnAcknowledgement();
                    break;
                case TemplateId.Logout:
                    Logout logout = Wrapped(new Logout(), buffer, frame, arrivalTime);
                    End(DisconnectReason.LoggedOut, "the gateway logged us out: " + logout.Reason + " " + logout.Text,
                        null);
                    break;
                default:
                    if (!delivery.Deliver(buffer, frame, arrivalTime))
                    {
                        OnUnexpected(templateId);
                    }
                    break;
            }
        }

        private void OnChallenge(Challenge challenge)
        {
            string mismatch = LogonExchange.VersionMismatch(challenge);
            if (mismatch != null)
            {
                End(DisconnectReason.VersionNotSupported, mismatch, null);
                return;
            }
            writer.Version = LogonExchange.VersionFor(challenge);
            SequenceTracker sequence = state.Sequence;
            bool resume = sequence.Session != 0;
            exchange.Answer(challenge, sequence.Session, resume ? sequence.Expected : options.FirstSequence, writer,
                clock.Now);
            stage = Stage.AwaitingAnswer;
            SetDeadline(options.LogonTimeout);
            Flush();
            SealKeys keys = exchange.Keys();
            if (keys != null)
            {
                writer.Seal(new FrameTag(keys.Client));
                seal = new FrameTag(keys.Gateway);
            }
        }

        private void OnAccepted(LogonAccepted accepted)
        {
            if (options.Tls == null && !exchange.IsAuthentic(accepted))
            {
                End(DisconnectReason.GatewayNotAuthentic,
                    "the gateway does not hold our key: compare the key files of both sides", null);
                return;
            }
            SequenceTracker sequence = state.Sequence;
            if (accepted.Session == sequence.Session && accepted.NextSequence < sequence.Expected)
            {
                // What was taken already would come as new, and be traded a second time.
                End(DisconnectReason.UnexpectedMessage, "the gateway wants to go on with frame " + accepted.NextSequence
                    + " of a run of which this add-on has every frame below " + sequence.Expected, null);
                return;
            }
            stage = Stage.LoggedOn;
            WasLoggedOn = true;
            loggedOnAt = clock.Now;
            state.Counters.Increment(LinkCounter.Logons);
            timers.Start(loggedOnAt, accepted.HeartbeatInterval);
            // Until it says so anew: what stood here was said on another connection.
            state.Market = Market.NotStated;
            listener.OnConnected(accepted);
            delivery.LoggedOn(accepted);
        }

        private void OnTerms(LinkTerms terms)
        {
            if (reporting || writer.Version < LinkProtocol.VersionWithReports)
            {
                OnUnexpected(TemplateId.LinkTerms);
                return;
            }
            reporting = true;
            Rights = terms.Rights == PeerRights.Trade ? PeerRights.Trade : PeerRights.View;
            state.Market = terms.Market;
            timers.LimitSilence(terms.SilenceLimit);
            state.Reports.Begin(writer, clock.Now);
            Flush();
        }

        private void OnAcknowledgement()
        {
            // Of another stream: to somebody else who wrote on this connection. There is nobody else.
            if (!reporting || acknowledgement.Stream != state.Reports.Stream)
            {
                OnUnexpected(TemplateId.ReportAcknowledgement);
                return;
            }
            state.Reports.Settle(acknowledgement.ThroughSequence, acknowledgement.Outcome);
        }

        private void OnRejected(LogonRejected rejected)
        {
            state.Counters.Increment(LinkCounter.Rejections);
            // Sealed by nothing, so whoever can write to this connection can have written it.
            string text = options.Tls == null
                ? rejected.Text + " (nothing proves that the gateway said so)"
                : rejected.Text;
            listener.OnRejected(rejected.Reason, text);
            End(DisconnectReason.LogonRejected, "logon refused: " + rejected.Reason + " " + text, null);
        }

        private void OnClockReply(ClockReply reply)
        {
            state.Clock.Add(reply.ClientSendTime, reply.GatewayReceiveTime, reply.SendTime, reply.ArrivalTime);
        }

        private void OnUnexpected(ushort templateId)
        {
            End(DisconnectReason.UnexpectedMessage, "message of template " + templateId + " does not belong here",
                LogoutReason.UnexpectedMessage);
        }

        private void OnTimer()
        {
            long now = clock.Now;
            if (timers.IsSilent(now))
            {
                End(DisconnectReason.GatewaySilent, "nothing came from the gateway for three heartbeat intervals",
                    LogoutReason.PeerSilent);
                return;
            }
            timers.WriteDue(now);
            Flush();
            if (stage == Stage.LoggedOn && !writer.HasRoom)
            {
                End(DisconnectReason.GatewayNotReading, "the gateway does not read what we send", null);
            }
        }

        private void OnDeadline()
        {
            if (stage == Stage.Closing)
            {
                stage = Stage.Ended;
                return;
            }
            string awaited = stage == Stage.AwaitingChallenge ? "challenge" : "answer to our logon";
            End(DisconnectReason.LogonTimeout, "no " + awaited + " within " + options.LogonTimeout.TotalSeconds
                + " s: is this port a Tickbridge gateway's?", null);
        }

        private int OnConnectionLost()
        {
            if (stage == Stage.Closing)
            {
                stage = Stage.Ended;
            }
            else if (stage != Stage.Ended)
            {
                End(DisconnectReason.ConnectionLost, "connection lost"
                    + (received.IsMidFrame ? " in the middle of a frame" : "") + ": " + socket.Failure, null);
            }
            return 0;
        }

        /// <summary>Ends the session; the first reason counts.</summary>
        private void End(DisconnectReason reason, string message, LogoutReason? goodbye)
        {
            if (stage >= Stage.Closing)
            {
                return;
            }
            bool sayGoodbye = goodbye != null && stage == Stage.LoggedOn;
            loggedOnFor = WasLoggedOn ? clock.Now - loggedOnAt : 0;
            EndReason = reason;
            EndMessage = message;
            stage = Stage.Ended;
            if (sayGoodbye && writer.HasRoom)
            {
                writer.WriteLogout(goodbye.Value, Shortened(message), clock.Now);
                Flush();
                // Closing at once could make the system reset the connection and lose the Logout.
                socket.ShutDownOutput();
                stage = Stage.Closing;
                SetDeadline(options.CloseTimeout);
            }
        }

        private void Flush()
        {
            if (writer.Length > 0)
            {
                writer.Finish();
                writer.Consume(socket.Send(writer.Buffer, writer.Length));
            }
        }

        private void SetDeadline(TimeSpan wait)
        {
            deadline = clock.Now + wait.Ticks * NanosPerTick;
        }

        private static string Shortened(string text) =>
            text.Length <= FrameWriter.LogoutTextLength ? text : text.Substring(0, FrameWriter.LogoutTextLength);

        private static T Wrapped<T>(T message, byte[] buffer, int frame, long arrivalTime) where T : Message
        {
            message.Wrap(buffer, frame, arrivalTime);
            return message;
        }
    }
}
