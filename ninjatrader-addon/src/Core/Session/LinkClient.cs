using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// The link to a gateway: connects, logs on, receives, and when the connection ends tries again until it is
    /// stopped, resuming after the last frame it saw. Everything happens on one thread of its own. Start and Stop may
    /// be called from any thread and any number of times; a stopped client stays stopped.
    /// </summary>
    public sealed class LinkClient : IDisposable
    {
        /// <summary>Longest sleep in IdleMode.Block, and so the longest that Stop goes unnoticed.</summary>
        private const long LongestBlock = 20000000;

        private const int SpinIterations = 8;

        /// <summary>After so long SettleReports looks whether the connection still stands.</summary>
        private const int SettleMillis = 50;

        /// <summary>How long Stop waits for the link thread on top of the close timeout.</summary>
        private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

        private readonly LinkOptions options;
        private readonly IClock clock;
        private readonly GuardedListener listener;
        private readonly LinkState state;
        private readonly FrameDelivery delivery;
        private readonly Backoff backoff;
        private readonly ManualResetEvent stopRequested = new ManualResetEvent(false);
        private readonly object lifecycle = new object();
        private Thread thread;
        private volatile bool stopping;
        private volatile bool loggedOn;
        private volatile bool takesReports;
        private volatile PeerRights rights = PeerRights.View;

        /// <exception cref="ArgumentException">Something in the options is missing or out of range.</exception>
        public LinkClient(LinkOptions options, ILinkListener listener) : this(options, listener, new LocalClock())
        {
        }

        /// <summary>With a clock of the caller's: for tests.</summary>
        internal LinkClient(LinkOptions options, ILinkListener listener, IClock clock)
        {
            options.Validate();
            this.options = options;
            this.clock = clock;
            state = new LinkState(options.ReportCapacity);
            Reporter = new TradeReporter(state.Reports);
            this.listener = new GuardedListener(listener, state.Counters);
            delivery = new FrameDelivery(state, this.listener, clock);
            backoff = new Backoff(options);
        }

        /// <summary>Whether the gateway accepted us and the connection stands. Any thread.</summary>
        public bool IsLoggedOn => loggedOn;

        /// <summary>Takes what the add-on has to tell the gateway of its trading. Any thread.</summary>
        public TradeReporter Reporter { get; }

        /// <summary>What the gateway says its signals are of; for the listener, on the link's thread.</summary>
        public Market Market => state.Market;

        /// <summary>What the gateway lets us do; View while not logged on. Any thread.</summary>
        public PeerRights Rights => loggedOn ? rights : PeerRights.View;

        /// <summary>
        /// Waits until the gateway has settled every report so far; at once where none takes reports. Before a stop: what
        /// is not settled then never reaches the journal. Not on the link thread.
        /// </summary>
        /// <returns>how many are not settled</returns>
        public long SettleReports(int millis)
        {
            int start = Environment.TickCount;
            while (takesReports && !state.Reports.WaitUntilSettled(SettleMillis)
                && Environment.TickCount - start < millis)
            {
                continue;
            }
            return state.Reports.Counts.Waiting;
        }

        /// <summary>The local clock that ArrivalTime is of. Any thread.</summary>
        public IClock LocalClock => clock;

        /// <summary>The gateway's clock compared with ours. Any thread.</summary>
        public ClockSynchroniser Clock => state.Clock;

        /// <summary>Any thread.</summary>
        public LinkCounters Counters => state.Counters;

        /// <summary>Any thread may copy them.</summary>
        public LinkLatencies Latencies => state.Latencies;

        /// <summary>Link thread only: in the listener's methods.</summary>
        public ReferenceData Reference => state.Reference;

        /// <summary>Link thread only: in the listener's methods.</summary>
        public SequenceTracker Sequence => state.Sequence;

        /// <summary>The last exception that the listener threw; null: none. Any thread.</summary>
        public Exception LastListenerFailure => listener.LastFailure;

        /// <summary>Begins. Does nothing if it has begun.</summary>
        /// <exception cref="InvalidOperationException">It was stopped.</exception>
        public void Start()
        {
            lock (lifecycle)
            {
                if (stopping)
                {
                    throw new InvalidOperationException("this link was stopped; make a new one");
                }
                if (thread == null)
                {
                    // Background: a host that exits without Stop must not hang on us.
                    thread = new Thread(Run) { IsBackground = true, Name = "tickbridge-link" };
                    thread.Start();
                }
            }
        }

        /// <summary>
        /// Logs out, or ends what it just does to connect, closes, and waits for the link thread to end, except when called on that thread itself.
        /// </summary>
        /// <returns>false if the thread still runs after the wait, because the listener does not return</returns>
        public bool Stop()
        {
            Thread running;
            lock (lifecycle)
            {
                stopping = true;
                stopRequested.Set();
                running = thread;
            }
            return running == null || running == Thread.CurrentThread
                || running.Join(options.CloseTimeout + StopPatience);
        }

        public void Dispose()
        {
            Stop();
        }

        private void Run()
        {
            while (!stopping)
            {
                stopRequested.WaitOne(ConnectOnce());
            }
        }

        /// <summary>One attempt and, if it succeeds, the connection until its end.</summary>
        /// <returns>how long to wait before the next</returns>
        private TimeSpan ConnectOnce()
        {
            LinkSession session = null;
            DisconnectReason reason;
            string message;
            try
            {
                state.Counters.Increment(LinkCounter.ConnectAttempts);
                using (LinkSocket socket = LinkSocket.Connect(options.Host, options.Port, options.LogonTimeout,
                    stopRequested, out message))
                {
                    reason = DisconnectReason.ConnectFailed;
                    if (socket != null)
                    {
                        SessionEnd why;
                        using (ILinkStream stream = Secured(socket, out why))
                        {
                            if (stream != null)
                            {
                                session = new LinkSession(stream, options, state, delivery, listener, clock);
                                Drive(session, stream);
                                why = session.Why;
                            }
                        }
                        reason = why.Reason;
                        message = why.Message;
                    }
                }
            }
            // Whatever it is: an exception that leaves a thread takes the whole platform down with it.
            catch (Exception e)
            {
                reason = DisconnectReason.InternalError;
                message = e.ToString();
            }
            loggedOn = false;
            takesReports = false;
            return Disconnected(session, reason, message);
        }

        private ILinkStream Secured(LinkSocket socket, out SessionEnd failure)
        {
            failure = null;
            return options.Tls == null
                ? socket
                : (ILinkStream)TlsStream.Open(socket, options.Tls, options.Host, options.LogonTimeout, stopRequested,
                    out failure);
        }

        private void Drive(LinkSession session, ILinkStream socket)
        {
            while (!session.HasEnded)
            {
                if (stopping)
                {
                    session.Stop();
                }
                if (session.DoWork() == 0)
                {
                    Idle(session, socket);
                }
                rights = session.Rights;
                takesReports = session.TakesReports;
                loggedOn = session.IsLoggedOn;
            }
        }

        private void Idle(LinkSession session, ILinkStream socket)
        {
            switch (options.Idle)
            {
                case IdleMode.Spin:
                    Thread.SpinWait(SpinIterations);
                    break;
                case IdleMode.Yield:
                    Thread.Yield();
                    break;
                default:
                    long wait = Math.Min(Math.Max(session.NextTimer - clock.Now, 0), LongestBlock);
                    socket.WaitForData((int)(wait / 1000));
                    break;
            }
        }

        private TimeSpan Disconnected(LinkSession session, DisconnectReason reason, string message)
        {
            bool wasLoggedOn = session != null && session.WasLoggedOn;
            state.Reference.Distrust();
            if (stopping)
            {
                listener.OnDisconnected(new Disconnection(DisconnectReason.Stopped, "stopped", wasLoggedOn, null));
                return TimeSpan.Zero;
            }
            if (wasLoggedOn)
            {
                state.Counters.Increment(LinkCounter.Disconnects);
            }
            TimeSpan wait = backoff.After(reason, session == null ? TimeSpan.Zero : session.LoggedOnFor);
            string where = "gateway " + options.Host + ":" + options.Port + ": ";
            listener.OnDisconnected(new Disconnection(reason, where + message, wasLoggedOn, wait));
            return wait;
        }
    }
}
