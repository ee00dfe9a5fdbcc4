using System;
using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// The broker behind an account: takes orders on, holds them until the market reaches them, fills them in one or in
    /// many parts. The states it goes through are those of https://developer.ninjatrader.com/docs/desktop/order and
    /// https://ninjatrader.com/support/helpGuides/nt8/order_state_definitions.htm : a request is pending on this machine,
    /// then submitted to the broker, then confirmed. Nothing of it is NinjaTrader's. What was asked for is done on the
    /// broker's thread; settings: the test's, while nothing is under way.
    /// </summary>
    internal sealed class StubBroker
    {
        /// <summary>In the account's currency, for each fill.</summary>
        private const double Commission = 1.25;
        private const double Fee = 0.5;

        private readonly Account account;
        private long lastExecution;

        public StubBroker(Account account)
        {
            this.account = account;
        }

        /// <summary>Most that one quote fills of an order.</summary>
        public int Lot { get; set; } = int.MaxValue;

        /// <summary>
        /// The state in which stops wait for the market. Working: at the exchange; Accepted: held on the broker's servers,
        /// "some stop orders may only reach" it; Suspended: held by the broker, submitted when triggered; TriggerPending: held
        /// on this machine, submitted when triggered.
        /// </summary>
        public OrderState StopsWaitAs { get; set; } = OrderState.Working;

        /// <summary>A risk check tells of each order before it goes on.</summary>
        public bool HasRiskCheck { get; set; }

        /// <summary>What the next request is refused with; null: it is not.</summary>
        public ErrorCode? RefusesNext { get; set; }

        /// <summary>Executions come without their order, as the documentation says they may.</summary>
        public bool HidesOrders { get; set; }

        public void Take(Order order)
        {
            if (IsStop(order) && StopsWaitAs == OrderState.TriggerPending)
            {
                account.Move(order, OrderState.TriggerPending);
                StubThreads.Broker(() => Match(order));
                return;
            }
            account.Move(order, OrderState.Submitted);
            StubThreads.Broker(() =>
            {
                if (Accept(order))
                {
                    Hold(order);
                    Match(order);
                }
            });
        }

        public void Cancel(Order order)
        {
            StubThreads.Broker(() =>
            {
                if (Order.IsTerminalState(order.OrderState))
                {
                    return;
                }
                account.Move(order, OrderState.CancelSubmitted);
                ErrorCode? refusal = Refusal();
                if (refusal != null)
                {
                    account.Move(order, OrderState.Working, refusal.Value, "refused by the stub's broker");
                    return;
                }
                account.End(order, OrderState.Cancelled, ErrorCode.NoError, "");
            });
        }

        public void Change(Order order)
        {
            StubThreads.Broker(() =>
            {
                if (Order.IsTerminalState(order.OrderState))
                {
                    return;
                }
                account.Move(order, OrderState.ChangeSubmitted);
                ErrorCode? refusal = Refusal();
                if (refusal != null)
                {
                    account.Move(order, OrderState.Working, refusal.Value, "refused by the stub's broker");
                    return;
                }
                order.Quantity = order.QuantityChanged;
                order.LimitPrice = order.LimitPriceChanged;
                order.StopPrice = order.StopPriceChanged;
                account.Move(order, OrderState.Accepted);
                Hold(order);
                Match(order);
            });
        }

        /// <summary>A new market: whatever it reaches is filled.</summary>
        public void Market(Instrument instrument)
        {
            StubThreads.Broker(() =>
            {
                foreach (Order order in Orders(order => order.Instrument == instrument))
                {
                    Match(order);
                }
            });
        }

        private static bool IsStop(Order order) =>
            order.OrderType == OrderType.StopMarket || order.OrderType == OrderType.StopLimit;

        private static bool IsBuy(Order order) =>
            order.OrderAction == OrderAction.Buy || order.OrderAction == OrderAction.BuyToCover;

        private ErrorCode? Refusal()
        {
            ErrorCode? refusal = RefusesNext;
            RefusesNext = null;
            return refusal;
        }

        /// <summary>false: it was refused, or has ended.</summary>
        private bool Accept(Order order)
        {
            if (Order.IsTerminalState(order.OrderState))
            {
                return false;
            }
            // The broker's own number replaces the platform's.
            order.OrderId = "B" + order.Id;
            ErrorCode? refusal = account.Connection.Status == ConnectionStatus.Connected ? Refusal() : ErrorCode.OrderRejected;
            if (refusal != null)
            {
                account.End(order, OrderState.Rejected, refusal.Value, "rejected by the stub's broker");
                return false;
            }
            if (HasRiskCheck)
            {
                account.Move(order, OrderState.AcceptedByRisk);
            }
            account.Move(order, OrderState.Accepted);
            return true;
        }

        private void Hold(Order order)
        {
            OrderState held = IsStop(order) ? StopsWaitAs : OrderState.Working;
            if (held != OrderState.Accepted)
            {
                account.Move(order, held);
            }
        }

        private void Match(Order order)
        {
            bool isAtMarket = order.OrderState == OrderState.Working || order.OrderState == OrderState.PartFilled
                || IsStop(order) && order.OrderState == StopsWaitAs;
            double price = (IsBuy(order) ? order.Instrument.MarketData.Ask : order.Instrument.MarketData.Bid)?.Price
                ?? double.NaN;
            if (!isAtMarket || !IsReached(order, price))
            {
                return;
            }
            if (order.OrderState == OrderState.TriggerPending)
            {
                account.Move(order, OrderState.Submitted);
                if (!Accept(order))
                {
                    return;
                }
            }
            if (order.OrderState != OrderState.PartFilled && order.OrderState != OrderState.Working
                && StopsWaitAs != OrderState.Accepted)
            {
                account.Move(order, OrderState.Working);
            }
            Fill(order, Math.Min(order.Quantity - order.Filled, Lot), price);
        }

        private static bool IsReached(Order order, double price)
        {
            switch (order.OrderType)
            {
                case OrderType.Market:
                    return !double.IsNaN(price);
                case OrderType.Limit:
                    return IsBuy(order) ? price <= order.LimitPrice : price >= order.LimitPrice;
                default:
                    // A stop that filled in part has become a market order.
                    return order.Filled > 0 || (IsBuy(order) ? price >= order.StopPrice : price <= order.StopPrice);
            }
        }

        private void Fill(Order order, int quantity, double price)
        {
            order.AverageFillPrice = (order.AverageFillPrice * order.Filled + price * quantity) / (order.Filled + quantity);
            order.Filled += quantity;
            bool isWhole = order.Filled == order.Quantity;
            account.Move(order, isWhole ? OrderState.Filled : OrderState.PartFilled);
            account.Add(new Execution
            {
                Account = account,
                ExecutionId = account.Name + "-" + ++lastExecution,
                Instrument = order.Instrument,
                MarketPosition = IsBuy(order) ? MarketPosition.Long : MarketPosition.Short,
                Order = HidesOrders ? null : order,
                OrderId = order.OrderId,
                Price = price,
                Quantity = quantity,
                Commission = Commission,
                Fee = Fee,
                Time = DateTime.Now
            });
            if (order.Atm != null)
            {
                account.Submit(order.Atm.Protect(order, quantity));
            }
            if (isWhole && !string.IsNullOrEmpty(order.Oco))
            {
                foreach (Order other in Orders(other => other != order && other.Oco == order.Oco))
                {
                    account.End(other, OrderState.Cancelled, ErrorCode.NoError, "OCO");
                }
            }
        }

        /// <summary>Those that have not ended.</summary>
        private IEnumerable<Order> Orders(Func<Order, bool> which)
        {
            lock (account.Orders)
            {
                return account.Orders.Where(order => which(order) && !Order.IsTerminalState(order.OrderState)).ToArray();
            }
        }
    }
}
