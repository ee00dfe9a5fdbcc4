using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Keeps the loss of the day where no fill tells what was lost: an order says its price itself; what is merely gone was
    /// closed at the quote, or at the stop of ours if that is worse, since it may have been filled while nobody looked.
    /// Trading thread.
    /// </summary>
    internal sealed class UntoldMoney
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly QuoteBoard quotes;

        public UntoldMoney(TradingState state, ITradeSupervisor supervisor, BracketExecutor executor, QuoteBoard quotes)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
            this.quotes = quotes;
        }

        /// <summary>An order of ours was filled by its own word alone.</summary>
        /// <param name="book">of the account</param>
        /// <param name="order">the order</param>
        /// <param name="signed">bought above 0, sold below</param>
        /// <returns>the price that it counts at; NullPrice: it does not count</returns>
        public long Filled(AccountBook book, TrackedOrder order, int signed)
        {
            string instrument = order.Report.Instrument;
            ContractSpec contract = state.Contract(instrument);
            long price = order.Report.AveragePrice;
            if (contract == null)
            {
                return LinkProtocol.NullPrice;
            }
            if (price == LinkProtocol.NullPrice)
            {
                return book.Profit.Lose(contract, signed, PriceOf(book, instrument, signed));
            }
            book.Profit.Fill(contract, signed, price, 0);
            return price;
        }

        /// <summary>The platform shows another position, and nothing of ours explains it. Before the change is taken over.</summary>
        /// <param name="book">of the account</param>
        /// <param name="instrument">the platform's name</param>
        /// <param name="change">bought above 0, sold below</param>
        /// <returns>the price that counts for what is gone; NullPrice: nothing is, or it does not count</returns>
        public long Changed(AccountBook book, string instrument, int change)
        {
            ContractSpec contract = state.Contract(instrument);
            int gone = Gone(book, instrument, change);
            if (contract == null || change == 0)
            {
                return LinkProtocol.NullPrice;
            }
            if (gone == 0)
            {
                book.Gone.Reopen(book.Profit, contract, change, supervisor.Now);
                return LinkProtocol.NullPrice;
            }
            long price = book.Profit.Lose(contract, gone, PriceOf(book, instrument, gone));
            int others = executor.Others(book, instrument);
            if (Math.Sign(others) == -Math.Sign(gone))
            {
                book.Gone.Add(instrument, Math.Sign(gone) * Math.Min(Math.Abs(others), Math.Abs(gone)), price,
                    supervisor.Now);
            }
            return price;
        }

        /// <summary>How much of a change that is not taken over yet closes something.</summary>
        public static int Gone(AccountBook book, string instrument, int change)
        {
            int before = book.Platform(instrument) - change;
            return Math.Sign(before) * Math.Sign(change) >= 0 ? 0
                : Math.Sign(change) * Math.Min(Math.Abs(before), Math.Abs(change));
        }

        private long PriceOf(AccountBook book, string instrument, int signed)
        {
            PlatformQuote quote = quotes.Of(instrument);
            OrderSide side = signed > 0 ? OrderSide.Buy : OrderSide.Sell;
            IEnumerable<long> stops = executor.Trades.Where(trade => trade.Book == book && trade.Open > 0
                && trade.Contract.Instrument == instrument && trade.ExitSide == side)
                .SelectMany(trade => trade.Stops).Select(stop => stop.Report.StopPrice);
            long[] prices = stops.Concat(new[] { quote == null ? LinkProtocol.NullPrice : signed > 0 ? quote.Ask : quote.Bid })
                .Where(price => price != LinkProtocol.NullPrice).ToArray();
            return prices.Length == 0 ? LinkProtocol.NullPrice : signed > 0 ? prices.Max() : prices.Min();
        }
    }
}
