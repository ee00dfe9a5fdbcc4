using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Everything that trading does on its thread: takes what platform, link and person bring, one thing after the
    /// other, and lets the parts act on it.
    /// </summary>
    internal sealed class TradingCore : ITradeSupervisor
    {
        private const long Second = 1000000000;

        private readonly TradingSettings settings;
        private readonly IClock clock;
        private readonly TradingState state;
        private readonly QuoteBoard quotes;
        private readonly AuditLog audit;
        private readonly AuditWatch auditWatch;
        private readonly TradeReports reports;
        private readonly OrderDesk orders;
        private readonly BracketExecutor executor;
        private readonly Reconciler reconciler;
        private readonly Arming arming;
        private readonly KillSwitch kill;
        private readonly SignalDecider decider;
        private readonly InstrumentMap map;
        private readonly LossWatch loss;
        private readonly Safeguard safeguard;
        private readonly RecordKeeper keeper;
        private readonly EarlierOrders earlier;
        private readonly Leftovers leftovers;
        private readonly UnclaimedFills unclaimed;
        private readonly Unanswered unanswered;
        private readonly Ending ending;
        private readonly LinkWatch links;
        private readonly HoursWatch hours;
        private readonly Func<bool> hasMore;
        private Action ended;
        private ClockSynchroniser clocks;
        private TradingStatus status = new TradingStatus();
        private long nextSync;
        private long passed;
        private long refused;
        private long dropped;
        private Decision lastDecision;

        /// <summary>Asked for while something was open, whose orders and fills are not those of a dry run.</summary>
        private bool isDryRunWanted;

        /// <summary>A decision was made that the status does not show yet.</summary>
        private bool isStatusOld;

        /// <param name="settings">the limits</param>
        /// <param name="platform">what carries the orders</param>
        /// <param name="clock">local clock</param>
        /// <param name="utcNow">the day's time, for hours</param>
        /// <param name="quotes">the platform's</param>
        /// <param name="audit">where everything is written down</param>
        /// <param name="sinks">who is told</param>
        /// <param name="hasMore">whether work waits behind what is being done</param>
        /// <param name="recordFolder">where it is kept what a restart must not forget; null: beside the audit log</param>
        public TradingCore(TradingSettings settings, ITradingPlatform platform, IClock clock, Func<DateTime> utcNow,
            QuoteBoard quotes, AuditLog audit, IList<IDecisionSink> sinks, Func<bool> hasMore,
            string recordFolder = null)
        {
            settings.Validate();
            this.hasMore = hasMore;
            this.settings = settings;
            this.clock = clock;
            this.quotes = quotes;
            this.audit = audit;
            map = new InstrumentMap(settings);
            reports = new TradeReports(audit, sinks, () => Now);
            state = new TradingState(settings, platform);
            safeguard = new Safeguard(text => Notice(NoticeKind.Alarm, null, "", text), Close);
            var unseen = new UnseenAccounts(state, this);
            var strays = new StrayAccounts();
            earlier = new EarlierOrders(state, reports);
            orders = new OrderDesk(platform, this, audit);
            executor = new BracketExecutor(settings, orders, this);
            unclaimed = new UnclaimedFills(executor, this);
            unanswered = new Unanswered(state, this, settings.ResponseTimeout);
            reconciler = new Reconciler(state, platform, this, executor, settings.ResponseTimeout);
            kill = new KillSwitch(state, this, executor, safeguard, unseen, strays, book => new Flattener(book, settings,
                orders, this, quotes.Of, state.Contract, instrument => state.IsInScope(book, instrument),
                reconciler.Request));
            auditWatch = new AuditWatch(audit, state, this, () => executor.Trades.Any() || kill.Unverified.Any());
            leftovers = new Leftovers(state, this, executor);
            keeper = new RecordKeeper(new KillRecord(audit.IsOnDisk ? recordFolder ?? audit.Folder : null, audit.Folder),
                state, this, kill, leftovers, unseen, strays, earlier);
            ending = new Ending(executor, kill, reconciler, orders, this);
            // Closing comes first: who throws in what follows must not keep it from being verified.
            reconciler.Compared += kill.OnCompared;
            arming = new Arming(settings, state, this, orders, executor, reconciler, audit, keeper.Keep);
            loss = new LossWatch(settings, state, this, quotes, audit, utcNow);
            reconciler.Compared += OnCompared;
            links = new LinkWatch(settings, state, this, executor, kill, leftovers);
            hours = new HoursWatch(settings, state, this, executor, kill, leftovers, () => clocks, utcNow);
            Platform = new PlatformIntake(state, this, reports, audit, executor, unclaimed, loss, reconciler, kill,
                earlier);
            decider = new SignalDecider(settings, state, map, quotes, audit, () => clocks, utcNow);
        }

        public long Now => clock.Now;

        /// <summary>Takes what the platform tells.</summary>
        public PlatformIntake Platform { get; }

        /// <summary>Any thread.</summary>
        public TradingStatus Status => System.Threading.Volatile.Read(ref status);

        /// <summary>For tests: what the invariants are held against.</summary>
        internal BracketExecutor Executor => executor;

        internal TradingState State => state;

        public bool IsFlattening(AccountBook book) => kill.IsFlattening(book);

        public void Start()
        {
            audit.Start(Now);
            decider.TakeUp(audit.History, Now);
            loss.Begin(audit.History);
            Notice(NoticeKind.Started, null, "", "dry run; audit chain at " + audit.LastHash);
            if (audit.Damage.Length > 0)
            {
                Notice(NoticeKind.Warning, null, "", "the audit log was damaged: " + audit.Damage);
            }
            safeguard.Run("taking up the last run", keeper.TakeUp);
            Publish();
        }

        /// <summary>
        /// Ends in bounded time: cancels entries, waits until what they filled has its stop, leaves stops and targets.
        /// </summary>
        /// <param name="whenEnded">called once nothing is done any more</param>
        public void Stop(Action whenEnded)
        {
            ended = whenEnded;
            safeguard.Run("disarming", () => Disarm("stopping"));
            ending.Begin();
            EndWhenOver();
            Publish();
        }

        public void AttachClock(ClockSynchroniser linkClock)
        {
            clocks = linkClock;
        }

        public void AttachRights(Func<PeerRights> rights)
        {
            state.RightsSource = rights;
        }

        public void Arm(TradingMode mode, string account, string confirmation, Action<string> answered)
        {
            Disarm("arming anew");
            isDryRunWanted = mode == TradingMode.DryRun;
            if (isDryRunWanted)
            {
                BackToDryRun();
                answered?.Invoke(null);
            }
            else
            {
                arming.Ask(mode, account, confirmation, why =>
                {
                    Platform.ForgetRejections();
                    Publish();
                    answered?.Invoke(why);
                });
            }
            Publish();
        }

        public void Disarm(string reason)
        {
            bool wasArmed = state.IsArmed;
            state.IsArmed = false;
            safeguard.Run("giving up arming", () => arming.Abandon("disarmed: " + reason));
            if (wasArmed)
            {
                Notice(NoticeKind.Disarmed, state.Active, "", reason);
            }
            safeguard.Run("cancelling entries", executor.CancelEntries);
            Publish();
        }

        /// <summary>A person's: everything that the settings list is closed, traded on or not, latched already or not.</summary>
        public void KillAll(string reason)
        {
            safeguard.Run("the kill switch", () => kill.Latch(reason, true));
            Disarm("kill switch");
        }

        /// <summary>Ours: what was traded on is closed.</summary>
        public void Kill(string reason)
        {
            Close(reason);
            Disarm("kill switch");
        }

        private void Close(string reason)
        {
            state.IsArmed = false;
            kill.Latch(reason, false);
            safeguard.Run("giving up arming", () => arming.Abandon("the kill switch: " + reason));
        }

        public void ClearKill(Action<string> answered)
        {
            string why = kill.Clear();
            Publish();
            answered?.Invoke(why);
        }

        public void Doubt(AccountBook book, string reason)
        {
            book.IsReconciled = false;
            Notice(NoticeKind.Warning, book, "", reason);
            Disarm(reason);
            reconciler.Request(book);
        }

        public void Unsent(OrderReport order)
        {
            Platform.OnOrder(order);
        }

        public void Notice(NoticeKind kind, AccountBook book, string instrument, string text)
        {
            reports.Notice(new TradingNotice(kind, Now, book?.Account, instrument, text));
        }

        /// <summary>Something threw where nothing may: it is not known what was left half done.</summary>
        public void Failed(Exception failure)
        {
            safeguard.Report("trading", failure);
            Publish();
        }

        public void OnSignal(SignalNotice signal)
        {
            long now = Now;
            GateFacts facts;
            if (ending.IsBegun)
            {
                return;
            }
            Decision decision = decider.Decide(signal, now, orders.NextHandle, out facts);
            passed += decision.IsPassed ? 1 : 0;
            refused += decision.IsPassed ? 0 : 1;
            lastDecision = decision;
            if (decision.IsSent)
            {
                safeguard.Run("sending an entry", () => executor.Enter(state.Active, facts.Contract, signal,
                    facts.Side.Value, decision.Quantity, decision.Price, decision.Handle, decider.NotAfter(facts)));
            }
            reports.Decided(decision);
            auditWatch.Look();
            // Of a backlog of signals each is refused as too old: a picture for each would keep the next waiting.
            if (!decision.IsSent && hasMore())
            {
                isStatusOld = true;
                return;
            }
            Publish();
        }

        /// <summary>Signals were not even queued: so many waited already.</summary>
        public void OnSignalsDropped(long count)
        {
            dropped += count;
            Notice(NoticeKind.Warning, null, "", count + " signals came while trading was held up, and were dropped: "
                + WaitingSignals.Limit + " waited already");
        }

        /// <summary>
        /// Trading did not end in time, and another run may begin: what this one still does must not undo what that one
        /// writes down. Any thread.
        /// </summary>
        public void GiveUp()
        {
            keeper.GiveUp();
        }

        /// <summary>A later run will know what this one does.</summary>
        public bool IsKept => keeper.Keep() == null;

        /// <summary>The last that the trading thread does, however it ends: another run needs the audit log.</summary>
        public void Release()
        {
            audit.Dispose();
        }

        /// <summary>Nothing waits: shows what was left out while something did.</summary>
        public void OnDrained()
        {
            if (isStatusOld)
            {
                Publish();
            }
        }

        public void OnInstrument(Venue venue, string symbol)
        {
            PlatformInstrument instrument = decider.Find(venue, symbol);
            if (instrument != null && instrument.IsAllowed)
            {
                state.Contract(instrument.Name);
            }
        }

        public void OnInstrumentState(Venue venue, ulong key, BookState book)
        {
            state.BookStates[new KeyValuePair<Venue, ulong>(venue, key)] = book;
        }

        public void OnLinkUp(ulong session)
        {
            state.LinkSession = session;
            state.LinkLostAt = 0;
            links.OnRestored();
            Notice(NoticeKind.LinkRestored, null, "", "session " + session);
        }

        public void OnLinkDown(string reason)
        {
            state.BookStates.Clear();
            if (!state.LinkSession.HasValue)
            {
                return;
            }
            state.LinkSession = null;
            state.LinkLostAt = Now;
            links.OnLost();
            Notice(NoticeKind.LinkLost, null, "", reason);
            executor.CancelEntries();
        }

        public void OnQuotes()
        {
            quotes.Looking();
            if (state.Active != null)
            {
                loss.Watch(state.Active);
            }
        }

        public void OnTimer()
        {
            long now = Now;
            safeguard.Run("the kill switch", kill.OnTimer);
            safeguard.Run("the link's loss", links.WatchLink);
            safeguard.Run("the right to trade", () => links.WatchRights(now));
            safeguard.Run("the end of the trading hours", hours.OnTimer);
            safeguard.Run("requests without an answer", unanswered.OnTimer);
            safeguard.Run("fills without an order", unclaimed.Look);
            safeguard.Run("orders and their stops", executor.OnTimer);
            safeguard.Run("comparing with the platform", reconciler.OnTimer);
            safeguard.Run("arming", arming.OnTimer);
            safeguard.Run("the dry run", BackToDryRun);
            safeguard.Run("the loss of the day", loss.OnTimer);
            if (now >= nextSync)
            {
                nextSync = now + Second;
                safeguard.Run("the audit log", audit.Sync);
                auditWatch.Look();
            }
            earlier.OnTimer(now);
            EndWhenOver();
            Publish();
        }

        private void BackToDryRun()
        {
            if (isDryRunWanted && !executor.Trades.Any() && !kill.Unverified.Any())
            {
                isDryRunWanted = false;
                state.Mode = TradingMode.DryRun;
            }
        }

        private void EndWhenOver()
        {
            if (ended == null)
            {
                return;
            }
            bool isOver = true;
            safeguard.Run("ending", () => isOver = ending.IsOver());
            if (!isOver)
            {
                return;
            }
            Action tell = ended;
            ended = null;
            foreach (AccountBook book in state.Books.Where(book => book.WasArmed && book.IsReconciled))
            {
                book.WasArmed = state.IsTouched(book) || !unclaimed.IsEmpty;
            }
            earlier.Look();
            // Whenever it was tried: there is no later.
            safeguard.Run("writing down what is open", () => keeper.Keep());
            Publish();
            safeguard.Run("writing down what was realized", loss.End);
            Notice(NoticeKind.Stopped, null, "", "audit chain at " + audit.LastHash);
            audit.Dispose();
            Publish();
            tell();
        }

        private void OnCompared(AccountBook book, bool differs)
        {
            leftovers.OnCompared(book);
            if (differs && state.IsArmed && state.Active == book)
            {
                Disarm("the platform's orders or positions differ from what is known");
            }
        }

        private void Publish()
        {
            TradingStatus fresh;
            isStatusOld = false;
            try
            {
                keeper.KeepUp();
                fresh = StatusView.Of(state, settings, kill, decider, quotes, clocks, lastDecision, Now);
            }
            // The window must never go on showing what is not true any more.
            catch (Exception e)
            {
                fresh = StatusView.Broken(state, e);
            }
            fresh.Alarm = safeguard.Alarm ?? fresh.Alarm ?? auditWatch.Alarm ?? leftovers.Alarm ?? keeper.Alarm;
            fresh.AuditFailure = auditWatch.Failure;
            fresh.SignalsPassed = passed;
            fresh.SignalsRefused = refused;
            fresh.SignalsDropped = dropped;
            fresh.UnmappedInstruments = map.Unknown;
            fresh.Unfinished = string.Join(", ", executor.Trades.Select(trade => trade.Book.Account + " "
                + trade.Contract.Instrument).Concat(kill.Unverified.Select(book => book.Account
                + " is being flattened")).Distinct().ToArray());
            System.Threading.Volatile.Write(ref status, fresh);
        }
    }
}
