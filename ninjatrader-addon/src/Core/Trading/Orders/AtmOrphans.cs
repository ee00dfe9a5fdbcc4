using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Finds the stops and targets that an ATM strategy left behind where nothing is open any more: filled, they would
    /// open a position the other way. Trading thread.
    /// </summary>
    internal sealed class AtmOrphans
    {
        /// <summary>An ATM strategy cancels its own orders within this; then they are orphans.</summary>
        private const long Grace = 2000000000;

        private readonly ITradeSupervisor supervisor;
        private readonly Action<BracketTrade, TrackedOrder> drop;

        /// <param name="supervisor">is told of each</param>
        /// <param name="drop">cancels an order of a trade</param>
        public AtmOrphans(ITradeSupervisor supervisor, Action<BracketTrade, TrackedOrder> drop)
        {
            this.supervisor = supervisor;
            this.drop = drop;
        }

        /// <summary>Whether none is left, nor may be told of late; cancels those that are.</summary>
        public bool AreGone(BracketTrade trade, IEnumerable<BracketTrade> trades)
        {
            Cancel(trade, trades);
            return supervisor.Now - trade.FlatSince >= 2 * Grace && (!IsAlone(trade, trades) || !Working(trade).Any());
        }

        public void Cancel(BracketTrade trade, IEnumerable<BracketTrade> trades)
        {
            if (!trade.Entry.IsEnded || trade.Open != 0)
            {
                trade.FlatSince = 0;
                return;
            }
            if (trade.FlatSince == 0)
            {
                trade.FlatSince = supervisor.Now;
            }
            if (!IsAlone(trade, trades) || supervisor.Now - trade.FlatSince < Grace)
            {
                return;
            }
            foreach (TrackedOrder order in Working(trade).Where(order => order.Request == OrderRequest.None).ToArray())
            {
                supervisor.Notice(NoticeKind.OrphanCancelled, trade.Book, trade.Contract.Instrument,
                    order.Report.Name + " was left behind by the ATM strategy");
                drop(trade, order);
            }
        }

        /// <summary>Whatever is open, a trade's or a person's, an order may be what protects it.</summary>
        private static bool IsAlone(BracketTrade trade, IEnumerable<BracketTrade> trades) =>
            trade.Book.Ledger(trade.Contract.Instrument) == 0 && trade.Book.Platform(trade.Contract.Instrument) == 0
            && trades.All(other => other == trade || other.Contract.Instrument != trade.Contract.Instrument
                || other.Open == 0 && other.Entry.IsEnded);

        /// <summary>
        /// Only an OCO group that appeared after our entry was sent and would but close is taken for the ATM strategy's:
        /// what a person placed alone, before, or to open on either side stays. After the entry and not after its fill,
        /// since the platform tells a stop and the fill that made it in any order.
        /// </summary>
        private static IEnumerable<TrackedOrder> Working(BracketTrade trade) => trade.Book.Working
            .Where(order => order.Purpose == OrderPurpose.Foreign && order.Report.Side == trade.ExitSide
                && order.Report.Instrument == trade.Contract.Instrument && order.Report.OcoGroup.Length > 0
                && trade.Book.Orders.All(other => other.Report.OcoGroup != order.Report.OcoGroup
                    || other.Serial > trade.Entry.Serial && other.Report.Side == trade.ExitSide));
    }
}
