using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks, whenever an account was compared, for what an earlier run left open: its positions are nobody's trades now.
    /// A position without a stop that covers it, or an order with nothing to close, is an alarm until it is gone.
    /// Trading thread.
    /// </summary>
    internal sealed class Leftovers
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly HashSet<AccountBook> recorded = new HashSet<AccountBook>();

        /// <summary>Where a position was found that no fill explains, on an account that this run had armed.</summary>
        private readonly HashSet<KeyValuePair<AccountBook, string>> unexplained =
            new HashSet<KeyValuePair<AccountBook, string>>();

        private readonly Dictionary<AccountBook, string> alarms = new Dictionary<AccountBook, string>();
        private readonly Dictionary<AccountBook, string[]> covered = new Dictionary<AccountBook, string[]>();
        private readonly HashSet<string> told = new HashSet<string>(StringComparer.Ordinal);

        public Leftovers(TradingState state, ITradeSupervisor supervisor, BracketExecutor executor)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
        }

        /// <summary>null: none.</summary>
        public string Alarm => alarms.Values.FirstOrDefault();

        /// <summary>
        /// Account and instrument of the positions of an earlier run that a stop covers: no alarm, but nobody's trades, and
        /// whoever looks must know of them.
        /// </summary>
        public IEnumerable<string> Covered => covered.SelectMany(entry => entry.Value
            .Where(instrument => executor.Others(entry.Key, instrument) != 0)
            .Select(instrument => entry.Key.Account + " " + instrument));

        /// <summary>An earlier run had armed the account, and did not see it flat at its end.</summary>
        /// <param name="book">of the account</param>
        /// <param name="instruments">what that run might trade: the settings may name others now</param>
        public void Recorded(AccountBook book, IEnumerable<string> instruments)
        {
            recorded.Add(book);
            foreach (string instrument in instruments)
            {
                book.Inherited.Add(instrument);
            }
            book.WasArmed = true;
            state.Active = state.Active ?? book;
        }

        /// <summary>
        /// An order of ours that this run did not send works or is filled: the run before was held up and sent it late. An
        /// account that was seen flat since is an earlier run's once more.
        /// </summary>
        /// <returns>whether that is news</returns>
        public bool CameLate(AccountBook book, TrackedOrder order)
        {
            bool isNew = recorded.Add(book);
            book.WasArmed = true;
            state.Active = state.Active ?? book;
            if (!state.IsInScope(book, order.Report.Instrument))
            {
                book.Inherited.Add(order.Report.Instrument);
            }
            return isNew;
        }

        /// <summary>
        /// A position was found that nothing explains: where this run traded it may be ours all the same, and must not be
        /// without a stop and nobody told.
        /// </summary>
        public void Unexplained(AccountBook book, string instrument)
        {
            if (book.WasArmed)
            {
                unexplained.Add(new KeyValuePair<AccountBook, string>(book, instrument));
            }
        }

        /// <summary>An earlier run's account that was not seen flat since.</summary>
        public bool IsLeft(AccountBook book) => recorded.Contains(book);

        public void OnCompared(AccountBook book)
        {
            alarms.Remove(book);
            unexplained.RemoveWhere(one => one.Key == book && executor.Others(book, one.Value) == 0);
            covered.Remove(book);
            if (!book.HasBaseline || supervisor.IsFlattening(book))
            {
                return;
            }
            foreach (TrackedOrder order in book.Working.Where(order => order.Purpose == OrderPurpose.Foreign
                && OrderNames.IsOurs(order.Report.Name) && !state.IsInScope(book, order.Report.Instrument)))
            {
                book.Inherited.Add(order.Report.Instrument);
            }
            string[] ours = book.Touched
                .Where(instrument => state.IsInScope(book, instrument) && IsOurs(book, instrument)).ToArray();
            ILookup<bool, KeyValuePair<string, string>> found = ours.Select(instrument =>
                new KeyValuePair<string, string>(instrument, Finding(book, instrument))).ToLookup(one => one.Value != null);
            string[] findings = found[true].Select(one => one.Value).ToArray();
            covered[book] = found[false].Select(one => one.Key).ToArray();
            if (findings.Length > 0)
            {
                book.WasArmed = true;
                state.Active = state.Active ?? book;
                alarms[book] = string.Join("; ", findings) + ". Close it by hand, or press KILL";
                Tell(NoticeKind.Alarm, book, alarms[book]);
            }
            // An account that is not connected looks flat too.
            if (!book.IsReconciled || state.IsTouched(book))
            {
                return;
            }
            book.Inherited.Clear();
            if (recorded.Remove(book))
            {
                book.WasArmed = state.IsArmed && state.Active == book;
                supervisor.Notice(NoticeKind.Flat, book, "", "nothing of an earlier run is open there any more");
            }
        }

        private bool IsUnexplained(AccountBook book, string instrument) =>
            unexplained.Contains(new KeyValuePair<AccountBook, string>(book, instrument));

        private bool IsOurs(AccountBook book, string instrument) => recorded.Contains(book)
            || IsUnexplained(book, instrument) || book.Orders.Any(order =>
            order.Purpose == OrderPurpose.Foreign && order.Report.Instrument == instrument
            && OrderNames.IsOurs(order.Report.Name) && (!order.IsEnded || order.Report.Filled > 0));

        /// <summary>null: nothing to be alarmed about.</summary>
        private string Finding(AccountBook book, string instrument)
        {
            int position = executor.Others(book, instrument);
            TrackedOrder[] left = book.Working.Where(order => order.Purpose == OrderPurpose.Foreign
                && order.Report.Instrument == instrument).ToArray();
            if (position == 0)
            {
                TrackedOrder idle = left.FirstOrDefault(order => OrderNames.IsOurs(order.Report.Name));
                return idle == null || executor.Ours(book, instrument) != 0
                    ? null
                    : "order " + idle.Report.Name + " of an earlier run works with nothing to close";
            }
            OrderSide exit = position > 0 ? OrderSide.Sell : OrderSide.Buy;
            int covered = left.Where(order => order.Report.Side == exit && OrderKinds.IsStop(order.Report.Kind))
                .Sum(order => order.Report.Remaining);
            string text = book.Account + " has a position of " + position + " " + instrument
                + (IsUnexplained(book, instrument) ? " that no fill explains" : " of an earlier run");
            if (covered >= Math.Abs(position))
            {
                Tell(NoticeKind.Warning, book, text + ", covered by its stop");
                return null;
            }
            return text + (covered == 0 ? " without a stop" : " with a stop for only " + covered);
        }

        private void Tell(NoticeKind kind, AccountBook book, string text)
        {
            if (told.Add(text))
            {
                supervisor.Notice(kind, book, "", text);
            }
        }
    }
}
