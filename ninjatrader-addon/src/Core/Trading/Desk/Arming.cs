using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The way to being armed: the account is listed, a live one confirmed by typing, the audit log writes, the
    /// platform's orders and positions are reconciled, and nothing of others' is open where we would trade.
    /// Trading thread.
    /// </summary>
    internal sealed class Arming
    {
        private const int CleaningLimit = 3;
        private const long Second = 1000000000;

        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly OrderDesk orders;
        private readonly BracketExecutor executor;
        private readonly Reconciler reconciler;
        private readonly AuditLog audit;
        private readonly Func<string> keepRecord;
        private readonly DamagedPast past;
        private Pending pending;

        public Arming(TradingSettings settings, TradingState state, ITradeSupervisor supervisor, OrderDesk orders,
            BracketExecutor executor, Reconciler reconciler, AuditLog audit, Func<string> keepRecord,
            DamagedPast past)
        {
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.orders = orders;
            this.executor = executor;
            this.reconciler = reconciler;
            this.audit = audit;
            this.keepRecord = keepRecord;
            this.past = past;
            reconciler.Compared += OnCompared;
        }

        public void Ask(TradingMode mode, string account, string confirmation, Action<string> answered)
        {
            Abandon("another request came");
            AccountBook book = state.Book(account);
            var asked = new Pending(mode, book, confirmation, answered, supervisor.Now);
            string refusal = Refusal(mode, account, confirmation) ?? past.Ask();
            if (refusal != null)
            {
                asked.Refuse(supervisor, refusal);
                return;
            }
            pending = asked;
            reconciler.Request(book);
        }

        /// <summary>Gives up what is under way.</summary>
        public void Abandon(string reason)
        {
            Pending given = pending;
            pending = null;
            given?.Refuse(supervisor, reason);
        }

        public void OnTimer()
        {
            if (pending != null && supervisor.Now - pending.Time > settings.ResponseTimeout)
            {
                Abandon(pending.Book.Doubt ?? "the platform did not tell its orders and positions in time");
            }
        }

        private string Refusal(TradingMode mode, string account, string confirmation)
        {
            audit.Recover(supervisor.Now);
            IList<string> listed = mode == TradingMode.Live ? settings.LiveAccounts : settings.SimulationAccounts;
            if (mode != TradingMode.Live && mode != TradingMode.Simulation)
            {
                return "no such mode: " + mode;
            }
            if (mode == TradingMode.Live && state.Rights != PeerRights.Trade)
            {
                return "the gateway lets this add-on only view; live needs its right to trade";
            }
            if (mode == TradingMode.Live && LiveMarket.WhyNot(state.Market) != null)
            {
                return LiveMarket.WhyNot(state.Market);
            }
            if (account == null || !listed.Contains(account))
            {
                return "account '" + account + "' is not in accounts."
                    + (mode == TradingMode.Live ? "live" : "simulation") + " of the settings; names must match exactly";
            }
            if (mode == TradingMode.Live && confirmation != TradingSettings.LiveConfirmation(account))
            {
                return "to trade live, type: " + TradingSettings.LiveConfirmation(account);
            }
            if (state.IsKilled)
            {
                return "the kill switch is pulled; press Release kill first";
            }
            if (!audit.IsWritable)
            {
                return "the audit log cannot be written: " + audit.Failure;
            }
            if (executor.Trades.Any(trade => trade.Book.Account != account))
            {
                return "trades of account " + executor.Trades.First(trade => trade.Book.Account != account).Book.Account
                    + " are not over yet";
            }
            AccountBook book = state.Book(account);
            if (book.OrdersConnected && !book.IsSettled(supervisor.Now))
            {
                return "the platform connected " + account + " a moment ago, and may not show all of it yet; try again in "
                    + (1 + (book.SettledAt - supervisor.Now) / Second) + " s";
            }
            return supervisor.IsFlattening(book) ? "the account is being flattened" : null;
        }

        private void OnCompared(AccountBook book, bool differs)
        {
            if (pending == null || pending.Book != book)
            {
                return;
            }
            if (differs)
            {
                Abandon(book.OrdersConnected
                    ? "the platform's orders or positions differ from what is known, see the log; try again"
                    : "the platform's connection for orders of " + book.Account + " is down, or it has no such account");
                return;
            }
            string[] leftovers = book.Working.Where(order => IsLeftover(book, order))
                .Select(order => order.Report.Name).ToArray();
            if (leftovers.Length > 0 && pending.Cleanings++ < CleaningLimit)
            {
                Clean(book);
                return;
            }
            // Since it was asked for the world may have changed.
            string obstacle = Refusal(pending.Mode, book.Account, pending.Confirmation) ?? Obstacle(book);
            if (obstacle != null)
            {
                Abandon(obstacle);
                return;
            }
            Pending done = pending;
            pending = null;
            Arm(done);
        }

        private void Arm(Pending done)
        {
            done.Book.WasArmed = true;
            string failure = keepRecord();
            if (failure != null)
            {
                done.Refuse(supervisor, "a restart would not know that the account was traded on: " + failure);
                return;
            }
            state.Mode = done.Mode;
            state.Active = done.Book;
            state.Arm();
            supervisor.Notice(NoticeKind.Armed, done.Book, "", done.Mode.ToString());
            if (!audit.IsWritable)
            {
                state.Disarm("the audit log cannot be written: " + audit.Failure, supervisor.Now);
                done.Refuse(supervisor, "the audit log cannot be written: " + audit.Failure);
                return;
            }
            past.Accept();
            done.Answer(null);
        }

        /// <summary>An exit of an earlier run where nothing is open, or any entry of an earlier run.</summary>
        private bool IsLeftover(AccountBook book, TrackedOrder order)
        {
            string name = order.Report.Name;
            return order.Purpose == OrderPurpose.Foreign && state.IsInScope(book, order.Report.Instrument)
                && OrderNames.IsOurs(name) && (book.Platform(order.Report.Instrument) == 0 || OrderNames.IsEntry(name));
        }

        private void Clean(AccountBook book)
        {
            foreach (TrackedOrder order in book.Working.Where(order => IsLeftover(book, order)).ToArray())
            {
                supervisor.Notice(NoticeKind.OrphanCancelled, book, order.Report.Instrument,
                    order.Report.Name + " is of an earlier run");
                orders.Cancel(book, order);
            }
            reconciler.Request(book);
        }

        private string Obstacle(AccountBook book)
        {
            if (pending.Mode == TradingMode.Simulation && !book.IsSimulation)
            {
                return "the platform does not say that " + book.Account + " is a simulation account; trade it as a live "
                    + "one: list it in accounts.live, choose live and type the confirmation";
            }
            BracketTrade uncovered = executor.Trades.FirstOrDefault(trade => trade.UncoveredSince != 0);
            if (uncovered != null)
            {
                return "the stops of " + uncovered.Label + " do not fit what is open yet; try again";
            }
            foreach (string instrument in book.Touched.Where(one => state.IsInScope(book, one)))
            {
                int others = executor.Others(book, instrument);
                if (others != 0)
                {
                    return instrument + " has a position of " + others + " that is not of this run; close it first";
                }
            }
            TrackedOrder foreign = book.Working.FirstOrDefault(order => order.Purpose == OrderPurpose.Foreign
                && state.IsInScope(book, order.Report.Instrument));
            return foreign == null
                ? null
                : "order '" + foreign.Report.Name + "' of " + foreign.Report.Instrument
                    + " works and is not of this run; cancel it first";
        }

        private sealed class Pending
        {
            private readonly Action<string> answered;

            public Pending(TradingMode mode, AccountBook book, string confirmation, Action<string> answered, long time)
            {
                Mode = mode;
                Book = book;
                Confirmation = confirmation;
                Time = time;
                this.answered = answered;
            }

            public TradingMode Mode { get; }

            public AccountBook Book { get; }

            /// <summary>What was typed.</summary>
            public string Confirmation { get; }

            public long Time { get; }

            public int Cleanings { get; set; }

            public void Refuse(ITradeSupervisor supervisor, string why)
            {
                supervisor.Notice(NoticeKind.ArmingRefused, Book, "", Mode + ": " + why);
                Answer(why);
            }

            public void Answer(string why)
            {
                answered?.Invoke(why);
            }
        }
    }
}
