using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Sends entries, and gives each fill and each order's news to the trade that they are of, or to what is none of our
    /// trades'; then the trade's stops and targets are kept exactly as large as what is open: growing with each fill of the
    /// entry, shrinking with each exit, gone when nothing is open. Trading thread.
    /// </summary>
    internal sealed class BracketExecutor
    {
        private readonly TradingSettings settings;
        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;
        private readonly OpenTrades trades = new OpenTrades();
        private readonly TradesByHandle byHandle = new TradesByHandle();
        private readonly OthersPositions others = new OthersPositions();
        private readonly HashSet<BracketTrade> presumed = new HashSet<BracketTrade>();
        private readonly Cancellation cancellation;
        private readonly AtmReversals reversals;
        private readonly BracketKeeper keeper;

        public BracketExecutor(TradingSettings settings, OrderDesk desk, ITradeSupervisor supervisor)
        {
            this.settings = settings;
            this.desk = desk;
            this.supervisor = supervisor;
            cancellation = new Cancellation(desk, supervisor);
            reversals = new AtmReversals(supervisor, others);
            keeper = new BracketKeeper(settings, desk, supervisor, trades, byHandle, cancellation, reversals,
                new AtmCover(supervisor, others));
        }

        /// <summary>Trades that are not over.</summary>
        public IEnumerable<BracketTrade> Trades => trades;

        /// <summary>Every trade can be left alone: see IsSafe.</summary>
        public bool IsAtRest => trades.All(IsSafe);

        /// <summary>No entry of it can fill any more, and stops that the platform has taken cover what it filled.</summary>
        public bool IsSafe(BracketTrade trade) => keeper.IsSafe(trade);

        /// <summary>Sends an entry that the gate has passed, unless it is later than notAfter by then.</summary>
        public void Enter(AccountBook book, ContractSpec contract, SignalNotice signal, OrderSide side, int quantity,
            long limitPrice, long handle, long notAfter)
        {
            string label = OrderNames.LabelOf(signal);
            if (trades.HasLabel(label))
            {
                throw new InvalidOperationException("a second entry for signal " + label);
            }
            bool isAtm = settings.AtmTemplate.Length > 0;
            var ticket = new OrderTicket
            {
                Handle = handle,
                Name = OrderNames.EntryOf(label),
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
            made.Join(trades);
            trades.Add(made);
            byHandle.Add(handle, made);
            desk.SubmitEntry(book, entry);
        }

        /// <summary>Cancels every entry that still works. To be called again as long as none is wanted.</summary>
        public void CancelEntries()
        {
            foreach (BracketTrade trade in trades.Where(trade => !trade.Entry.IsEnded && keeper.CanAsk(trade)).ToArray())
            {
                cancellation.Drop(trade, trade.Entry);
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
            keeper.Settle(trade);
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
            presumed.RemoveWhere(trade => trade.Book == book);
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
            keeper.Settle(trade);
        }

        /// <summary>
        /// An order works that was believed to have ended. Before OnOrder, which would cancel a stop that has nothing to
        /// close yet.
        /// </summary>
        public void CameBack(TrackedOrder order)
        {
            BracketTrade trade;
            if (!byHandle.TryGet(order.Handle, out trade) || order == trade.Entry)
            {
                return;
            }
            bool isNews = !trade.MayReturn(supervisor.Now);
            trade.ExitCameBack(supervisor.Now);
            if (isNews && trade.MayReturn(supervisor.Now))
            {
                supervisor.Notice(NoticeKind.Warning, trade.Book, trade.Contract.Instrument, order.Report.Name
                    + " came back; its position may follow: for some seconds it is left alone");
            }
        }

        /// <summary>
        /// A position changed by what is none of our trades' orders: by hand, by the platform's flatten, or found so
        /// by a snapshot. What it closes of another's position is not ours.
        /// </summary>
        /// <param name="book">of the account</param>
        /// <param name="instrument">the platform's name</param>
        /// <param name="signed">bought above 0, sold below</param>
        /// <returns>how much of it closed nothing that is known, 0 or more</returns>
        public int CloseFromOutside(AccountBook book, string instrument, int signed) =>
            CloseFromOutside(book, instrument, signed, (trade, closed) => trade.Close(closed));

        /// <summary>The same where no fill says so, but only what the platform shows: it may show it again.</summary>
        /// <param name="book">of the account</param>
        /// <param name="instrument">the platform's name</param>
        /// <param name="signed">bought above 0, sold below</param>
        /// <param name="price">that it counts at in the loss of the day; NullPrice: it does not</param>
        public void Presume(AccountBook book, string instrument, int signed, long price)
        {
            CloseFromOutside(book, instrument, signed, (trade, closed) =>
            {
                trade.Presume(closed, price, supervisor.Now);
                presumed.Add(trade);
            });
        }

        /// <summary>The platform shows more than the fills: what was presumed to be closed is its trade's again.</summary>
        /// <returns>how much of it, bought above 0</returns>
        public int Reopen(AccountBook book, string instrument, int signed)
        {
            int sign = Math.Sign(signed);
            int rest = Math.Abs(signed);
            foreach (BracketTrade trade in presumed.Where(trade => trade.Book == book
                && trade.Contract.Instrument == instrument && (trade.Side == OrderSide.Buy) == (sign > 0)).ToArray())
            {
                long price = trade.PresumedPrice;
                int back = trade.Reopen(rest, supervisor.Now);
                if (back > 0)
                {
                    rest -= back;
                    // What it lost until then stays realized: it is open again from there on.
                    book.Profit.Reopen(trade.Contract, sign * back, price);
                    trades.Add(trade);
                    keeper.Settle(trade);
                }
            }
            return sign * (Math.Abs(signed) - rest);
        }

        /// <summary>
        /// A fill is told only now that closed what is presumed to be closed since: that must not be closed once more, nor
        /// taken for open again. An exit of ours closed its own trade, another's order whichever.
        /// </summary>
        /// <returns>how much of it, 0 or more</returns>
        public int Explain(AccountBook book, ExecutionReport fill)
        {
            BracketTrade owner;
            bool isOurs = byHandle.TryGet(fill.Handle, out owner);
            int rest = fill.Quantity;
            foreach (BracketTrade trade in presumed.Where(trade => trade.Book == book && trade.ExitSide == fill.Side
                && trade.Contract.Instrument == fill.Instrument && (!isOurs || trade == owner)).ToArray())
            {
                long price = trade.PresumedPrice;
                int explained = trade.Explain(rest, fill.Time);
                rest -= explained;
                book.Profit.Correct(trade.Contract, AccountBook.Signed(fill.Part(explained)), price, fill.Price);
            }
            return fill.Quantity - rest;
        }

        private int CloseFromOutside(AccountBook book, string instrument, int signed, Action<BracketTrade, int> close)
        {
            int sign = Math.Sign(signed);
            int rest = Math.Abs(signed) - others.Close(book, instrument, signed);
            OrderSide closes = sign > 0 ? OrderSide.Sell : OrderSide.Buy;
            foreach (BracketTrade trade in trades.Where(trade => trade.Book == book && trade.Side == closes
                && trade.Contract.Instrument == instrument && trade.Open > 0).ToArray())
            {
                int closed = Math.Min(trade.Open, rest);
                close(trade, closed);
                rest -= closed;
                keeper.Settle(trade);
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
                if (settings.EntryTimeout > 0 && !trade.Entry.IsEnded && keeper.CanAsk(trade)
                    && now - trade.EntryTime >= settings.EntryTimeout)
                {
                    cancellation.Drop(trade, trade.Entry);
                }
                keeper.Settle(trade);
            }
            reversals.Look(trades);
        }

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
    }
}
