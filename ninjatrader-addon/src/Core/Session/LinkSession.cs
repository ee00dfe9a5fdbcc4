using System;

namespace Tickbridge.Core
{
    /// <summary>
    /// One connection from Challenge to its end, as SPECIFICATION.md section 3 draws it: receives frames, gives each to the
    /// logon or to what follows it, and ends. Has no thread of its own: whoever drives it calls DoWork until HasEnded. Link
    /// thread only.
    /// </summary>
    internal sealed class LinkSession
    {
        private enum Stage
        {
            LoggingOn,
            LoggedOn,
            Closing,
            Ended
        }

        private const long NanosPerTick = 100;

        private readonly ILinkStream socket;
        private readonly LinkOptions options;
        private readonly LinkCounters counters;
        private readonly IClock clock;
        private readonly FrameBuffer received = new FrameBuffer();
        private readonly FrameSender sender;
        private readonly SessionLogon logon;
        private readonly LoggedOnSession loggedOn;
        private Stage stage = Stage.LoggingOn;
        private long deadline;
        private long loggedOnAt;
        private long loggedOnFor;

        public LinkSession(ILinkStream socket, LinkOptions options, LinkState state, FrameDelivery delivery,
            ILinkListener listener, IClock clock)
        {
            this.socket = socket;
            this.options = options;
            this.clock = clock;
            counters = state.Counters;
            sender = new FrameSender(socket);
            logon = new SessionLogon(options, state, listener, clock, received, sender);
            loggedOn = new LoggedOnSession(state, delivery, listener, clock, sender);
            SetDeadline(options.LogonTimeout);
        }

        /// <summary>Whether nothing is left to do but to dispose of the socket.</summary>
        public bool HasEnded => stage == Stage.Ended;

        /// <summary>What the gateway lets us do.</summary>
        public PeerRights Rights => loggedOn.Rights;

        public bool IsLoggedOn => stage == Stage.LoggedOn;

        /// <summary>Whether the gateway takes reports now.</summary>
        public bool TakesReports => loggedOn.TakesReports && IsLoggedOn;

        /// <summary>Whether it ever got that far.</summary>
        public bool WasLoggedOn { get; private set; }

        /// <summary>How long it was logged on, once it has ended.</summary>
        public TimeSpan LoggedOnFor => TimeSpan.FromTicks(loggedOnFor / NanosPerTick);

        /// <summary>Why it ended; null while it lasts.</summary>
        public SessionEnd Why { get; private set; }

        /// <summary>When DoWork has something to do even if nothing arrives; ns of the local clock.</summary>
        public long NextTimer => stage == Stage.LoggedOn ? loggedOn.NextTimer : deadline;

        /// <summary>Receives what is there and does what is due. Never blocks.</summary>
        /// <returns>how much was done; 0: it may idle</returns>
        public int DoWork()
        {
            // Receiving comes first: after a listener that was busy for long, what waits must count as a sign of
            // life before silence is judged.
            int work = ReceiveOnce();
            if (stage != Stage.Ended && clock.Now >= NextTimer)
            {
                OnTimer();
                work++;
            }
            return stage == Stage.LoggedOn ? work + loggedOn.SendReports() : work;
        }

        /// <summary>Says goodbye. HasEnded follows soon.</summary>
        public void Stop()
        {
            End(new SessionEnd(DisconnectReason.Stopped, "stopped", LogoutReason.Requested));
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
            counters.Add(LinkCounter.BytesReceived, count);
            received.Added(count);
            int frames = TakeFrames(arrivalTime);
            if (frames > 0)
            {
                loggedOn.SignOfLife(arrivalTime);
                counters.Add(LinkCounter.FramesReceived, frames);
            }
            received.Compact();
            return count;
        }

        private int TakeFrames(long arrivalTime)
        {
            int frames = 0;
            while (stage < Stage.Closing)
            {
                FrameStatus status = received.Next(stage == Stage.LoggingOn);
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
                    case FrameStatus.BrokenSeal:
                        OnBrokenSeal();
                        return frames;
                    default:
                        counters.Increment(LinkCounter.MalformedFrames);
                        End(new SessionEnd(DisconnectReason.MalformedFrame, "malformed frame: "
                            + FrameCheck.Describe(status, received.Bytes, received.Frame), LogoutReason.MalformedFrame));
                        return frames;
                }
                frames++;
            }
            return frames;
        }

        private void OnFrame(byte[] buffer, int frame, long arrivalTime)
        {
            SessionEnd why = stage == Stage.LoggedOn
                ? loggedOn.Take(buffer, frame, arrivalTime)
                : OnLogonFrame(buffer, frame, arrivalTime);
            if (why != null)
            {
                End(why);
            }
        }

        private SessionEnd OnLogonFrame(byte[] buffer, int frame, long arrivalTime)
        {
            // Before our Logon goes out: from here on the gateway's answer to it has as long as the challenge had.
            SetDeadline(options.LogonTimeout);
            SessionEnd why = logon.Take(buffer, frame, arrivalTime);
            if (logon.IsAccepted)
            {
                stage = Stage.LoggedOn;
                WasLoggedOn = true;
                loggedOnAt = clock.Now;
                loggedOn.Begin(logon.Accepted, loggedOnAt);
            }
            return why;
        }

        private void OnUnknown(byte[] buffer, int frame)
        {
            counters.Increment(LinkCounter.FramesNotUnderstood);
            if (stage == Stage.LoggedOn)
            {
                loggedOn.TakeUnknown(buffer, frame);
            }
        }

        private void OnBrokenSeal()
        {
            counters.Increment(LinkCounter.BrokenSeals);
            End(stage == Stage.LoggingOn
                ? logon.OnBrokenSeal()
                : new SessionEnd(DisconnectReason.BrokenSeal, "a frame was altered on its way, left out, or played again: "
                    + "its seal is broken", LogoutReason.BrokenSeal));
        }

        private void OnTimer()
        {
            if (stage == Stage.Closing)
            {
                stage = Stage.Ended;
                return;
            }
            SessionEnd why = stage == Stage.LoggedOn ? loggedOn.Act() : logon.OnDeadline();
            if (why != null)
            {
                End(why);
            }
        }

        private int OnConnectionLost()
        {
            if (stage == Stage.Closing)
            {
                stage = Stage.Ended;
            }
            else if (stage != Stage.Ended)
            {
                End(stage == Stage.LoggingOn && !received.IsMidFrame
                    ? logon.OnConnectionLost(socket.Failure)
                    : new SessionEnd(DisconnectReason.ConnectionLost, "connection lost"
                        + (received.IsMidFrame ? " in the middle of a frame" : "") + ": " + socket.Failure));
            }
            return 0;
        }

        /// <summary>Ends the session; the first reason counts.</summary>
        private void End(SessionEnd why)
        {
            if (stage >= Stage.Closing)
            {
                return;
            }
            bool sayGoodbye = why.Goodbye != null && stage == Stage.LoggedOn;
            loggedOnFor = WasLoggedOn ? clock.Now - loggedOnAt : 0;
            Why = why;
            stage = Stage.Ended;
            if (sayGoodbye && sender.Writer.HasRoom)
            {
                sender.Writer.WriteLogout(why.Goodbye.Value, Shortened(why.Message), clock.Now);
                sender.Flush();
                // Closing at once could make the system reset the connection and lose the Logout.
                socket.ShutDownOutput();
                stage = Stage.Closing;
                SetDeadline(options.CloseTimeout);
            }
        }

        private void SetDeadline(TimeSpan wait)
        {
            deadline = clock.Now + wait.Ticks * NanosPerTick;
        }

        private static string Shortened(string text) =>
            text.Length <= FrameWriter.LogoutTextLength ? text : text.Substring(0, FrameWriter.LogoutTextLength);
    }
}
