using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Compares what is known of an account with what the platform says it is. A snapshot and the events around it
    /// cross on their way, so a difference counts only when the next ones show it too. What the platform does not show is
    /// believed to be gone only when it goes on not showing it, and never just after it was connected: for that a stop is
    /// taken away. Trading thread.
    /// </summary>
    internal sealed class Reconciler
    {
        /// <summary>So long after it was connected the platform may still be loading what an account holds, ns.</summary>
        public const long Loading = 10000000000;

        private const int LooksBeforeBelief = 3;
        private const long BetweenLooks = 200000000;

        /// <summary>Between two looks at what is still loading, or could not be asked for.</summary>
        private const long BetweenTries = 1000000000;

        /// <summary>So often an account that is traded is compared without any reason.</summary>
        private const long RoutineInterval = 10000000000;

        private readonly TradingState state;
        private readonly ITradingPlatform platform;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly Belief belief;
        private readonly DisagreementWatch watch;
        private readonly long patience;
        private readonly Dictionary<AccountBook, Look> looks = new Dictionary<AccountBook, Look>();
        private long lastRequest;

        public Reconciler(TradingState state, ITradingPlatform platform, ITradeSupervisor supervisor,
            BracketExecutor executor, Belief belief, long patience)
        {
            this.state = state;
            this.platform = platform;
            this.supervisor = supervisor;
            this.executor = executor;
            this.belief = belief;
            this.patience = patience;
            watch = new DisagreementWatch(supervisor);
        }

        /// <summary>An account was compared; the argument tells whether something differs that was not settled.</summary>
        public event Action<AccountBook, bool> Compared = (book, differs) => { };

        /// <summary>The account was connected: nothing that was seen before counts, and all is to be looked at.</summary>
        /// <param name="book">of the account</param>
        /// <param name="stood">it stood already when the run began: the platform had its time before</param>
        public void Connected(AccountBook book, bool stood)
        {
            book.SettledAt = stood ? supervisor.Now : supervisor.Now + Loading;
            Look look = LookOf(book);
            look.Forget();
            // What was asked before may never be answered.
            look.Request = 0;
            Request(book);
        }

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
                look.Failure = null;
            }
            catch (Exception e)
            {
                // Nobody will answer that: who asks next must not wait for it.
                look.Request = 0;
                look.Again = now + BetweenTries;
                if (look.Failure != e.Message)
                {
                    look.Failure = e.Message;
                    supervisor.Notice(NoticeKind.Warning, book, "", "no snapshot to be had: " + e.Message);
                }
            }
        }

        /// <summary>Whether a snapshot is the one that is awaited.</summary>
        public bool IsAwaited(PlatformSnapshot snapshot, AccountBook book) => LookOf(book).Request == snapshot.Request;

        /// <summary>When the one that is awaited was asked for, local clock.</summary>
        public long AskedAt(AccountBook book) => LookOf(book).Time;

        /// <summary>Whether what a snapshot does not list is not there.</summary>
        /// <param name="book">of the account</param>
        /// <param name="snapshot">of it</param>
        /// <param name="asked">when it was asked for: what it lacks may have been loaded while it waited to be looked at</param>
        public bool IsWhole(AccountBook book, PlatformSnapshot snapshot, long asked) => snapshot.AccountExists
            && snapshot.Unreadable.Length == 0 && snapshot.Connection != null && snapshot.Connection.OrdersConnected
            && book.IsSettled(asked);

        /// <summary>Compares, after the snapshot's orders and fills were taken in as events are.</summary>
        /// <param name="book">of the account</param>
        /// <param name="snapshot">of it</param>
        /// <param name="asked">when it was asked for, local clock</param>
        public void Compare(AccountBook book, PlatformSnapshot snapshot, long asked)
        {
            Look look = LookOf(book);
            if (IsAwaited(snapshot, book))
            {
                // What it told may have been a reason to ask anew: that answer is to be looked at too.
                look.Request = 0;
            }
            book.IsAbsent = !snapshot.AccountExists;
            book.IsSimulation = snapshot.IsSimulation;
            book.Currency = snapshot.Currency;
            if (!IsWhole(book, snapshot, asked))
            {
                TakePart(book, snapshot, look, asked);
                return;
            }
            TakePositions(book, snapshot);
            TrackedOrder[] lost = Lost(book, snapshot, asked).ToArray();
            OrderReport[] ghosts = snapshot.Orders.Where(order => !OrderStatuses.IsTerminal(order.Status)
                && book.Find(order.Handle) != null && book.Find(order.Handle).IsEnded).ToArray();
            string[] differing = book.Touched.Where(instrument => book.Ledger(instrument) != book.Platform(instrument))
                .ToArray();
            if (lost.Length == 0 && ghosts.Length == 0 && differing.Length == 0)
            {
                Agree(book, look);
                return;
            }
            string[] less = differing.Where(instrument => IsLess(book, instrument)).ToArray();
            string missing = string.Join("; ", lost.Select(order => "order " + order.Report.Name + " is not there")
                .Concat(less.Select(instrument => Belief.Difference(book, instrument))).ToArray());
            bool isSteady = look.Less.Lasts(missing, supervisor.Now);
            string[] more = More(book);
            bool isMoreSteady = look.More.Lasts(InWords(book, more), supervisor.Now);
            if (++look.Differences < LooksBeforeBelief)
            {
                look.Again = supervisor.Now + BetweenLooks;
                return;
            }
            if (missing.Length > 0 && !isSteady)
            {
                Doubt(book, look, "the platform shows less than it told before: " + missing + "; it is believed once it "
                    + "went on so for some seconds: until then stops stay, and no entry passes");
                lost = new TrackedOrder[0];
                differing = differing.Except(less).ToArray();
            }
            else if (more.Length > 0 && !isMoreSteady)
            {
                Doubt(book, look, "the platform shows more than the fills: " + InWords(book, more) + "; it is believed once "
                    + "it went on so for some seconds: until then no entry passes");
            }
            if (!isMoreSteady)
            {
                differing = differing.Except(more).ToArray();
            }
            if (lost.Length + ghosts.Length + differing.Length > 0)
            {
                look.Differences = 0;
                look.Again = supervisor.Now + BetweenLooks;
                belief.Take(book, lost, ghosts, differing);
                Compared(book, true);
            }
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
                look.More.Lasts(book.OrdersConnected ? InWords(book, More(book)) : "", now);
                if (watch.Watch(book, look, now))
                {
                    Request(book);
                }
                if (book.WasArmed && book.OrdersConnected && look.Request == 0 && look.Again == 0
                    && now - look.Time >= RoutineInterval)
                {
                    // An event that got lost on all ways at once shows in nothing else.
                    Request(book);
                }
            }
        }

        /// <summary>
        /// It is not known to be all there is: it is compared with nothing, and what is missing in it must not be taken
        /// for flat. What it does list is there.
        /// </summary>
        private void TakePart(AccountBook book, PlatformSnapshot snapshot, Look look, long asked)
        {
            book.IsReconciled = false;
            look.Forget();
            foreach (PositionReport position in snapshot.Positions)
            {
                book.Apply(position);
            }
            bool isLoading = book.OrdersConnected && !book.IsSettled(asked);
            if (snapshot.AccountExists && snapshot.Unreadable.Length == 0 && isLoading)
            {
                Doubt(book, look, "the platform was connected a moment ago, and may not show all of the account yet: until "
                    + "it had " + Loading / 1000000000 + " s for that stops stay, no entry passes, and nothing is called flat");
                // No event may tell of a fill that is loaded meanwhile, and without it the position has no stop.
                look.Again = Math.Min(book.SettledAt, supervisor.Now + BetweenTries);
                return;
            }
            book.Doubt = null;
            Compared(book, true);
        }

        private void Agree(AccountBook book, Look look)
        {
            look.Forget();
            book.Doubt = null;
            if (supervisor.IsFlattening(book))
            {
                belief.Settle(book);
            }
            bool was = book.IsReconciled;
            book.IsReconciled = true;
            if (!was)
            {
                supervisor.Notice(NoticeKind.Reconciled, book, "", "orders and positions agree");
            }
            Compared(book, false);
        }

        private void Doubt(AccountBook book, Look look, string why)
        {
            book.IsReconciled = false;
            look.Again = supervisor.Now + BetweenLooks;
            if (book.Doubt != why)
            {
                book.Doubt = why;
                supervisor.Notice(NoticeKind.Warning, book, "", why);
            }
        }

        private void TakePositions(AccountBook book, PlatformSnapshot snapshot)
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
            if (book.HasBaseline)
            {
                return;
            }
            foreach (string instrument in book.Touched.ToArray())
            {
                belief.Adopt(book, instrument);
                executor.SetOthers(book, instrument, book.Platform(instrument));
            }
            book.Profit.Begin(snapshot.Money);
            book.HasBaseline = true;
        }

        private static IEnumerable<TrackedOrder> Lost(AccountBook book, PlatformSnapshot snapshot, long asked)
        {
            var present = new HashSet<long>(snapshot.Orders.Select(order => order.Handle));
            // Asked to be cancelled again and again it is as lost as before.
            return book.Working.Where(order => !present.Contains(order.Handle) && order.Report.Time < asked);
        }

        private static bool IsLess(AccountBook book, string instrument)
        {
            int fills = book.Ledger(instrument);
            int told = book.Platform(instrument);
            return fills > 0 && told < fills || fills < 0 && told > fills;
        }

        /// <summary>
        /// Where the platform shows more than the fills, and no order of ours says that it was filled: what one says needs its
        /// stop at once.
        /// </summary>
        private static string[] More(AccountBook book) => book.Touched.Where(instrument =>
            book.Ledger(instrument) != book.Platform(instrument) && !IsLess(book, instrument)
            && !Belief.IsAttributable(book, instrument)).ToArray();

        private static string InWords(AccountBook book, string[] instruments) => string.Join("; ",
            instruments.Select(instrument => Belief.Difference(book, instrument)).ToArray());

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
    }
}
