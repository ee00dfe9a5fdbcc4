using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The parts of trading, put together and looked after: has each act in its turn at each timer, and does what they or a
    /// person call for: arming, disarming, the kill switch. Trading thread.
    /// </summary>
    internal sealed class TradingCore : ITradeSupervisor
    {
        private const long Second = 1000000000;

        private readonly IClock clock;
        private readonly TradingState state;
        private readonly QuoteBoard quotes;
        private readonly AuditLog audit;
        private readonly AuditWatch auditWatch;
        private readonly TradeReports reports;
        private readonly BracketExecutor executor;
        private readonly Reconciler reconciler;
        private readonly Arming arming;
        private readonly KillSwitch kill;
        private readonly LossWatch loss;
        private readonly Safeguard safeguard;
        private readonly EarlierOrders earlier;
        private readonly Leftovers leftovers;
        private readonly UnclaimedFills unclaimed;
        private readonly Unanswered unanswered;
        private readonly LinkWatch links;
        private readonly HoursWatch hours;
        private readonly StatusBoard board;
        private long nextSync;

        /// <summary>Asked for while something was open, whose orders and fills are not those of a dry run.</summary>
        private bool isDryRunWanted;

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
            this.clock = clock;
            this.quotes = quotes;
            this.audit = audit;
            var map = new InstrumentMap(settings);
            reports = new TradeReports(audit, sinks, () => Now);
            state = new TradingState(settings, platform);
            safeguard = new Safeguard(text => Notice(NoticeKind.Alarm, null, "", text), Close);
            var unseen = new UnseenAccounts(state, this);
            var strays = new StrayAccounts();
            earlier = new EarlierOrders(state, reports);
            var orders = new OrderDesk(platform, this, audit);
            executor = new BracketExecutor(settings, orders, this);
            unclaimed = new UnclaimedFills(executor, this);
            unanswered = new Unanswered(state, this, settings.ResponseTimeout);
            var belief = new Belief(state, this, executor, new UntoldMoney(state, this, executor, quotes));
            reconciler = new Reconciler(state, platform, this, executor, belief, settings.ResponseTimeout);
            kill = new KillSwitch(state, this, executor, safeguard, unseen, strays, book => new Flattener(book, state,
                settings, orders, this, quotes.Of, reconciler.Request));
            auditWatch = new AuditWatch(audit, state, this, () => executor.Trades.Any() || kill.Unverified.Any());
            leftovers = new Leftovers(state, this, executor);
            belief.Unexplained += leftovers.Unexplained;
            var keeper = new RecordKeeper(new KillRecord(audit.IsOnDisk ? recordFolder ?? audit.Folder : null, audit.Folder),
                state, this, kill, leftovers, unseen, strays, earlier);
            var ending = new Ending(executor, kill, reconciler, orders, this);
            // Closing comes first: who throws in what follows must not keep it from being verified.
            reconciler.Compared += kill.OnCompared;
            var past = new DamagedPast(audit, this);
            arming = new Arming(settings, state, this, orders, executor, reconciler, audit, keeper.Keep, past);
            loss = new LossWatch(settings, state, this, quotes, audit, utcNow);
            reconciler.Compared += OnCompared;
            links = new LinkWatch(settings, state, this, executor, kill, leftovers);
            hours = new HoursWatch(settings, state, this, executor, kill, leftovers, utcNow);
            Platform = new PlatformIntake(state, this, reports, audit, executor, unclaimed, loss, reconciler, kill,
                earlier, leftovers);
            var decider = new SignalDecider(settings, state, map, quotes, audit, utcNow);
            board = new StatusBoard(settings, state, this, map, quotes, decider, executor, kill, safeguard, auditWatch,
                leftovers, keeper, past);
            Entries = new EntryDesk(state, this, decider, orders, executor, safeguard, reports, auditWatch, ending, board,
                hasMore);
            Link = new LinkIntake(state, this, decider, executor, links);
            Run = new TradingRun(state, this, audit, decider, loss, unclaimed, earlier, keeper, ending, safeguard, board,
                past);
        }

        public long Now => clock.Now;

        /// <summary>Takes what the platform tells.</summary>
        public PlatformIntake Platform { get; }

        /// <summary>Takes signals.</summary>
        public EntryDesk Entries { get; }

        /// <summary>Takes what else the link tells.</summary>
        public LinkIntake Link { get; }

        /// <summary>Begins and ends it all.</summary>
        public TradingRun Run { get; }

        /// <summary>Any thread.</summary>
        public TradingStatus Status => board.Status;

        /// <summary>For tests: what the invariants are held against.</summary>
        internal BracketExecutor Executor => executor;

        internal TradingState State => state;

        public bool IsFlattening(AccountBook book) => kill.IsFlattening(book);

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
                    board.Publish();
                    answered?.Invoke(why);
                });
            }
            board.Publish();
        }

        public void Disarm(string reason)
        {
            bool wasArmed = state.Disarm(reason, Now);
            safeguard.Run("giving up arming", () => arming.Abandon("disarmed: " + reason));
            if (wasArmed)
            {
                Notice(NoticeKind.Disarmed, state.Active, "", reason);
            }
            safeguard.Run("cancelling entries", executor.CancelEntries);
            board.Publish();
        }

        /// <summary>A person's: everything that the settings list is closed, traded on or not, latched already or not.</summary>
        public void KillAll(string reason)
        {
            safeguard.Run("the kill switch", () => kill.Latch(reason, true));
            Disarm("kill switch: " + reason);
        }

        /// <summary>Ours: what was traded on is closed.</summary>
        public void Kill(string reason)
        {
            Close(reason);
            Disarm("kill switch");
        }

        private void Close(string reason)
        {
            state.Disarm("kill switch: " + reason, Now);
            kill.Latch(reason, false);
            safeguard.Run("giving up arming", () => arming.Abandon("the kill switch: " + reason));
        }

        public void ClearKill(Action<string> answered)
        {
            string why = kill.Clear();
            board.Publish();
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
            board.Publish();
        }

        /// <summary>Nothing waits: shows what was left out while something did.</summary>
        public void OnDrained()
        {
            board.OnDrained();
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
            Run.EndWhenOver();
            board.Publish();
        }

        private void BackToDryRun()
        {
            if (isDryRunWanted && !executor.Trades.Any() && !kill.Unverified.Any())
            {
                isDryRunWanted = false;
                state.Mode = TradingMode.DryRun;
            }
        }

        private void OnCompared(AccountBook book, bool differs)
        {
            leftovers.OnCompared(book);
            if (differs && state.IsArmed && state.Active == book)
            {
                Disarm("the platform's orders or positions differ from what is known");
            }
        }
    }
}
