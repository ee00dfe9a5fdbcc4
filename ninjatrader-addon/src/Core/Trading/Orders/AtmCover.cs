using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Whether an ATM strategy's stops cover what its entry filled. The stops are not ours, so they are counted; a
    /// template without one, or an ATM strategy that died, leaves the position open to any loss. Trading thread.
    /// </summary>
    internal sealed class AtmCover
    {
        /// <summary>An ATM strategy places and moves its stops within this.</summary>
        private const long Grace = 3000000000;

        private readonly ITradeSupervisor supervisor;

        public AtmCover(ITradeSupervisor supervisor)
        {
            this.supervisor = supervisor;
        }

        public static bool IsCovered(BracketTrade trade, IEnumerable<BracketTrade> trades)
        {
            int open = trades.Where(other => other.IsAtm && other.Book == trade.Book && other.Side == trade.Side
                && other.Contract.Instrument == trade.Contract.Instrument).Sum(other => other.Open);
            int stops = trade.Book.Working.Where(order => order.Purpose == OrderPurpose.Foreign
                && order.IsAtMarket && order.Report.Instrument == trade.Contract.Instrument
                && order.Report.Side == trade.ExitSide
                && OrderKinds.IsStop(order.Report.Kind)).Sum(order => order.Report.Remaining);
            return stops >= open;
        }

        public void Watch(BracketTrade trade, IEnumerable<BracketTrade> trades)
        {
            if (trade.Open <= 0 || IsCovered(trade, trades))
            {
                trade.UncoveredSince = 0;
            }
            else if (trade.UncoveredSince == 0)
            {
                trade.UncoveredSince = supervisor.Now;
            }
            else if (supervisor.Now - trade.UncoveredSince >= Grace)
            {
                supervisor.Kill(trade.Label + " has no stop that covers it: the ATM template made none, or it is gone");
            }
        }
    }
}
