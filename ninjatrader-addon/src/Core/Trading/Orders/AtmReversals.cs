using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks at fills that closed more than was open: where they are of an ATM strategy's stop or target, both have
    /// filled, and what is open now is ours, the wrong way round and without a stop. Trading thread.
    /// </summary>
    internal sealed class AtmReversals
    {
        /// <summary>A fill and its order, or an entry's last fill, are told no further apart than this.</summary>
        private const long Grace = 2000000000;

        /// <summary>An order that an ATM strategy left behind may fill so long after its trade.</summary>
        private const long Memory = 60000000000;

        private readonly ITradeSupervisor supervisor;
        private readonly OthersPositions others;
        private readonly List<Ended> ended = new List<Ended>();
        private readonly List<Excess> held = new List<Excess>();

        public AtmReversals(ITradeSupervisor supervisor, OthersPositions others)
        {
            this.supervisor = supervisor;
            this.others = others;
        }

        /// <summary>A trade of an ATM strategy is over.</summary>
        public void Over(BracketTrade trade)
        {
            ended.Add(new Ended(trade, supervisor.Now));
        }

        /// <summary>A fill of none of our orders closed more than was open.</summary>
        public void Take(AccountBook book, ExecutionReport fill, IEnumerable<BracketTrade> trades)
        {
            held.Add(new Excess(book, fill, supervisor.Now));
            Look(trades);
        }

        /// <summary>Looks again at those of which not everything was told.</summary>
        public void Look(IEnumerable<BracketTrade> trades)
        {
            ended.RemoveAll(one => supervisor.Now - one.Time > Memory);
            if (held.Count == 0)
            {
                return;
            }
            BracketTrade[] known = trades.Where(trade => trade.IsAtm).Concat(ended.Select(one => one.Trade)).ToArray();
            string killing = null;
            held.RemoveAll(excess => IsSettled(excess, known, ref killing));
            if (killing != null)
            {
                supervisor.Kill(killing);
            }
        }

        /// <summary>Whether there is nothing more to wait for.</summary>
        private bool IsSettled(Excess excess, IEnumerable<BracketTrade> known, ref string killing)
        {
            ExecutionReport fill = excess.Fill;
            BracketTrade[] alike = known.Where(trade => trade.Book == excess.Book && trade.ExitSide == fill.Side
                && trade.Contract.Instrument == fill.Instrument).ToArray();
            BracketTrade[] closed = alike.Where(trade => trade.Entered > 0).ToArray();
            int left = others.Of(excess.Book, fill.Instrument);
            if (closed.Length == 0 || supervisor.IsFlattening(excess.Book)
                || Math.Sign(left) != Math.Sign(AccountBook.Signed(fill)))
            {
                return true;
            }
            TrackedOrder order = excess.Book.Find(fill.Handle);
            if (order != null)
            {
                closed = closed.Where(trade => IsExitOf(trade, order)).ToArray();
                if (closed.Length == 0)
                {
                    return true;
                }
            }
            if (supervisor.Now - excess.Time < Grace
                && (order == null || alike.Any(trade => trade.Entry.Pending > 0)))
            {
                return false;
            }
            killing = closed[0].Label + " was closed by more than it had opened: "
                + (order == null ? "an order that is not told" : order.Report.Name) + " filled too";
            return true;
        }

        /// <summary>What a person sends at once to the market, placed before, or lets open on either side, is his.</summary>
        private static bool IsExitOf(BracketTrade trade, TrackedOrder order)
        {
            string group = order.Report.OcoGroup;
            return order.Purpose == OrderPurpose.Foreign && order.Serial > trade.Entry.Serial
                && (group.Length == 0
                    ? OrderKinds.IsStop(order.Report.Kind)
                    : trade.Book.Orders.All(other => other.Report.OcoGroup != group
                        || other.Serial > trade.Entry.Serial && other.Report.Side == trade.ExitSide));
        }

        private sealed class Ended
        {
            public Ended(BracketTrade trade, long time)
            {
                Trade = trade;
                Time = time;
            }

            public BracketTrade Trade { get; }

            public long Time { get; }
        }

        private sealed class Excess
        {
            public Excess(AccountBook book, ExecutionReport fill, long time)
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
