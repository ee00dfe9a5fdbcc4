using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Takes the platform's word where it differs from what is known: orders that are gone or came back, and positions,
    /// which become our trades' as far as orders of ours explain them. Trading thread.
    /// </summary>
    internal sealed class Belief
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly UntoldMoney money;

        public Belief(TradingState state, ITradeSupervisor supervisor, BracketExecutor executor, UntoldMoney money)
        {
            this.money = money;
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
        }

        /// <summary>What of a position nothing of ours explains is others' from now on.</summary>
        public event Action<AccountBook, string> Unexplained = (book, instrument) => { };

        public void Take(AccountBook book, IEnumerable<TrackedOrder> lost, IEnumerable<OrderReport> ghosts,
            IEnumerable<string> differing)
        {
            book.IsReconciled = false;
            var texts = new List<string>();
            var back = new List<TrackedOrder>();
            foreach (TrackedOrder order in lost)
            {
                texts.Add("order " + order.Report.Name + " is not there");
                order.Lose(supervisor.Now);
            }
            foreach (OrderReport ghost in ghosts)
            {
                texts.Add("order " + ghost.Name + " works though it had ended");
                TrackedOrder order = book.Find(ghost.Handle);
                order.Revive(ghost);
                executor.CameBack(order);
                back.Add(order);
            }
            foreach (string instrument in differing)
            {
                texts.Add(Difference(book, instrument));
                int change = book.Platform(instrument) - book.Ledger(instrument);
                change -= Attribute(book, instrument, change);
                change -= executor.Reopen(book, instrument, change);
                long price = money.Changed(book, instrument, change);
                if (price == LinkProtocol.NullPrice && UntoldMoney.Gone(book, instrument, change) != 0)
                {
                    texts.Add("what was lost by that is not known, and not in the loss of the day");
                }
                executor.Presume(book, instrument, change, price);
                Adopt(book, instrument);
                if (executor.Others(book, instrument) != 0)
                {
                    Unexplained(book, instrument);
                }
            }
            // Only now: with their position they have something to close again.
            back.ForEach(executor.OnOrder);
            supervisor.Notice(NoticeKind.Mismatch, book, "", string.Join("; ", texts.ToArray()));
        }

        /// <summary>In words.</summary>
        public static string Difference(AccountBook book, string instrument) => instrument + " position is "
            + book.Platform(instrument) + ", by the fills it would be " + book.Ledger(instrument);

        /// <summary>Whether orders of ours report fills that explain a difference, or a part of it.</summary>
        public static bool IsAttributable(AccountBook book, string instrument) =>
            Untold(book, instrument, Math.Sign(book.Platform(instrument) - book.Ledger(instrument))).Any();

        private static IEnumerable<TrackedOrder> Untold(AccountBook book, string instrument, int sign) =>
            book.Orders.Where(order => order.Ticket != null && order.Report.Instrument == instrument
                && order.Report.Filled > order.Executed && (order.Report.Side == OrderSide.Buy) == (sign > 0)).ToArray();

        /// <summary>
        /// The position agrees while it is closed, so nothing must wait for a fill: none is awaited any more. Those that cancel
        /// each other out are in the position without a word, and told one by one they would open what is not there.
        /// </summary>
        public void Settle(AccountBook book)
        {
            foreach (var untold in book.Orders.Where(order => order.IsEnded && order.Untold > 0)
                .GroupBy(order => order.Report.Instrument).Where(group => group.Sum(order => Signed(order)) == 0).ToArray())
            {
                foreach (TrackedOrder order in untold.OrderBy(one => one.Serial))
                {
                    order.Assume(order.Untold, money.Filled(book, order, Signed(order)));
                }
            }
            book.SettleFills();
        }

        private static int Signed(TrackedOrder order) =>
            order.Report.Side == OrderSide.Buy ? order.Untold : -order.Untold;

        /// <summary>Takes a position over as it is.</summary>
        public void Adopt(AccountBook book, string instrument)
        {
            book.Adopt(instrument, book.Platform(instrument));
            ContractSpec contract = state.Contract(instrument);
            if (contract != null)
            {
                PositionReport position = book.Positions.FirstOrDefault(held => held.Instrument == instrument);
                book.Profit.SetPosition(contract, book.Platform(instrument),
                    position == null ? LinkProtocol.NullPrice : position.AveragePrice);
            }
        }

        /// <summary>
        /// Fills that orders of ours report and nobody told are a part of a difference: that part is the orders', and
        /// needs its stop.
        /// </summary>
        /// <returns>how much, bought above 0</returns>
        private int Attribute(AccountBook book, string instrument, int change)
        {
            int sign = Math.Sign(change);
            int rest = Math.Abs(change);
            foreach (TrackedOrder order in Untold(book, instrument, sign))
            {
                int quantity = Math.Min(rest, order.Report.Filled - order.Executed);
                if (quantity > 0)
                {
                    rest -= quantity;
                    order.Assume(quantity, money.Filled(book, order, sign * quantity));
                    executor.OnExecution(book, new ExecutionReport
                    {
                        ExecutionId = "",
                        Handle = order.Handle,
                        Account = book.Account,
                        Instrument = instrument,
                        Side = order.Report.Side,
                        Quantity = quantity,
                        Price = order.Report.AveragePrice,
                        Time = supervisor.Now
                    });
                }
            }
            return sign * (Math.Abs(change) - rest);
        }
    }
}
