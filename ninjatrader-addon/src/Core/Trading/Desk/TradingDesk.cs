using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Trading behind one door: takes calls on any thread, queues them to the trading thread, and shows the status.
    /// Start once; Stop any number of times.
    /// </summary>
    public sealed class TradingDesk : ITradingDesk, IPlatformEvents, IDisposable
    {
        private const long NanosPerMilli = 1000000;

        private readonly ITradingPlatform platform;
        private readonly TradingCore core;
        private readonly AuditLog audit;
        private readonly QuoteBoard quotes = new QuoteBoard();
        private readonly ITradingLoop loop;
        private readonly TradingLoop thread;
        private readonly StallWatch stall;
        private readonly WaitingSignals waiting = new WaitingSignals();
        private readonly System.Threading.ManualResetEvent ended = new System.Threading.ManualResetEvent(false);
        private int isStopped;

        /// <summary>The run has ended or was given up: another may have begun, and what this one still did would be harm.</summary>
        private volatile bool isOver;

        /// <param name="settings">the limits</param>
        /// <param name="platform">what carries the orders</param>
        /// <param name="auditFolder">where the audit log is written</param>
        /// <param name="sinks">who is told of decisions, orders, fills and positions</param>
        /// <param name="recordFolder">
        /// where it is kept what a restart must not forget, whatever becomes of the audit log's folder; null: there
        /// </param>
        /// <exception cref="FormatException">The settings contradict each other.</exception>
        public TradingDesk(TradingSettings settings, ITradingPlatform platform, string auditFolder,
            IEnumerable<IDecisionSink> sinks, string recordFolder = null)
        {
            this.platform = platform;
            // Not the wall clock: when somebody sets that, hours and the day of the loss must not jump.
            var clock = new LocalClock();
            audit = new AuditLog(auditFolder, settings.AuditMinimumFree);
            core = new TradingCore(settings, platform, clock, () => AuditLine.ToUtc(clock.Now), quotes, audit,
                sinks.ToArray(), () => thread.HasMore, recordFolder);
            stall = new StallWatch(() => 1 + clock.Now / NanosPerMilli);
            thread = new TradingLoop(() => UnlessOver(core.OnTimer), core.Failed, () => UnlessOver(core.OnDrained), stall.Round,
                core.Run.Release);
            loop = thread;
        }

        /// <summary>With clocks, log and loop of a test, which does what is queued when it likes.</summary>
        internal TradingDesk(TradingSettings settings, ITradingPlatform platform, AuditLog audit, IClock clock,
            Func<DateTime> utcNow, ITradingLoop loop, params IDecisionSink[] sinks)
        {
            this.platform = platform;
            this.loop = loop;
            this.audit = audit;
            stall = new StallWatch(() => 1 + clock.Now / NanosPerMilli);
            core = new TradingCore(settings, platform, clock, utcNow, quotes, audit, sinks, () => false);
        }

        public TradingStatus Status
        {
            get
            {
                string alarm = stall.Alarm;
                return alarm == null ? core.Status : core.Status.With(alarm);
            }
        }

        /// <summary>What a person must know of a trading thread that is held up; null: it answers. Any thread.</summary>
        public string Stall => stall.Alarm;

        internal TradingCore Core => core;

        /// <summary>The core's own patience, and some more for what is queued before. Shorter: for tests.</summary>
        internal int EndMillis { get; set; } = (int)(Ending.Patience / NanosPerMilli) + 2000;

        /// <summary>Opens the audit log and begins to listen to the platform; disarmed, in a dry run.</summary>
        public void Start()
        {
            audit.StartDisk();
            // In this order: not even a timer comes before the run has begun.
            Post(core.Run.Start);
            thread?.Start();
            platform.Start(this);
        }

        /// <summary>
        /// Cancels entries, waits some seconds at most until what they filled has its stop, leaves stops and targets as
        /// they are, and ends the trading thread. Not on that thread.
        /// </summary>
        /// <returns>false: the thread did not end in time</returns>
        public bool Stop()
        {
            if (System.Threading.Interlocked.Exchange(ref isStopped, 1) != 0)
            {
                return true;
            }
            audit.Hurry();
            Post(() => core.Run.Stop(End));
            if (thread == null)
            {
                return true;
            }
            bool isOver = ended.WaitOne(EndMillis);
            bool hasStopped = thread.Stop(EndMillis);
            if (!hasStopped)
            {
                GiveUp();
            }
            stall.Ended();
            platform.Stop();
            return isOver && hasStopped;
        }

        /// <summary>
        /// Nobody waits for the trading thread any more: what it is just doing cannot be taken back, but no more of what was
        /// posted is done. A KILL among it is for the next run. Any thread.
        /// </summary>
        internal void GiveUp()
        {
            isOver = true;
            core.Run.GiveUp();
        }

        private void End()
        {
            platform.Stop();
            isOver = true;
            ended.Set();
        }

        private void Post(Action work)
        {
            loop.Post(() => UnlessOver(work));
        }

        private void UnlessOver(Action work)
        {
            if (!isOver)
            {
                work();
            }
        }

        /// <summary>Waits until the trading thread has done all that was queued.</summary>
        /// <returns>false: it had always something to do</returns>
        public bool WaitUntilIdle(int millis) => thread == null || thread.WaitUntilIdle(millis);

        public void Dispose()
        {
            Stop();
        }

        /// <summary>The comparison of the clocks of the link whose signals come: without it no age is known.</summary>
        public void AttachClock(ClockSynchroniser clock)
        {
            Post(() => core.Link.AttachClock(clock));
        }

        /// <summary>What the gateway lets us do, asked on the trading thread: without it live is never traded.</summary>
        public void AttachRights(Func<PeerRights> rights)
        {
            Post(() => core.Link.AttachRights(rights));
        }

        /// <summary>What the gateway says of its market, asked on the trading thread: without it live is never armed.</summary>
        public void AttachMarket(Func<Market> market)
        {
            loop.Post(() => core.Link.AttachMarket(market));
        }

        public void Arm(TradingMode mode, string account, string confirmation, Action<string> answered)
        {
            Post(() => core.Arm(mode, account, confirmation, answered));
        }

        public void Disarm(string reason)
        {
            Post(() => core.Disarm(reason));
        }

        public void Kill(string reason)
        {
            Kill(reason, () => { });
        }

        /// <param name="reason">why</param>
        /// <param name="done">called once it is latched and written down; not called where trading ends, or is given up, before</param>
        public void Kill(string reason, Action done)
        {
            stall.KillAsked();
            audit.Hurry();
            Post(() =>
            {
                try
                {
                    core.KillAll(reason);
                    if (core.Run.IsKept)
                    {
                        done();
                    }
                }
                finally
                {
                    stall.KillTaken();
                }
            });
        }

        public void ClearKill(Action<string> answered)
        {
            Post(() => core.ClearKill(answered));
        }

        public void OnInstrument(Venue venue, ulong key, string symbol)
        {
            Post(() => core.Link.OnInstrument(venue, symbol));
        }

        public void OnSignal(SignalNotice signal)
        {
            if (waiting.Add())
            {
                Post(() =>
                {
                    try
                    {
                        core.Entries.OnSignal(signal);
                    }
                    finally
                    {
                        // Also of one that threw: its place would be taken for the rest of the run.
                        long dropped = waiting.Take();
                        if (dropped > 0)
                        {
                            core.Entries.OnSignalsDropped(dropped);
                        }
                    }
                });
            }
        }

        public void OnInstrumentState(Venue venue, ulong key, BookState state)
        {
            Post(() => core.Link.OnInstrumentState(venue, key, state));
        }

        public void OnLinkUp(ulong session)
        {
            Post(() => core.Link.OnLinkUp(session));
        }

        public void OnLinkDown(string reason)
        {
            Post(() => core.Link.OnLinkDown(reason));
        }

        public void OnOrder(OrderReport order)
        {
            Post(() => core.Platform.OnOrder(order));
        }

        public void OnExecution(ExecutionReport execution)
        {
            Post(() => core.Platform.OnExecution(execution));
        }

        public void OnPosition(PositionReport position)
        {
            Post(() => core.Platform.OnPosition(position));
        }

        public void OnQuote(PlatformQuote quote)
        {
            if (quotes.Put(quote))
            {
                Post(core.OnQuotes);
            }
        }

        public void OnAccount(AccountReport account)
        {
            Post(() => core.Platform.OnAccount(account));
        }

        public void OnConnection(ConnectionReport connection)
        {
            Post(() => core.Platform.OnConnection(connection));
        }

        public void OnUnreadable(string account, string what)
        {
            Post(() => core.Platform.OnUnreadable(account, what));
        }

        public void OnSnapshot(PlatformSnapshot snapshot)
        {
            Post(() => core.Platform.OnSnapshot(snapshot));
        }
    }
}
