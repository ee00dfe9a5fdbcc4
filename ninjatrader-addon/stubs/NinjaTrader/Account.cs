using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using Tickbridge.Stubs;

namespace NinjaTrader.Cbi
{
    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/account_class with a broker behind it. Requests return at once;
    /// what becomes of them is told on randomly chosen threads of the platform, events of one order in turn, each with
    /// its own values, while the order object is at its newest.
    /// </summary>
    public class Account
    {
        private readonly object access = new object();
        private readonly Dictionary<Instrument, Position> net = new Dictionary<Instrument, Position>();
        private long lastOrder;
        private long lastExecution;
        private double realized;

        internal Account(string name, Connection connection)
        {
            Name = name;
            Connection = connection;
            Provider = name.StartsWith("Sim", StringComparison.Ordinal) ? Provider.Simulator : Provider.Other;
        }

        public static Collection<Account> All { get; } = new Collection<Account>();

        public static event EventHandler<AccountStatusEventArgs> AccountStatusUpdate
        {
            add { StubPlatform.Subscribers.Add("Account.AccountStatusUpdate", value); }
            remove { StubPlatform.Subscribers.Remove("Account.AccountStatusUpdate", value); }
        }

        public event EventHandler<OrderEventArgs> OrderUpdate
        {
            add { StubPlatform.Subscribers.Add(Name + ".OrderUpdate", value); }
            remove { StubPlatform.Subscribers.Remove(Name + ".OrderUpdate", value); }
        }

        public event EventHandler<ExecutionEventArgs> ExecutionUpdate
        {
            add { StubPlatform.Subscribers.Add(Name + ".ExecutionUpdate", value); }
            remove { StubPlatform.Subscribers.Remove(Name + ".ExecutionUpdate", value); }
        }

        public event EventHandler<PositionEventArgs> PositionUpdate
        {
            add { StubPlatform.Subscribers.Add(Name + ".PositionUpdate", value); }
            remove { StubPlatform.Subscribers.Remove(Name + ".PositionUpdate", value); }
        }

        public event EventHandler<AccountItemEventArgs> AccountItemUpdate
        {
            add { StubPlatform.Subscribers.Add(Name + ".AccountItemUpdate", value); }
            remove { StubPlatform.Subscribers.Remove(Name + ".AccountItemUpdate", value); }
        }

        public string Name { get; }
        public string DisplayName => Name;
        public Provider Provider { get; internal set; }
        public Connection Connection { get; }
        public ConnectionStatus ConnectionStatus => Connection.Status;
        public Currency Denomination => Currency.UsDollar;
        public Collection<Order> Orders { get; } = new Collection<Order>();
        public Collection<Execution> Executions { get; } = new Collection<Execution>();

        /// <summary>Those that are not flat.</summary>
        public Collection<Position> Positions { get; } = new Collection<Position>();

        /// <summary>Executions come without their order, as the documentation says they may.</summary>
        internal bool HidesOrders { get; set; }

        /// <summary>The next new order is refused by the broker.</summary>
        internal bool RejectsNext { get; set; }

        /// <summary>https://developer.ninjatrader.com/docs/desktop/createorder</summary>
        public Order CreateOrder(Instrument instrument, OrderAction action, OrderType orderType, OrderEntry orderEntry,
            TimeInForce timeInForce, int quantity, double limitPrice, double stopPrice, string oco, string name,
            DateTime gtd, CustomOrder customOrder)
        {
            if (name.Length > 50)
            {
                throw new ArgumentException("an order's name has at most 50 characters");
            }
            return new Order
            {
                Id = System.Threading.Interlocked.Increment(ref lastOrder),
                OrderId = Guid.NewGuid().ToString("N"),
                Name = name,
                Oco = oco,
                Account = this,
                Instrument = instrument,
                OrderAction = action,
                OrderType = orderType,
                TimeInForce = timeInForce,
                Quantity = quantity,
                LimitPrice = limitPrice,
                StopPrice = stopPrice,
                Gtd = gtd
            };
        }

        /// <summary>https://developer.ninjatrader.com/docs/desktop/submit</summary>
        public void Submit(IEnumerable<Order> orders)
        {
            foreach (Order order in orders.ToArray())
            {
                lock (Orders)
                {
                    Orders.Add(order);
                }
                Move(order, OrderState.Submitted);
                StubPlatform.Broker(() => Accept(order));
            }
        }

        /// <summary>https://developer.ninjatrader.com/docs/desktop/cancel</summary>
        public void Cancel(IEnumerable<Order> orders)
        {
            foreach (Order order in orders.ToArray())
            {
                if (Order.IsTerminalState(order.OrderState))
                {
                    Tell(order, order.OrderState, ErrorCode.UnableToCancelOrder, "it has ended");
                    continue;
                }
                Move(order, OrderState.CancelPending);
                StubPlatform.Broker(() => End(order, OrderState.Cancelled, ErrorCode.NoError, ""));
            }
        }

        /// <summary>
        /// https://developer.ninjatrader.com/docs/desktop/change : takes QuantityChanged, LimitPriceChanged and
        /// StopPriceChanged.
        /// </summary>
        public void Change(IEnumerable<Order> orders)
        {
            foreach (Order order in orders.ToArray())
            {
                if (Order.IsTerminalState(order.OrderState))
                {
                    Tell(order, order.OrderState, ErrorCode.UnableToChangeOrder, "it has ended");
                    continue;
                }
                Move(order, OrderState.ChangePending);
                StubPlatform.Broker(() =>
                {
                    if (!Order.IsTerminalState(order.OrderState))
                    {
                        order.Quantity = order.QuantityChanged;
                        order.LimitPrice = order.LimitPriceChanged;
                        order.StopPrice = order.StopPriceChanged;
                        Move(order, OrderState.Accepted);
                        Move(order, OrderState.Working);
                        Match(order);
                    }
                });
            }
        }

        /// <summary>https://developer.ninjatrader.com/docs/desktop/flatten : cancels, then closes at the market.</summary>
        public void Flatten(ICollection<Instrument> instruments)
        {
            foreach (Instrument instrument in instruments)
            {
                Order[] working;
                lock (Orders)
                {
                    working = Orders.Where(order => order.Instrument == instrument
                        && !Order.IsTerminalState(order.OrderState)).ToArray();
                }
                Cancel(working);
                Position position;
                lock (access)
                {
                    net.TryGetValue(instrument, out position);
                }
                if (position != null && position.Quantity != 0)
                {
                    Submit(new[]
                    {
                        CreateOrder(instrument,
                            position.MarketPosition == MarketPosition.Long ? OrderAction.Sell : OrderAction.BuyToCover,
                            OrderType.Market, OrderEntry.Automated, TimeInForce.Day, position.Quantity, 0, 0, "", "Close",
                            Core.Globals.MaxDate, null)
                    });
                }
            }
        }

        /// <summary>https://developer.ninjatrader.com/docs/desktop/get</summary>
        public double Get(AccountItem itemType, Currency currency) =>
            itemType == AccountItem.RealizedProfitLoss ? realized : 0;

        /// <summary>A new market: whatever it reaches is filled.</summary>
        internal void Market(Instrument instrument)
        {
            StubPlatform.Broker(() =>
            {
                Order[] working;
                lock (Orders)
                {
                    working = Orders.Where(order => order.Instrument == instrument
                        && order.OrderState == OrderState.Working).ToArray();
                }
                foreach (Order order in working)
                {
                    Match(order);
                }
            });
        }

        /// <summary>Takes an execution back, as an exchange busts a trade.</summary>
        internal void Bust(Execution execution)
        {
            TellExecution(execution, Operation.Remove);
        }

        /// <summary>Tells an order's state as it is, whatever it is.</summary>
        internal void Retell(Order order)
        {
            Tell(order, order.OrderState, ErrorCode.NoError, "");
        }

        private void Accept(Order order)
        {
            if (Order.IsTerminalState(order.OrderState))
            {
                return;
            }
            // The broker's own number replaces the platform's.
            order.OrderId = "B" + order.Id;
            if (RejectsNext || Connection.Status != ConnectionStatus.Connected)
            {
                RejectsNext = false;
                End(order, OrderState.Rejected, ErrorCode.OrderRejected, "rejected by the stub's broker");
                return;
            }
            Move(order, OrderState.Accepted);
            Move(order, OrderState.Working);
            Match(order);
        }

        private void Match(Order order)
        {
            double bid = order.Instrument.MarketData.Bid?.Price ?? double.NaN;
            double ask = order.Instrument.MarketData.Ask?.Price ?? double.NaN;
            bool isBuy = order.OrderAction == OrderAction.Buy || order.OrderAction == OrderAction.BuyToCover;
            double price = isBuy ? ask : bid;
            bool reached;
            switch (order.OrderType)
            {
                case OrderType.Market:
                    reached = !double.IsNaN(price);
                    break;
                case OrderType.Limit:
                    reached = isBuy ? price <= order.LimitPrice : price >= order.LimitPrice;
                    break;
                default:
                    reached = isBuy ? price >= order.StopPrice : price <= order.StopPrice;
                    break;
            }
            if (reached && order.OrderState == OrderState.Working)
            {
                Fill(order, price);
            }
        }

        private void Fill(Order order, double price)
        {
            int quantity = order.Quantity - order.Filled;
            order.Filled = order.Quantity;
            order.AverageFillPrice = price;
            bool isBuy = order.OrderAction == OrderAction.Buy || order.OrderAction == OrderAction.BuyToCover;
            Move(order, OrderState.Filled);
            var execution = new Execution
            {
                Account = this,
                ExecutionId = Name + "-" + ++lastExecution,
                Instrument = order.Instrument,
                MarketPosition = isBuy ? MarketPosition.Long : MarketPosition.Short,
                Order = HidesOrders ? null : order,
                OrderId = order.OrderId,
                Price = price,
                Quantity = quantity,
                Commission = 1.25,
                Time = DateTime.Now
            };
            lock (Executions)
            {
                Executions.Add(execution);
            }
            TellExecution(execution, Operation.Add);
            Book(order.Instrument, isBuy ? quantity : -quantity, price);
            if (order.Atm != null)
            {
                Submit(order.Atm.Protect(order, quantity));
            }
            if (!string.IsNullOrEmpty(order.Oco))
            {
                Order[] others;
                lock (Orders)
                {
                    others = Orders.Where(other => other != order && other.Oco == order.Oco
                        && !Order.IsTerminalState(other.OrderState)).ToArray();
                }
                foreach (Order other in others)
                {
                    End(other, OrderState.Cancelled, ErrorCode.NoError, "OCO");
                }
            }
        }

        private void Book(Instrument instrument, int change, double price)
        {
            Position position;
            lock (access)
            {
                if (!net.TryGetValue(instrument, out position))
                {
                    position = new Position { Account = this, Instrument = instrument, MarketPosition = MarketPosition.Flat };
                    net.Add(instrument, position);
                }
            }
            int before = position.MarketPosition == MarketPosition.Short ? -position.Quantity : position.Quantity;
            int after = before + change;
            if (before != 0 && Math.Sign(before) != Math.Sign(change))
            {
                int closed = Math.Min(Math.Abs(before), Math.Abs(change));
                realized += Math.Sign(before) * closed * (price - position.AveragePrice)
                    * instrument.MasterInstrument.PointValue;
                TellRealized();
            }
            if (Math.Sign(after) != Math.Sign(before))
            {
                position.AveragePrice = price;
            }
            position.Quantity = Math.Abs(after);
            position.MarketPosition = after == 0 ? MarketPosition.Flat
                : after > 0 ? MarketPosition.Long : MarketPosition.Short;
            lock (Positions)
            {
                Positions.Remove(position);
                if (after != 0)
                {
                    Positions.Add(position);
                }
            }
            var args = new PositionEventArgs
            {
                Position = position,
                // A position that is removed is told with its last side and quantity: Operation says that it is gone.
                MarketPosition = after == 0
                    ? before > 0 ? MarketPosition.Long : MarketPosition.Short
                    : position.MarketPosition,
                AveragePrice = position.AveragePrice,
                Quantity = after == 0 ? Math.Abs(before) : Math.Abs(after),
                Operation = after == 0 ? Operation.Remove : before == 0 ? Operation.Add : Operation.Update
            };
            StubPlatform.Raise<EventHandler<PositionEventArgs>>(Name + ".PositionUpdate", handler => handler(this, args));
        }

        private void TellRealized()
        {
            var args = new AccountItemEventArgs
            {
                Account = this,
                AccountItem = AccountItem.RealizedProfitLoss,
                Currency = Currency.UsDollar,
                Value = realized,
                Time = DateTime.Now
            };
            StubPlatform.Raise<EventHandler<AccountItemEventArgs>>(Name + ".AccountItemUpdate",
                handler => handler(this, args));
        }

        private void TellExecution(Execution execution, Operation operation)
        {
            var args = new ExecutionEventArgs
            {
                Execution = execution,
                ExecutionId = execution.ExecutionId,
                Price = execution.Price,
                Quantity = execution.Quantity,
                MarketPosition = execution.MarketPosition,
                OrderId = execution.OrderId,
                Time = execution.Time,
                Operation = operation
            };
            StubPlatform.Raise<EventHandler<ExecutionEventArgs>>(Name + ".ExecutionUpdate",
                handler => handler(this, args));
        }

        private void End(Order order, OrderState state, ErrorCode error, string comment)
        {
            if (!Order.IsTerminalState(order.OrderState))
            {
                order.OrderState = state;
                Tell(order, state, error, comment);
            }
        }

        private void Move(Order order, OrderState state)
        {
            order.OrderState = state;
            Tell(order, state, ErrorCode.NoError, "");
        }

        private void Tell(Order order, OrderState state, ErrorCode error, string comment)
        {
            var args = new OrderEventArgs
            {
                Order = order,
                OrderId = order.OrderId,
                OrderState = state,
                LimitPrice = order.LimitPrice,
                StopPrice = order.StopPrice,
                Quantity = order.Quantity,
                Filled = order.Filled,
                AverageFillPrice = order.AverageFillPrice,
                Time = DateTime.Now,
                Error = error,
                Comment = comment
            };
            StubPlatform.Raise<EventHandler<OrderEventArgs>>(Name + ".OrderUpdate", handler => handler(this, args));
        }
    }
}
