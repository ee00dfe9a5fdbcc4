using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Whether an ATM strategy's stops cover what its entry filled. The stops are not ours, so they are counted; a
    /// template without one, or an ATM strategy that died, leaves the position open to any loss. Nor does the platform say
    /// whose a stop is: one that worked before the entry was sent is a person's, and covers the person's position first.
    /// Trading thread.
    /// </summary>
    internal sealed class AtmCover
    {
        /// <summary>An ATM strategy places and moves its stops within this.</summary>
        private const long Grace = 3000000000;

        private readonly ITradeSupervisor supervisor;
        private readonly OthersPositions others;

        public AtmCover(ITradeSupervisor supervisor, OthersPositions others)
        {
            this.supervisor = supervisor;
            this.others = others;
        }

        public bool IsCovered(BracketTrade trade, IEnumerable<BracketTrade> trades)
        {
            BracketTrade[] alike = trades.Where(other => other.IsAtm && other.Book == trade.Book
                && other.Side == trade.Side && other.Contract.Instrument == trade.Contract.Instrument).ToArray();
            TrackedOrder[] stops = trade.Book.Working.Where(order => order.Purpose == OrderPurpose.Foreign
                && order.IsAtMarket && order.Report.Instrument == trade.Contract.Instrument
                && order.Report.Side == trade.ExitSide && OrderKinds.IsStop(order.Report.Kind)).ToArray();
            // A person's position without a stop needs none here: only what covers it is taken away from the cover.
            int beside = Math.Min(BesideOf(trade), RemainingOf(stops.Where(stop => stop.Serial < trade.FirstSerial)));
            return RemainingOf(stops) >= alike.Sum(other => other.Open) + beside;
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

        /// <summary>What is open in the trade's direction and none of our trades'.</summary>
        private int BesideOf(BracketTrade trade)
        {
            int held = others.Of(trade.Book, trade.Contract.Instrument);
            return Math.Max(0, trade.Side == OrderSide.Buy ? held : -held);
        }

        private static int RemainingOf(IEnumerable<TrackedOrder> stops) => stops.Sum(stop => stop.Report.Remaining);
    }
}
