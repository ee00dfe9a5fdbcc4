using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Orders of ours that worked when an earlier run ended: what became of them meanwhile is news, though the platform
    /// tells it in its first snapshot among all that ended before our time. Orders of an ATM strategy have the names of a
    /// person's, and cannot be told from those. Trading thread.
    /// </summary>
    internal sealed class EarlierOrders
    {
        /// <summary>Each look that finds a change is a write that the disk is waited for, ns.</summary>
        private const long Interval = 10000000000;

        private readonly TradingState state;
        private readonly TradeReports reports;
        private readonly Dictionary<AccountBook, string[]> names = new Dictionary<AccountBook, string[]>();
        private long nextLook;

        public EarlierOrders(TradingState state, TradeReports reports)
        {
            this.state = state;
            this.reports = reports;
        }

        public void Recorded(AccountBook book, IEnumerable<string> working)
        {
            names[book] = working.ToArray();
        }

        /// <summary>What a later run must know, as it was at the last look.</summary>
        public IEnumerable<string> Of(AccountBook book)
        {
            string[] found;
            return names.TryGetValue(book, out found) ? found : new string[0];
        }

        public void OnTimer(long now)
        {
            if (now >= nextLook)
            {
                nextLook = now + Interval;
                Look();
            }
        }

        /// <summary>Sees which work now; at the end of a run, so that the next one knows exactly.</summary>
        public void Look()
        {
            foreach (AccountBook book in state.Books.Where(book => book.HasBaseline))
            {
                names[book] = book.Working.Select(order => order.Report.Name)
                    .Where(OrderNames.IsOurs)
                    .OrderBy(name => name, StringComparer.Ordinal).ToArray();
            }
        }

        /// <summary>Tells what ended while nobody listened; before the account's first snapshot is taken in.</summary>
        public void Tell(AccountBook book, PlatformSnapshot snapshot)
        {
            var worked = new HashSet<string>(Of(book), StringComparer.Ordinal);
            OrderReport[] ended = snapshot.Orders.Where(order => OrderStatuses.IsTerminal(order.Status)
                && worked.Contains(order.Name)).ToArray();
            if (ended.Length == 0)
            {
                return;
            }
            var handles = new HashSet<long>(ended.Select(order => order.Handle));
            ExecutionReport[] fills = snapshot.Executions.Where(fill => handles.Contains(fill.Handle)).ToArray();
            long time = ended.Max(order => order.Time);
            string[] instruments = fills.Select(fill => fill.Instrument).Distinct().ToArray();
            foreach (string instrument in instruments)
            {
                // As it was before: whoever adds up the fills begins with it.
                int now = Position(snapshot, instrument);
                int filled = fills.Where(fill => fill.Instrument == instrument).Sum(fill => AccountBook.Signed(fill));
                reports.Heard(new PositionReport(book.Account, instrument, now - filled,
                    LinkProtocol.NullPrice, time));
            }
            foreach (OrderReport order in ended)
            {
                reports.Heard(order);
            }
            foreach (ExecutionReport fill in fills)
            {
                reports.Heard(fill);
            }
            foreach (string instrument in instruments)
            {
                reports.Heard(snapshot.Positions.FirstOrDefault(position => position.Instrument == instrument)
                    ?? new PositionReport(book.Account, instrument, 0, LinkProtocol.NullPrice, time));
            }
        }

        private static int Position(PlatformSnapshot snapshot, string instrument) =>
            snapshot.Positions.Where(position => position.Instrument == instrument).Sum(position => position.Quantity);
    }
}
