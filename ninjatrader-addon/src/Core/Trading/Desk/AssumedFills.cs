using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Fills that the platform tells after they were counted without its word: on their order's word, or because the
    /// position was gone (see Belief). Counted once more they would make a stop larger than its position. Trading thread.
    /// </summary>
    internal sealed class AssumedFills
    {
        private readonly TradingState state;
        private readonly BracketExecutor executor;

        public AssumedFills(TradingState state, BracketExecutor executor)
        {
            this.state = state;
            this.executor = executor;
        }

        /// <summary>What of a fill is not counted yet.</summary>
        /// <returns>null: all of it is</returns>
        public ExecutionReport Rest(AccountBook book, ExecutionReport fill)
        {
            if (fill.IsRemoved)
            {
                return fill;
            }
            ExecutionReport rest = Without(fill, Confirm(book, fill));
            return rest == null ? null : Without(rest, Explain(book, rest));
        }

        private int Confirm(AccountBook book, ExecutionReport fill)
        {
            TrackedOrder order = OrderOf(book, fill);
            if (order == null || order.Assumed.Quantity == 0)
            {
                return 0;
            }
            long price = order.Assumed.Price;
            ExecutionReport known = fill.Part(order.Assumed.Take(fill.Quantity));
            ContractSpec contract = state.Contract(known.Instrument);
            if (contract != null)
            {
                book.Profit.Correct(contract, AccountBook.Signed(known), price, known.Price);
                book.Profit.Pay(known.Cost);
            }
            return known.Quantity;
        }

        /// <summary>
        /// Where the platform does not say the order: one that waits for such a fill could only be a newer one, and if it is
        /// that one's after all, its own word brings its stop as well. The other way round a stop would be too large.
        /// </summary>
        private static TrackedOrder OrderOf(AccountBook book, ExecutionReport fill) => fill.Handle != 0
            ? book.Find(fill.Handle)
            : book.Orders.FirstOrDefault(order => order.Ticket != null && order.Assumed.Quantity >= fill.Quantity
                && order.Report.Instrument == fill.Instrument && order.Report.Side == fill.Side);

        private int Explain(AccountBook book, ExecutionReport fill)
        {
            // Where the position does not agree, it may be the first word of a fill that the position follows.
            if (book.Ledger(fill.Instrument) != book.Platform(fill.Instrument))
            {
                return 0;
            }
            int explained = executor.Explain(book, fill);
            ContractSpec contract = state.Contract(fill.Instrument);
            if (explained < fill.Quantity && contract != null && book.Find(fill.Handle)?.Ticket == null)
            {
                explained += book.Gone.Explain(book.Profit, contract, fill.Part(fill.Quantity - explained));
            }
            if (explained > 0)
            {
                ExecutionReport known = fill.Part(explained);
                book.CountOfOrder(known);
                book.Profit.Pay(known.Cost);
            }
            return explained;
        }

        private static ExecutionReport Without(ExecutionReport fill, int known) =>
            known == 0 ? fill : known == fill.Quantity ? null : fill.Part(fill.Quantity - known);
    }
}
