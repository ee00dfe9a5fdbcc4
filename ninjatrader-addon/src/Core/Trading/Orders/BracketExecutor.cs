using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Sends entries, and keeps stops and targets exactly as large as what is open: growing with each fill of the
    /// entry, shrinking with each exit, gone when nothing is open. It looks at what is and asks for what is missing;
    /// so an event that comes late, twice or in another order changes nothing in the end. Trading thread.
    /// </summary>
    internal sealed class BracketExecutor
    {
        /// <summary>Begins the names of our orders, so that a later run knows them.</summary>
        public const string NamePrefix = "TB-";

        /// <summary>Brackets beyond one for each fill, before somebody must be fighting us.</summary>
        private const int SpareBrackets = 3;

        private const int CancelRefusalLimit = 3;

        /// <summary>A cancel is refused because a fill is on its way: leave it the time to arrive.</summary>
        private const long CancelRetryInterval = 500000000;

        /// <summary>After so long without a word a stop that is missing is missing.</summary>
        private const long GroupGrace = 500000000;

        private readonly TradingSettings settings;
        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;
        private readonly OpenTrades trades = new OpenTrades();
        private readonly TradesByHandle byHandle = new TradesByHandle();
        private readonly OthersPositions others = new OthersPositions();
        private readonly AtmOrphans orphans;
        private readonly AtmCover cover;
        private readonly AtmReversals reversals;
        private readonly StopCover stops;

        public BracketExecutor(TradingSettings settings, OrderDesk desk, ITradeSupervisor supervisor)
        {
            this.settings = settings;
            this.desk = desk;
            this.supervisor = supervisor;
            orphans = new AtmOrphans(supervisor, Drop);
            cover = new AtmCover(supervisor);
            reversals = new AtmReversals(supervisor, others);
            stops = new StopCover(supervisor, settings.ResponseTimeout);
        }

        /// <summary>Trades that are not over.</summary>
        public IEnumerable<BracketTrade> Trades => trades;

        /// <summary>Every trade can be left alone: see IsSafe.</summary>
        public bool IsAtRest => trades.All(IsSafe);

        /// <summary>No entry of it can fill any more, and stops that the platform has taken cover what it filled.</summary>
        public bool IsSafe(BracketTrade trade)
        {
            bool isCovered = trade.IsAtm
                ? AtmCover.IsCovered(trade, trades)
                : trade.Stops.Where(stop => stop.IsIdle).Sum(stop => stop.Report.Remaining) >= trade.Open;
            return trade.Entry.IsEnded && trade.Entry.Pending == 0 && trade.Open >= 0 && isCovered;
        }

        /// <summary>
        /// Beginning of the names of a signal's orders: 8 hexadecimal digits of the session and the whole number, so
        /// that a name stays within 50 characters.
        /// </summary>
        public static string LabelOf(SignalNotice signal) => NamePrefix
            + ((uint)signal.Session).ToString("x8", CultureInfo.InvariantCulture) + "-"
            + signal.Number.ToString(CultureInfo.InvariantCulture);

        /// <summary>Sends an entry that the gate has passed, unless it is later than notAfter by then.</summary>
        public void Enter(AccountBook book, ContractSpec contract, SignalNotice signal, OrderSide side, int quantity,
            long limitPrice, long handle, long notAfter)
        {
            string label = LabelOf(signal);
            if (trades.HasLabel(label))
            {
                throw new InvalidOperationException("a second entry for signal " + label);
            }
            bool isAtm = settings.AtmTemplate.Length > 0;
            var ticket = new OrderTicket
            {
                Handle = handle,
                Name = label + "-E",
                Account = book.Account,
                Instrument = contract.Instrument,
                Purpose = OrderPurpose.Entry,
                Side = side,
                Kind = limitPrice == LinkProtocol.NullPrice ? OrderKind.Market : OrderKind.Limit,
                Duration = settings.Duration,
                Quantity = quantity,
                LimitPrice = limitPrice,
                AtmTemplate = isAtm ? settings.AtmTemplate : null,
                NotAfter = notAfter
            };
            TrackedOrder entry = desk.Register(book, ticket)[0];
            var made = new BracketTrade(book, contract, label, side, isAtm, entry, supervisor.Now);
            trades.Add(made);
            byHandle.Add(handle, made);
            desk.SubmitEntry(book, entry);
        }

        /// <summary>Cancels every entry that still works. To be called again as long as none is wanted.</summary>
        public void CancelEntries()
        {
            foreach (BracketTrade trade in trades.Where(trade => !trade.Entry.IsEnded && CanAsk(trade)).ToArray())
            {
                Drop(trade, trade.Entry);
            }
        }

        /// <summary>A fill that was not known before.</summary>
        public void OnExecution(AccountBook book, ExecutionReport execution)
        {
            BracketTrade trade;
            if (!byHandle.TryGet(execution.Handle, out trade))
            {
                int excess = CloseFromOutside(book, execution.Instrument, AccountBook.Signed(execution));
                if (excess > 0 && !execution.IsRemoved)
                {
                    reversals.Take(book, execution, trades);
                }
                return;
            }
            // It may have seemed to be over: a fill after the end.
            trades.Add(trade);
            int quantity = execution.IsRemoved ? -execution.Quantity : execution.Quantity;
            if (execution.Handle == trade.Entry.Handle)
            {
                if (execution.Price == LinkProtocol.NullPrice)
                {
                    supervisor.Kill(trade.Label + " was filled at no price that can be read: no stop can be placed");
                    CloseFromOutside(book, execution.Instrument, AccountBook.Signed(execution));
                    return;
                }
                trade.Enter(quantity, execution.Price);
                Offset(trade);
            }
            else
            {
                trade.Close(quantity);
            }
            Settle(trade);
        }

        /// <summary>The platform said that nothing is open: what trades still hold was closed somehow.</summary>
        public void AllFlat(AccountBook book)
        {
            foreach (BracketTrade trade in trades.Where(trade => trade.Book == book).ToArray())
            {
                trade.Close(trade.Open);
                if (trade.IsOver)
                {
                    trades.Remove(trade);
                }
            }
            others.Clear(book);
        }

        public void OnOrder(TrackedOrder order)
        {
            BracketTrade trade;
            if (!byHandle.TryGet(order.Handle, out trade))
            {
                return;
            }
            if (order.Report.Status == OrderStatus.Rejected)
            {
                Rejected(trade, order);
            }
            if (!order.IsEnded)
            {
                // Or an order that came back.
                trades.Add(trade);
            }
            Settle(trade);
        }

        /// <summary>
        /// A position changed by what is none of our trades' orders: by hand, by the platform's flatten, or found so
        /// by a snapshot. What it closes of another's position is not ours.
        /// </summary>
        /// <param name="book">of the account</param>
        /// <param name="instrument">the platform's name</param>
        /// <param name="signed">bought above 0, sold below</param>
        /// <returns>how much of it closed nothing that is known, 0 or more</returns>
        public int CloseFromOutside(AccountBook book, string instrument, int signed)
        {
            int sign = Math.Sign(signed);
            int rest = Math.Abs(signed) - others.Close(book, instrument, signed);
            OrderSide closes = sign > 0 ? OrderSide.Sell : OrderSide.Buy;
            foreach (BracketTrade trade in trades.Where(trade => trade.Book == book && trade.Side == closes
                && trade.Contract.Instrument == instrument && trade.Open > 0).ToArray())
            {
                int closed = Math.Min(trade.Open, rest);
                trade.Close(closed);
                rest -= closed;
                Settle(trade);
            }
            others.Add(book, instrument, sign * rest);
            return rest;
        }

        /// <summary>An entry that fills against another's position closes that: it needs no stop of its own.</summary>
        private void Offset(BracketTrade trade)
        {
            int open = Math.Max(trade.Open, 0);
            trade.Close(others.Close(trade.Book, trade.Contract.Instrument,
                trade.Side == OrderSide.Buy ? open : -open));
        }

        /// <summary>Position of an instrument that is none of our trades'.</summary>
        public int Others(AccountBook book, string instrument) => others.Of(book, instrument);

        /// <summary>What is not our trades' is others', as of now.</summary>
        public void SetOthers(AccountBook book, string instrument, int position)
        {
            others.Set(book, instrument, position - Ours(book, instrument));
        }

        /// <summary>Position that our trades hold; long above 0.</summary>
        public int Ours(AccountBook book, string instrument) =>
            trades.Where(trade => trade.Book == book && trade.Contract.Instrument == instrument)
                .Sum(trade => trade.Side == OrderSide.Buy ? trade.Open : -trade.Open);

        /// <summary>Looks at every trade again: timeouts, refusals, what could not be asked before.</summary>
        public void OnTimer()
        {
            long now = supervisor.Now;
            foreach (BracketTrade trade in trades.ToArray())
            {
                if (settings.EntryTimeout > 0 && !trade.Entry.IsEnded && CanAsk(trade)
                    && now - trade.EntryTime >= settings.EntryTimeout)
                {
                    Drop(trade, trade.Entry);
                }
                Settle(trade);
            }
            reversals.Look(trades);
        }

        private bool CanAsk(BracketTrade trade) =>
            trade.Book.OrdersConnected && !supervisor.IsFlattening(trade.Book);

        private void Rejected(BracketTrade trade, TrackedOrder order)
        {
            string text = order.Report.Name + " rejected: " + order.Report.Error + " " + order.Report.Comment;
            supervisor.Notice(NoticeKind.Warning, trade.Book, trade.Contract.Instrument, text);
            if (order.Purpose == OrderPurpose.StopLoss && trade.Open > 0 && !supervisor.IsFlattening(trade.Book))
            {
                supervisor.Kill("the position would be without its stop: " + text);
            }
            else if (order.Purpose == OrderPurpose.Target)
            {
                trade.GoesWithoutTarget = true;
            }
        }

        private void Settle(BracketTrade trade)
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
                Fit(trade);
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

        private void Fit(BracketTrade trade)
        {
            Shrink(trade, trade.Stops);
            Shrink(trade, trade.Targets);
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
                    Drop(trade, order);
                }
                else
                {
                    desk.Change(trade.Book, order, order.Wanted - cut);
                }
            }
        }

        private void Drop(BracketTrade trade, TrackedOrder order)
        {
            if (order.CancelRefusals >= CancelRefusalLimit)
            {
                if (supervisor.IsFlattening(trade.Book))
                {
                    return;
                }
                supervisor.Kill(order.Report.Name + " cannot be cancelled: " + order.Report.Comment);
                return;
            }
            if (order.CancelRefusals == 0 || supervisor.Now - order.CancelRefusedAt >= CancelRetryInterval)
            {
                desk.Cancel(trade.Book, order);
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
