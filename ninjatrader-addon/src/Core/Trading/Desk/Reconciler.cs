using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Compares what is known of an account with what the platform says it is. A snapshot and the events around it
    /// cross on their way, so a difference counts only when the next ones show it too. Trading thread.
    /// </summary>
    internal sealed class Reconciler
    {
        private const int LooksBeforeBelief = 3;
        private const long BetweenLooks = 200000000;

        /// <summary>So often an account that is traded is compared without any reason.</summary>
        private const long RoutineInterval = 10000000000;

        /// <summary>Fills and positions may be told so far apart.</summary>
        private const long PositionGrace = 2000000000;

        /// <summary>A fill that an order reports and that is told nowhere after so long will not be told.</summary>
        private const long FillGrace = 10000000000;

        private readonly TradingState state;
        private readonly ITradingPlatform platform;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly long patience;
        private readonly Dictionary<AccountBook, Look> looks = new Dictionary<AccountBook, Look>();
        private long lastRequest;

        public Reconciler(TradingState state, ITradingPlatform platform, ITradeSupervisor supervisor,
            BracketExecutor executor, long patience)
        {
            this.state = state;
            this.platform = platform;
            this.supervisor = supervisor;
            this.executor = executor;
            this.patience = patience;
        }

        /// <summary>An account was compared; the argument tells whether something differs that was not settled.</summary>
        public event Action<AccountBook, bool> Compared = (book, differs) => { };

        public void Request(AccountBook book)
        {
            Look look = LookOf(book);
            long now = supervisor.Now;
            if (look.Request != 0 && now - look.Time < patience)
            {
                return;
            }
            look.Request = ++lastRequest;
            look.Time = now;
            look.Again = 0;
            try
            {
                platform.RequestSnapshot(book.Account, look.Request);
            }
            catch (Exception e)
            {
                supervisor.Notice(NoticeKind.Warning, book, "", "no snapshot to be had: " + e.Message);
            }
        }

        /// <summary>Whether a snapshot is the one that is awaited.</summary>
        public bool IsAwaited(PlatformSnapshot snapshot, AccountBook book) => LookOf(book).Request == snapshot.Request;

        /// <summary>Compares, after the snapshot's orders and fills were taken in as events are.</summary>
        public void Compare(AccountBook book, PlatformSnapshot snapshot)
        {
            Look look = LookOf(book);
            look.Request = 0;
            book.IsAbsent = !snapshot.AccountExists;
            book.IsSimulation = snapshot.IsSimulation;
            book.Currency = snapshot.Currency;
            if (!snapshot.AccountExists)
            {
                book.IsReconciled = false;
                Compared(book, true);
                return;
            }
            if (snapshot.Unreadable.Length > 0)
            {
                // What is missing in it must not be taken for flat.
                book.IsReconciled = false;
                Compared(book, true);
                return;
            }
            bool isFirst = !book.HasBaseline;
            TakePositions(book, snapshot, isFirst);
            book.HasBaseline = true;
            TrackedOrder[] lost = Lost(book, snapshot, look.Time).ToArray();
            OrderReport[] ghosts = snapshot.Orders.Where(order => !OrderStatuses.IsTerminal(order.Status)
                && book.Find(order.Handle) != null && book.Find(order.Handle).IsEnded).ToArray();
            string[] differing = book.Touched.Where(instrument => book.Ledger(instrument) != book.Platform(instrument))
                .ToArray();
            if (lost.Length == 0 && ghosts.Length == 0 && differing.Length == 0)
            {
                look.Differences = 0;
                if (supervisor.IsFlattening(book))
                {
                    // Nothing must wait for a fill that is in the position already.
                    book.SettleFills();
                }
                bool was = book.IsReconciled;
                book.IsReconciled = snapshot.Connection != null && snapshot.Connection.OrdersConnected;
                if (book.IsReconciled && !was)
                {
                    supervisor.Notice(NoticeKind.Reconciled, book, "", "orders and positions agree");
                }
                Compared(book, !book.IsReconciled);
                return;
            }
            if (++look.Differences < LooksBeforeBelief)
            {
                look.Again = supervisor.Now + BetweenLooks;
                return;
            }
            look.Differences = 0;
            Believe(book, lost, ghosts, differing);
            Compared(book, true);
        }

        public void OnTimer()
        {
            long now = supervisor.Now;
            foreach (AccountBook book in state.Books)
            {
                Look look = LookOf(book);
                if (look.Again != 0 && now >= look.Again || look.Request != 0 && now - look.Time >= patience)
                {
                    look.Request = 0;
                    Request(book);
                }
                WatchPositions(book, look, now);
                if (book.WasArmed && book.OrdersConnected && look.Request == 0 && look.Again == 0
                    && now - look.Time >= RoutineInterval)
                {
                    // An event that got lost on all ways at once shows in nothing else.
                    Request(book);
                }
            }
        }

        private void WatchPositions(AccountBook book, Look look, long now)
        {
            bool agrees = !book.HasBaseline || !book.AwaitsFills
                && book.Touched.All(instrument => book.Ledger(instrument) == book.Platform(instrument));
            WatchFills(book, look, now);
            if (agrees)
            {
                look.DisagreesSince = 0;
            }
            else if (look.DisagreesSince == 0)
            {
                look.DisagreesSince = now;
            }
            else if (now - look.DisagreesSince >= PositionGrace && look.Request == 0 && look.Again == 0)
            {
                look.DisagreesSince = now;
                Request(book);
            }
        }

        /// <summary>An order says that it was filled, and nothing says when and at what price: its position has no stop.</summary>
        private void WatchFills(AccountBook book, Look look, long now)
        {
            if (!book.AwaitsFills || !book.OrdersConnected || supervisor.IsFlattening(book))
            {
                look.AwaitsSince = 0;
            }
            else if (look.AwaitsSince == 0)
            {
                look.AwaitsSince = now;
            }
            else if (now - look.AwaitsSince >= FillGrace)
            {
                look.AwaitsSince = 0;
                supervisor.Kill("orders of " + book.Account + " report fills that the platform does not show");
            }
        }

        private void TakePositions(AccountBook book, PlatformSnapshot snapshot, bool isFirst)
        {
            foreach (PositionReport position in snapshot.Positions)
            {
                book.Apply(position);
            }
            foreach (string instrument in book.Touched
                .Where(name => snapshot.Positions.All(position => position.Instrument != name)).ToArray())
            {
                book.Apply(new PositionReport(book.Account, instrument, 0, LinkProtocol.NullPrice, supervisor.Now));
            }
            if (!isFirst)
            {
                return;
            }
            foreach (string instrument in book.Touched.ToArray())
            {
                Adopt(book, instrument);
                executor.SetOthers(book, instrument, book.Platform(instrument));
            }
            book.Profit.Begin(snapshot.Money);
        }

        private static IEnumerable<TrackedOrder> Lost(AccountBook book, PlatformSnapshot snapshot, long asked)
        {
            var present = new HashSet<long>(snapshot.Orders.Select(order => order.Handle));
            // Asked to be cancelled again and again it is as lost as before.
            return book.Working.Where(order => !present.Contains(order.Handle) && order.Report.Time < asked);
        }

        private void Believe(AccountBook book, IEnumerable<TrackedOrder> lost,
            IEnumerable<OrderReport> ghosts, IEnumerable<string> differing)
        {
            book.IsReconciled = false;
            var texts = new List<string>();
            foreach (TrackedOrder order in lost)
            {
                texts.Add("order " + order.Report.Name + " is not there");
                order.Lose(supervisor.Now);
            }
            foreach (OrderReport ghost in ghosts)
            {
                texts.Add("order " + ghost.Name + " works though it had ended");
                TrackedOrder order = book.Find(ghost.Handle);
                order.Revive(ghost);
                executor.OnOrder(order);
            }
            foreach (string instrument in differing)
            {
                int change = book.Platform(instrument) - book.Ledger(instrument);
                texts.Add(instrument + " position is " + book.Platform(instrument) + ", by the fills it would be "
                    + book.Ledger(instrument));
                executor.CloseFromOutside(book, instrument, change - Attribute(book, instrument, change));
                Adopt(book, instrument);
            }
            supervisor.Notice(NoticeKind.Mismatch, book, "", string.Join("; ", texts.ToArray()));
        }

        /// <summary>
        /// Fills that orders of ours report and nobody told are a part of a difference: that part is the orders', and
        /// needs its stop.
        /// </summary>
        /// <returns>how much, bought above 0</returns>
        private int Attribute(AccountBook book, string instrument, int change)
        {
            int sign = Math.Sign(change);
            int rest = Math.Abs(change);
            foreach (TrackedOrder order in book.Orders.Where(order => order.Ticket != null
                && order.Report.Instrument == instrument && order.Report.Filled > order.Executed
                && (order.Report.Side == OrderSide.Buy) == (sign > 0)).ToArray())
            {
                int quantity = Math.Min(rest, order.Report.Filled - order.Executed);
                if (quantity > 0)
                {
                    rest -= quantity;
                    order.Execute(quantity);
                    executor.OnExecution(book, new ExecutionReport
                    {
                        ExecutionId = "",
                        Handle = order.Handle,
                        Account = book.Account,
                        Instrument = instrument,
                        Side = order.Report.Side,
                        Quantity = quantity,
                        Price = order.Report.AveragePrice,
                        Time = supervisor.Now
                    });
                }
            }
            return sign * (Math.Abs(change) - rest);
        }

        private void Adopt(AccountBook book, string instrument)
        {
            book.Adopt(instrument, book.Platform(instrument));
            ContractSpec contract = state.Contract(instrument);
            if (contract != null)
            {
                PositionReport position = book.Positions.FirstOrDefault(held => held.Instrument == instrument);
                book.Profit.SetPosition(contract, book.Platform(instrument),
                    position == null ? LinkProtocol.NullPrice : position.AveragePrice);
            }
        }

        private Look LookOf(AccountBook book)
        {
            Look look;
            if (!looks.TryGetValue(book, out look))
            {
                look = new Look();
                looks.Add(book, look);
            }
            return look;
        }

        private sealed class Look
        {
            /// <summary>Number of the snapshot that is awaited; 0: none.</summary>
            public long Request { get; set; }

            /// <summary>When it was asked for.</summary>
            public long Time { get; set; }

            /// <summary>When to ask again; 0: no need.</summary>
            public long Again { get; set; }

            public int Differences { get; set; }

            public long DisagreesSince { get; set; }

            /// <summary>Since when orders report fills that were not told; 0: none does.</summary>
            public long AwaitsSince { get; set; }
        }
    }
}
