using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Makes a trade's stops and targets exactly as large as what is open: of what is missing an order is changed or a
    /// bracket sent, of what is too much the newest goes first. What is being asked already is waited for. Trading thread.
    /// </summary>
    internal sealed class BracketFit
    {
        /// <summary>Brackets beyond one for each fill, before somebody must be fighting us.</summary>
        private const int SpareBrackets = 3;

        /// <summary>After so long without a word a stop that is missing is missing.</summary>
        private const long GroupGrace = 500000000;

        private readonly TradingSettings settings;
        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;
        private readonly TradesByHandle byHandle;
        private readonly Cancellation cancellation;

        /// <param name="settings">how far stop and target are</param>
        /// <param name="desk">sends and changes them</param>
        /// <param name="supervisor">is called when a position cannot be given its stop</param>
        /// <param name="byHandle">learns whose the new orders are</param>
        /// <param name="cancellation">cancels what is too much</param>
        public BracketFit(TradingSettings settings, OrderDesk desk, ITradeSupervisor supervisor, TradesByHandle byHandle,
            Cancellation cancellation)
        {
            this.settings = settings;
            this.desk = desk;
            this.supervisor = supervisor;
            this.byHandle = byHandle;
            this.cancellation = cancellation;
        }

        /// <summary>Asks for what is missing of its stops and targets, or takes away what is too much.</summary>
        public void Fit(BracketTrade trade)
        {
            if (!trade.MayReturn(supervisor.Now))
            {
                Shrink(trade, trade.Stops);
                Shrink(trade, trade.Targets);
            }
            // A target that is told to be filled has closed something, though its fill is not told yet.
            int open = trade.Open - trade.Targets.Where(order => order.IsEnded).Sum(order => order.Pending);
            int missing = open - trade.Stops.Sum(order => order.Pending);
            if (missing > 0)
            {
                if (!IsGroupEnding(trade))
                {
                    Protect(trade, missing);
                }
            }
            else if (open > 0)
            {
                Grow(trade, trade.Targets, trade.Open - trade.Targets.Sum(order => order.Pending));
            }
        }

        /// <summary>
        /// A stop was cancelled with its OCO group, and how the target ends is not told yet: if it was filled, another
        /// stop would be one too many.
        /// </summary>
        private bool IsGroupEnding(BracketTrade trade) => trade.Stops.Any(stop =>
            stop.Report.Status == OrderStatus.Cancelled && stop.Report.OcoGroup.Length > 0
            && supervisor.Now - stop.Report.Time < GroupGrace
            && trade.Targets.Any(target => target.Report.OcoGroup == stop.Report.OcoGroup && !target.IsEnded));

        /// <summary>Takes away what is too much, the newest first.</summary>
        private void Shrink(BracketTrade trade, List<TrackedOrder> exits)
        {
            int excess = exits.Sum(order => order.Staying) - Math.Max(trade.Open, 0);
            for (int i = exits.Count - 1; i >= 0 && excess > 0; i--)
            {
                TrackedOrder order = exits[i];
                int cut = Math.Min(order.Staying, excess);
                excess -= cut;
                if (cut == 0 || !order.IsIdle)
                {
                    // What is being asked will be answered, and then we look again.
                    continue;
                }
                if (cut == order.Staying || order.ChangeRefused)
                {
                    cancellation.Drop(trade, order);
                }
                else
                {
                    desk.Change(trade.Book, order, order.Wanted - cut);
                }
            }
        }

        private void Protect(BracketTrade trade, int missing)
        {
            if (Grow(trade, trade.Stops, missing))
            {
                return;
            }
            if (trade.Brackets >= trade.EntryFills + SpareBrackets)
            {
                supervisor.Kill(trade.Label + " loses its stop again and again");
                return;
            }
            trade.Brackets++;
            string number = trade.Brackets.ToString(CultureInfo.InvariantCulture);
            OrderTicket stop = Exit(trade, OrderPurpose.StopLoss, "-S" + number, missing);
            stop.Kind = OrderKind.StopMarket;
            stop.StopPrice = trade.Away(-settings.StopTicks);
            int target = settings.TargetTicks == 0 || trade.GoesWithoutTarget
                ? 0
                : Math.Min(missing, trade.Open - trade.Targets.Sum(order => order.Pending));
            if (target <= 0)
            {
                Send(trade, stop);
                return;
            }
            OrderTicket profit = Exit(trade, OrderPurpose.Target, "-T" + number, target);
            profit.Kind = OrderKind.Limit;
            profit.LimitPrice = trade.Away(settings.TargetTicks);
            stop.OcoGroup = profit.OcoGroup = trade.Label + "-" + number;
            Send(trade, stop, profit);
        }

        /// <summary>Makes one that exists larger.</summary>
        private bool Grow(BracketTrade trade, IEnumerable<TrackedOrder> exits, int missing)
        {
            TrackedOrder order = missing > 0 ? exits.LastOrDefault(exit => exit.IsIdle && !exit.ChangeRefused) : null;
            if (order == null)
            {
                return false;
            }
            desk.Change(trade.Book, order, order.Wanted + missing);
            return true;
        }

        private OrderTicket Exit(BracketTrade trade, OrderPurpose purpose, string suffix, int quantity)
        {
            var ticket = new OrderTicket
            {
                Handle = desk.NextHandle(),
                Name = trade.Label + suffix,
                Account = trade.Book.Account,
                Instrument = trade.Contract.Instrument,
                Purpose = purpose,
                Side = trade.ExitSide,
                Duration = settings.Duration,
                Quantity = quantity
            };
            byHandle.Add(ticket.Handle, trade);
            return ticket;
        }

        private void Send(BracketTrade trade, params OrderTicket[] exits)
        {
            TrackedOrder[] orders = desk.Register(trade.Book, exits);
            foreach (TrackedOrder order in orders)
            {
                (order.Purpose == OrderPurpose.StopLoss ? trade.Stops : trade.Targets).Add(order);
            }
            if (!desk.Submit(trade.Book, orders) && !supervisor.IsFlattening(trade.Book))
            {
                supervisor.Kill("the position may be without its stop: the platform failed on " + exits[0].Name);
            }
        }
    }
}
