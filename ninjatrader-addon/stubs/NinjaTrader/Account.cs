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
        private readonly Collection<Order> unloadedOrders = new Collection<Order>();
        private readonly Collection<Execution> unloadedExecutions = new Collection<Execution>();
        private readonly Collection<Position> unloadedPositions = new Collection<Position>();
        private long lastOrder;
        private double realized;

        internal Account(string name, Connection connection)
        {
            Name = name;
            Connection = connection;
            Broker = new StubBroker(this);
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
        public ConnectionStatus ConnectionStatus => StatusFailure == null ? Connection.Status : throw StatusFailure;
        public Currency Denomination => Currency.UsDollar;
        public Collection<Order> Orders { get; } = new Collection<Order>();
        public Collection<Execution> Executions { get; } = new Collection<Execution>();

        /// <summary>Those that are not flat.</summary>
        public Collection<Position> Positions { get; } = new Collection<Position>();

        /// <summary>What to ask for ConnectionStatus ends with; null: it answers.</summary>
        internal Exception StatusFailure { get; set; }

        /// <summary>Who takes the orders on.</summary>
        internal StubBroker Broker { get; }

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
                OrderEntry = orderEntry,
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
                Broker.Take(order);
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
                Broker.Cancel(order);
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
                Broker.Change(order);
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

        /// <summary>
        /// Lists nothing any more, and tells positions as removed: a platform whose accounts are its connection's may do so
        /// when that is lost, and at the next one list them some moments late. The broker has all of it still.
        /// </summary>
        internal void Unload()
        {
            foreach (Position position in Take(Positions, unloadedPositions))
            {
                TellPosition(position, Operation.Remove);
            }
            Take(Orders, unloadedOrders);
            Take(Executions, unloadedExecutions);
        }

        /// <summary>Lists and tells again what it has not listed since Unload.</summary>
        internal void Load()
        {
            Take(unloadedExecutions, Executions);
            foreach (Order order in Take(unloadedOrders, Orders))
            {
                Retell(order);
            }
            Position[] open = unloadedPositions.Where(position => position.Quantity != 0).ToArray();
            unloadedPositions.Clear();
            foreach (Position position in open)
            {
                lock (Positions)
                {
                    Positions.Remove(position);
                    Positions.Add(position);
                }
                TellPosition(position, Operation.Add);
            }
        }

        private static T[] Take<T>(Collection<T> from, Collection<T> to)
        {
            T[] taken;
            lock (from)
            {
                taken = from.ToArray();
                from.Clear();
            }
            lock (to)
            {
                foreach (T one in taken)
                {
                    to.Add(one);
                }
            }
            return taken;
        }

        private void TellPosition(Position position, Operation operation)
        {
            var args = new PositionEventArgs
            {
                Position = position,
                MarketPosition = position.MarketPosition,
                AveragePrice = position.AveragePrice,
                Quantity = position.Quantity,
                Operation = operation
            };
            StubPlatform.Raise<EventHandler<PositionEventArgs>>(Name + ".PositionUpdate", handler => handler(this, args));
        }

        /// <summary>A position of an earlier day, as it is told at the start of one.</summary>
        /// <param name="isMarked">the execution says so too, not only the event</param>
        internal void CarryOver(Instrument instrument, int quantity, double price, bool isMarked)
        {
            Add(new Execution
            {
                Account = this,
                ExecutionId = Name + "-carried",
                Instrument = instrument,
                MarketPosition = quantity > 0 ? MarketPosition.Long : MarketPosition.Short,
                OrderId = "",
                Price = price,
                Quantity = Math.Abs(quantity),
                Time = DateTime.Now,
                IsSod = isMarked
            }, true);
        }

        /// <summary>A fill: remembered, told, and booked.</summary>
        internal void Add(Execution execution, bool isSod = false)
        {
            lock (Executions)
            {
                Executions.Add(execution);
            }
            TellExecution(execution, Operation.Add, isSod);
            Book(execution.Instrument, execution.MarketPosition == MarketPosition.Long ? execution.Quantity
                : -execution.Quantity, execution.Price);
        }

        internal void End(Order order, OrderState state, ErrorCode error, string comment)
        {
            if (!Order.IsTerminalState(order.OrderState))
            {
                order.OrderState = state;
                Tell(order, state, error, comment);
            }
        }

        internal void Move(Order order, OrderState state, ErrorCode error = ErrorCode.NoError, string comment = "")
        {
            order.OrderState = state;
            Tell(order, state, error, comment);
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
            else if (Math.Abs(after) > Math.Abs(before))
            {
                position.AveragePrice = (position.AveragePrice * before + price * change) / after;
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

        private void TellExecution(Execution execution, Operation operation, bool isSod = false)
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
                Operation = operation,
                IsSod = isSod
            };
            StubPlatform.Raise<EventHandler<ExecutionEventArgs>>(Name + ".ExecutionUpdate",
                handler => handler(this, args));
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
