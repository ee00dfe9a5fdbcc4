using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>What the platform tells: brought into the accounts' books, then shown to those who act on it. Trading thread.</summary>
    internal sealed class PlatformIntake
    {
        private const int RejectionLimit = 3;

        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly TradeReports reports;
        private readonly AuditLog audit;
        private readonly BracketExecutor executor;
        private readonly UnclaimedFills unclaimed;
        private readonly AssumedFills assumed;
        private readonly LossWatch loss;
        private readonly Reconciler reconciler;
        private readonly KillSwitch kill;
        private readonly EarlierOrders earlier;
        private readonly Leftovers leftovers;
        private readonly HashSet<string> unreadable = new HashSet<string>(StringComparer.Ordinal);
        private int rejections;

        public PlatformIntake(TradingState state, ITradeSupervisor supervisor, TradeReports reports, AuditLog audit,
            BracketExecutor executor, UnclaimedFills unclaimed, LossWatch loss, Reconciler reconciler, KillSwitch kill,
            EarlierOrders earlier, Leftovers leftovers)
        {
            this.leftovers = leftovers;
            this.state = state;
            this.supervisor = supervisor;
            this.reports = reports;
            this.audit = audit;
            this.executor = executor;
            this.unclaimed = unclaimed;
            assumed = new AssumedFills(state, executor);
            this.loss = loss;
            this.reconciler = reconciler;
            this.kill = kill;
            this.earlier = earlier;
        }

        /// <summary>A person armed: entries rejected before count no more.</summary>
        public void ForgetRejections()
        {
            rejections = 0;
        }

        public void OnOrder(OrderReport report)
        {
            OnOrder(report, true);
        }

        private void OnOrder(OrderReport report, bool isNews)
        {
            AccountBook book = state.Book(report.Account);
            bool hadEnded = book?.Find(report.Handle)?.IsEnded == true;
            TrackedOrder order = book?.Apply(report);
            if (order == null)
            {
                return;
            }
            if (isNews)
            {
                reports.Heard(report);
            }
            CountRejections(order);
            bool isBack = hadEnded && !order.IsEnded;
            if (isBack)
            {
                executor.CameBack(order);
            }
            executor.OnOrder(order);
            unclaimed.Look();
            if (!order.IsEnded || order.Report.Filled > 0)
            {
                WatchForEarlierRun(book, order, isNews);
            }
            if (isBack)
            {
                supervisor.Doubt(book, "order " + report.Name + " works though it was believed to have ended");
            }
        }

        public void OnExecution(ExecutionReport execution)
        {
            AccountBook book = state.Book(execution.Account);
            if (book == null)
            {
                return;
            }
            if (!book.HasBaseline || execution.IsStartOfDay || IsOfBefore(book, execution))
            {
                book.Know(execution);
                return;
            }
            ExecutionReport before = book.Correct(execution);
            if (before != null)
            {
                Correct(book, before, execution);
                return;
            }
            if (!book.Note(execution))
            {
                return;
            }
            reports.Heard(execution);
            execution = assumed.Rest(book, execution);
            if (execution == null)
            {
                loss.Watch(book);
                return;
            }
            book.Count(execution);
            ContractSpec contract = state.Contract(execution.Instrument);
            if (contract != null && execution.Price != LinkProtocol.NullPrice)
            {
                book.Profit.Fill(contract, AccountBook.Signed(execution), execution.Price, execution.Cost);
            }
            if (execution.IsRemoved)
            {
                supervisor.Doubt(book, "the platform took back fill " + execution.ExecutionId);
            }
            if (execution.Handle == 0)
            {
                unclaimed.Take(book, execution);
            }
            else
            {
                executor.OnExecution(book, execution);
            }
            TrackedOrder order = book.Find(execution.Handle);
            if (order != null)
            {
                WatchForEarlierRun(book, order, true);
            }
            loss.Watch(book);
        }

        /// <summary>
        /// It happened before this run began, and is only told now: it is in the position and the sum of the day already.
        /// Of an order of ours it is not, whatever its time says: the clock that stamped it may be another.
        /// </summary>
        private bool IsOfBefore(AccountBook book, ExecutionReport execution) => execution.Time < state.BeganAt
            && !execution.IsRemoved && book.Find(execution.Handle)?.Ticket == null
            && !unclaimed.MayBeOurs(book, execution);

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

        public void OnConnection(ConnectionReport connection)
        {
            AccountBook book = state.Book(connection.Account);
            if (book == null)
            {
                return;
            }
            if (connection.NowOf != null)
            {
                // What was armed, or is just being armed, may be another's account, and one without real money.
                supervisor.Disarm("the account " + connection.Account + " is another one now, of the connection "
                    + connection.NowOf);
            }
            bool was = book.OrdersConnected;
            // Once it was told otherwise, it was connected anew meanwhile.
            bool stood = connection.StoodBefore && !book.IsConnectionTold;
            book.Apply(connection);
            if (was == connection.OrdersConnected)
            {
                return;
            }
            // What happened meanwhile is not known in either case.
            book.IsReconciled = false;
            supervisor.Notice(was ? NoticeKind.PlatformLost : NoticeKind.PlatformRestored, book, "", "connection for orders");
            if (!was)
            {
                state.FindScope();
                // Of every listed account, traded on or not: what an earlier run left there must show.
                reconciler.Connected(book, stood);
                kill.Reconnected(book);
            }
        }

        public void OnUnreadable(string account, string what)
        {
            AccountBook book = state.Book(account);
            if (book == null)
            {
                return;
            }
            bool isNew = unreadable.Add(account + what);
            if (book.WasArmed && (isNew || book.IsReconciled))
            {
                supervisor.Doubt(book, what);
            }
            else if (isNew)
            {
                supervisor.Notice(NoticeKind.Warning, book, "", what);
            }
        }

        public void OnSnapshot(PlatformSnapshot snapshot)
        {
            AccountBook book = state.Book(snapshot.Account);
            if (book == null || !reconciler.IsAwaited(snapshot, book))
            {
                return;
            }
            // Before what it tells makes somebody ask anew.
            long asked = reconciler.AskedAt(book);
            if (snapshot.Connection != null)
            {
                OnConnection(snapshot.Connection);
            }
            // What ended before this run is known from now on, but no news: an account may hold thousands of such orders.
            bool isFirst = !book.HasBaseline;
            if (isFirst && reconciler.IsWhole(book, snapshot, asked))
            {
                // Of one that is not whole nothing is taken over: the next is the first again, and would tell it all again.
                earlier.Tell(book, snapshot);
            }
            foreach (OrderReport order in snapshot.Orders)
            {
                OnOrder(order, !isFirst || !OrderStatuses.IsTerminal(order.Status) || book.Find(order.Handle) != null);
            }
            foreach (ExecutionReport execution in snapshot.Executions)
            {
                OnExecution(execution);
            }
            if (snapshot.Money != null)
            {
                OnAccount(snapshot.Money);
            }
            foreach (string what in snapshot.Unreadable.Where(what => unreadable.Add(book.Account + what)))
            {
                supervisor.Notice(NoticeKind.Warning, book, "", what);
            }
            reconciler.Compare(book, snapshot, asked);
        }

        /// <summary>
        /// A commission that comes late, or a price that was wrong. The sum is that of the fill taken back at the old
        /// price and made at the new one.
        /// </summary>
        private void Correct(AccountBook book, ExecutionReport before, ExecutionReport after)
        {
            audit.Corrected(after, supervisor.Now);
            ContractSpec contract = state.Contract(after.Instrument);
            if (contract != null && before.Price != LinkProtocol.NullPrice && after.Price != LinkProtocol.NullPrice)
            {
                book.Profit.Fill(contract, -AccountBook.Signed(before), before.Price, 0);
                book.Profit.Fill(contract, AccountBook.Signed(after), after.Price, after.Cost - before.Cost);
            }
            if (AccountBook.Signed(before) != AccountBook.Signed(after))
            {
                // Stops are of the old quantity, and no event says when the position follows.
                supervisor.Kill("fill " + after.ExecutionId + " was corrected from " + AccountBook.Signed(before) + " to "
                    + AccountBook.Signed(after));
            }
            loss.Watch(book);
        }

        /// <summary>What the first look shows is looked at as a whole; what comes after it was not there then.</summary>
        private void WatchForEarlierRun(AccountBook book, TrackedOrder order, bool isNews)
        {
            if (!isNews || !book.HasBaseline || order.Purpose != OrderPurpose.Foreign
                || !OrderNames.IsOurs(order.Report.Name))
            {
                return;
            }
            if (leftovers.CameLate(book, order))
            {
                supervisor.Notice(NoticeKind.Warning, book, order.Report.Instrument, "order " + order.Report.Name
                    + " is of an earlier run, and goes on only now");
            }
            reconciler.Request(book);
        }

        private void CountRejections(TrackedOrder order)
        {
            if (order.Purpose != OrderPurpose.Entry)
            {
                return;
            }
            if (order.Report.Status == OrderStatus.Rejected && ++rejections >= RejectionLimit)
            {
                supervisor.Disarm(rejections + " entries in a row were rejected");
            }
            else if (order.Report.Filled > 0)
            {
                rejections = 0;
            }
        }
    }
}
