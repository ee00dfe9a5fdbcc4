using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Fills of which the platform does not say the order. While an order of ours could have been filled by it, a fill
    /// waits for that order's own report; taken for somebody else's it would leave our position without a stop. Trading
    /// thread.
    /// </summary>
    internal sealed class UnclaimedFills
    {
        /// <summary>An order's report and its fill are told no further apart than this.</summary>
        private const long Grace = 2000000000;

        private readonly BracketExecutor executor;
        private readonly ITradeSupervisor supervisor;
        private readonly List<Held> held = new List<Held>();

        public UnclaimedFills(BracketExecutor executor, ITradeSupervisor supervisor)
        {
            this.executor = executor;
            this.supervisor = supervisor;
        }

        public bool IsEmpty => held.Count == 0;

        /// <summary>A fill that is in the account's ledger already.</summary>
        public void Take(AccountBook book, ExecutionReport fill)
        {
            if (!TryClaim(book, fill))
            {
                held.Add(new Held(book, fill, supervisor.Now));
                Look();
            }
        }

        /// <summary>Looks whether an order was told since that a fill belongs to, or whether none will be.</summary>
        public void Look()
        {
            foreach (Held one in held.ToArray())
            {
                if (TryClaim(one.Book, one.Fill))
                {
                    held.Remove(one);
                }
                else if (supervisor.Now - one.Time >= Grace || !MayBeOurs(one.Book, one.Fill))
                {
                    held.Remove(one);
                    executor.OnExecution(one.Book, one.Fill);
                }
            }
        }

        private bool TryClaim(AccountBook book, ExecutionReport fill)
        {
            TrackedOrder owner = fill.IsRemoved ? null : book.Orders.FirstOrDefault(order => IsLike(order, fill)
                && order.Report.Filled - order.Executed >= fill.Quantity);
            if (owner == null)
            {
                return false;
            }
            supervisor.Notice(NoticeKind.Warning, book, fill.Instrument, "fill " + fill.ExecutionId
                + " came without its order; it belongs to " + owner.Report.Name);
            owner.Execute(fill.Quantity);
            executor.OnExecution(book, fill.Of(owner.Handle));
            return true;
        }

        /// <summary>An order of ours could have been filled by it, as far as is known.</summary>
        public bool MayBeOurs(AccountBook book, ExecutionReport fill) => fill.Handle == 0 && !fill.IsRemoved
            && book.Orders.Any(order => IsLike(order, fill) && order.Pending > 0);

        private static bool IsLike(TrackedOrder order, ExecutionReport fill) => order.Ticket != null
            && order.Report.Instrument == fill.Instrument && order.Report.Side == fill.Side;

        private sealed class Held
        {
            public Held(AccountBook book, ExecutionReport fill, long time)
            {
                Book = book;
                Fill = fill;
                Time = time;
            }

            public AccountBook Book { get; }

            public ExecutionReport Fill { get; }

            public long Time { get; }
        }
    }
}
