using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks at a trade as it is, and sees to what it lacks: our own stops and targets are made to fit, an ATM strategy's
    /// are watched, and what is over goes. So an event that comes late, twice or in another order changes nothing in the
    /// end. Trading thread.
    /// </summary>
    internal sealed class BracketKeeper
    {
        private readonly ITradeSupervisor supervisor;
        private readonly OpenTrades trades;
        private readonly BracketFit bracket;
        private readonly StopCover stops;
        private readonly AtmOrphans orphans;
        private readonly AtmCover cover;
        private readonly AtmReversals reversals;

        /// <param name="settings">how far stops and targets are, and how long an answer takes</param>
        /// <param name="desk">sends and changes them</param>
        /// <param name="supervisor">is called when a trade cannot be made safe</param>
        /// <param name="trades">those that are not over; one that is leaves them here</param>
        /// <param name="byHandle">learns whose the new orders are</param>
        /// <param name="cancellation">cancels what is too much, or left behind</param>
        /// <param name="reversals">is told which trades of ATM strategies are over</param>
        /// <param name="cover">watches the stops of ATM strategies</param>
        public BracketKeeper(TradingSettings settings, OrderDesk desk, ITradeSupervisor supervisor, OpenTrades trades,
            TradesByHandle byHandle, Cancellation cancellation, AtmReversals reversals, AtmCover cover)
        {
            this.supervisor = supervisor;
            this.trades = trades;
            this.reversals = reversals;
            bracket = new BracketFit(settings, desk, supervisor, byHandle, cancellation);
            stops = new StopCover(supervisor, settings.ResponseTimeout);
            orphans = new AtmOrphans(supervisor, cancellation.Drop);
            this.cover = cover;
        }

        /// <summary>No entry of it can fill any more, and stops that the platform has taken cover what it filled.</summary>
        public bool IsSafe(BracketTrade trade)
        {
            bool isCovered = trade.IsAtm
                ? cover.IsCovered(trade, trades)
                : trade.Stops.Where(stop => stop.IsIdle).Sum(stop => stop.Report.Remaining) >= trade.Open;
            return trade.Entry.IsEnded && trade.Entry.Pending == 0 && trade.Open >= 0 && isCovered;
        }

        /// <summary>Whether anything may be asked of the platform for it.</summary>
        public bool CanAsk(BracketTrade trade) =>
            trade.Book.OrdersConnected && !supervisor.IsFlattening(trade.Book);

        /// <summary>To be called whenever something about it may have changed.</summary>
        public void Settle(BracketTrade trade)
        {
            if (trade.Open < 0 && !supervisor.IsFlattening(trade.Book))
            {
                supervisor.Kill(trade.Label + " was closed by " + -trade.Open
                    + " more than it had opened: fills on their way crossed");
            }
            if (trade.IsOver)
            {
                Finish(trade);
            }
            else if (!CanAsk(trade))
            {
                // Nobody can do anything about its stops, nor know what they are.
                trade.UncoveredSince = 0;
            }
            else if (trade.IsAtm)
            {
                orphans.Cancel(trade, trades);
                cover.Watch(trade, trades);
            }
            else
            {
                bracket.Fit(trade);
                stops.Watch(trade);
            }
        }

        private void Finish(BracketTrade trade)
        {
            if (!trade.IsAtm || supervisor.IsFlattening(trade.Book) || orphans.AreGone(trade, trades))
            {
                trades.Remove(trade);
                if (trade.IsAtm)
                {
                    reversals.Over(trade);
                }
            }
        }
    }
}
