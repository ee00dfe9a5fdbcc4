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
        private const int RejectionLimit = 3;

        private readonly TradingSettings settings;
        private readonly IClock clock;
        private readonly TradingState state;
        private readonly QuoteBoard quotes;
        private readonly AuditLog audit;
        private readonly TradeReports reports;
        private readonly OrderDesk orders;
        private readonly BracketExecutor executor;
        private readonly Reconciler reconciler;
        private readonly Arming arming;
        private readonly KillSwitch kill;
        private readonly SignalDecider decider;
        private readonly InstrumentMap map;
        private readonly LossWatch loss;
        private ClockSynchroniser clocks;
        private TradingStatus status = new TradingStatus();
        private long nextSync;
        private int rejections;
        private long passed;
        private long refused;
        private Decision lastDecision;

        public TradingCore(TradingSettings settings, ITradingPlatform platform, IClock clock, Func<DateTime> utcNow,
            QuoteBoard quotes, AuditLog audit, IList<IDecisionSink> sinks)
        {
            settings.Validate();
            this.settings = settings;
            this.clock = clock;
            this.quotes = quotes;
            this.audit = audit;
            map = new InstrumentMap(settings);
            reports = new TradeReports(audit, sinks);
            state = new TradingState(settings, platform);
            orders = new OrderDesk(platform, this, audit);
            executor = new BracketExecutor(settings, orders, this);
            reconciler = new Reconciler(state, platform, this, executor, settings.ResponseTimeout);
            kill = new KillSwitch(state, this, executor, book => new Flattener(book, settings, orders, this, quotes.Of,
                state.Contract, state.IsInScope, reconciler.Request));
            arming = new Arming(settings, state, this, orders, executor, reconciler, audit);
            loss = new LossWatch(settings, state, this, quotes, utcNow);
            reconciler.Compared += kill.OnCompared;
            reconciler.Compared += OnCompared;
            decider = new SignalDecider(settings, state, map, quotes, audit, () => clocks, utcNow);
        }

        public long Now => clock.Now;

        /// <summary>Any thread.</summary>
        public TradingStatus Status => System.Threading.Volatile.Read(ref status);

        /// <summary>For tests: what the invariants are held against.</summary>
        internal BracketExecutor Executor => executor;

        internal TradingState State => state;

        public bool IsFlattening(AccountBook book) => kill.IsFlattening(book);

        public void Start()
        {
            audit.Start(Now);
            foreach (KeyValuePair<ulong, ulong> signal in audit.Handled)
            {
                decider.Ledger.Remember(signal.Key, signal.Value);
            }
            loss.NextDay();
            Notice(NoticeKind.Started, null, "", "dry run; audit chain at " + audit.LastHash);
            if (audit.Damage.Length > 0)
            {
                Notice(NoticeKind.Warning, null, "", "the audit log was damaged: " + audit.Damage);
            }
            Publish();
        }

        public void Stop()
        {
            Disarm("stopping");
            executor.CancelEntries();
            Notice(NoticeKind.Stopped, null, "", "audit chain at " + audit.LastHash);
            audit.Dispose();
            Publish();
        }

        public void AttachClock(ClockSynchroniser linkClock)
        {
            clocks = linkClock;
        }

        public void Arm(TradingMode mode, string account, string confirmation, Action<string> answered)
        {
            Disarm("arming anew");
            if (mode == TradingMode.DryRun)
            {
                state.Mode = mode;
                answered?.Invoke(null);
            }
            else
            {
                arming.Ask(mode, account, confirmation, why =>
                {
                    rejections = 0;
                    Publish();
                    answered?.Invoke(why);
                });
            }
            Publish();
        }

        public void Disarm(string reason)
        {
            arming.Abandon("disarmed: " + reason);
            if (state.IsArmed)
            {
                state.IsArmed = false;
                Notice(NoticeKind.Disarmed, state.Active, "", reason);
            }
            executor.CancelEntries();
            Publish();
        }

        public void Kill(string reason)
        {
            Disarm("kill switch");
            kill.Latch(reason);
            Publish();
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

        public void Notice(NoticeKind kind, AccountBook book, string instrument, string text)
        {
            reports.Notice(new TradingNotice(kind, Now, book?.Account, instrument, text));
        }

        /// <summary>Something threw where nothing may: it is not known what was left half done.</summary>
        public void Failed(Exception failure)
        {
            try
            {
                Kill("internal error: " + failure);
            }
            catch (Exception)
            {
                state.IsArmed = false;
                state.IsKilled = true;
                state.KillReason = "internal error: " + failure.Message;
            }
        }

        public void OnSignal(SignalNotice signal)
        {
            long now = Now;
            GateFacts facts;
            Decision decision = decider.Decide(signal, now, orders.NextHandle, out facts);
            passed += decision.IsPassed ? 1 : 0;
            refused += decision.IsPassed ? 0 : 1;
            lastDecision = decision;
            if (decision.IsSent)
            {
                executor.Enter(state.Active, facts.Contract, signal, facts.Side.Value, decision.Quantity,
                    decision.Price, decision.Handle);
            }
            reports.Decided(decision);
            WatchAudit();
            Publish();
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
            Notice(NoticeKind.LinkLost, null, "", reason);
            executor.CancelEntries();
        }

        public void OnOrder(OrderReport report)
        {
            AccountBook book = state.Book(report.Account);
            TrackedOrder order = book?.Apply(report);
            if (order == null)
            {
                return;
            }
            reports.Heard(report);
            CountRejections(order);
            executor.OnOrder(order);
        }

        public void OnExecution(ExecutionReport execution)
        {
            AccountBook book = state.Book(execution.Account);
            if (book == null)
            {
                return;
            }
            if (!book.HasBaseline || execution.IsStartOfDay)
            {
                book.Know(execution);
                return;
            }
            if (!book.Apply(execution))
            {
                return;
            }
            reports.Heard(execution);
            ContractSpec contract = state.Contract(execution.Instrument);
            if (contract != null)
            {
                book.Profit.Fill(contract, AccountBook.Signed(execution), execution.Price, execution.Cost);
            }
            if (execution.IsRemoved)
            {
                Doubt(book, "the platform took back fill " + execution.ExecutionId);
            }
            executor.OnExecution(book, execution);
            loss.Watch(book);
        }

        public void OnPosition(PositionReport position)
        {
            AccountBook book = state.Book(position.Account);
            if (book != null)
            {
                book.Apply(position);
                reports.Heard(position);
            }
        }

        public void OnAccount(AccountReport account)
        {
            AccountBook book = state.Book(account.Account);
            if (book != null)
            {
                book.Profit.Take(account);
                loss.Watch(book);
            }
        }

        public void OnQuotes()
        {
            quotes.Looking();
            if (state.Active != null)
            {
                loss.Watch(state.Active);
            }
        }

        public void OnConnection(ConnectionReport connection)
        {
            AccountBook book = state.Book(connection.Account);
            if (book == null)
            {
                return;
            }
            bool was = book.OrdersConnected;
            book.Apply(connection);
            if (was == connection.OrdersConnected)
            {
                return;
            }
            // What happened meanwhile is not known in either case.
            book.IsReconciled = false;
            Notice(was ? NoticeKind.PlatformLost : NoticeKind.PlatformRestored, book, "", "connection for orders");
            if (!was && book.WasArmed)
            {
                reconciler.Request(book);
                kill.Reconnected(book);
            }
        }

        public void OnSnapshot(PlatformSnapshot snapshot)
        {
            AccountBook book = state.Book(snapshot.Account);
            if (book == null || !reconciler.IsAwaited(snapshot, book))
            {
                return;
            }
            if (snapshot.Connection != null)
            {
                OnConnection(snapshot.Connection);
            }
            foreach (OrderReport order in snapshot.Orders)
            {
                OnOrder(order);
            }
            foreach (ExecutionReport execution in snapshot.Executions)
            {
                OnExecution(execution);
            }
            if (snapshot.Money != null)
            {
                OnAccount(snapshot.Money);
            }
            reconciler.Compare(book, snapshot);
        }

        public void OnTimer()
        {
            long now = Now;
            bool linkIsDown = state.LinkLostAt != 0;
            if (!state.IsArmed || linkIsDown)
            {
                executor.CancelEntries();
            }
            if (linkIsDown && settings.LinkLossFlattenAfter > 0
                && now - state.LinkLostAt >= settings.LinkLossFlattenAfter)
            {
                FlattenForLink();
            }
            GiveUpOnSilence(now);
            executor.OnTimer();
            reconciler.OnTimer();
            arming.OnTimer();
            kill.OnTimer();
            loss.NextDay();
            if (now >= nextSync)
            {
                nextSync = now + Second;
                audit.Sync();
                WatchAudit();
            }
            Publish();
        }

        private void FlattenForLink()
        {
            foreach (AccountBook book in state.Books.Where(book => book.WasArmed && !kill.IsFlattening(book)
                && book.Touched.Any(state.IsInScope)).ToArray())
            {
                Disarm("the link was away for " + settings.LinkLossFlattenAfter / Second + " s");
                kill.Flatten(book);
            }
        }

        private void GiveUpOnSilence(long now)
        {
            foreach (AccountBook book in state.Books.Where(book => book.OrdersConnected))
            {
                foreach (TrackedOrder order in book.Working.Where(order => order.Request != OrderRequest.None
                    && now - order.RequestTime >= settings.ResponseTimeout).ToArray())
                {
                    string request = order.Request.ToString();
                    order.GiveUpRequest();
                    Doubt(book, "no answer to " + request + " of " + order.Report.Name);
                }
            }
        }

        private void CountRejections(TrackedOrder order)
        {
            if (order.Purpose != OrderPurpose.Entry)
            {
                return;
            }
            if (order.Report.Status == OrderStatus.Rejected && ++rejections >= RejectionLimit)
            {
                Disarm(rejections + " entries in a row were rejected");
            }
            else if (order.Report.Filled > 0)
            {
                rejections = 0;
            }
        }

        private void WatchAudit()
        {
            if (!audit.IsWritable && state.IsArmed)
            {
                Disarm("the audit log cannot be written: " + audit.Failure);
            }
        }

        private void OnCompared(AccountBook book, bool differs)
        {
            if (differs && state.IsArmed && state.Active == book)
            {
                Disarm("the platform's orders or positions differ from what is known");
            }
        }

        private void Publish()
        {
            TradingStatus fresh = StatusView.Of(state, settings, kill, decider, quotes, clocks, lastDecision, Now);
            fresh.SignalsPassed = passed;
            fresh.SignalsRefused = refused;
            fresh.UnmappedInstruments = map.Unknown;
            System.Threading.Volatile.Write(ref status, fresh);
        }
    }
}
