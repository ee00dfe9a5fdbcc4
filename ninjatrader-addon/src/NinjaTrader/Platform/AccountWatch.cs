namespace Tickbridge.NinjaPlatform
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using NinjaTrader.Cbi;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using NtOrder = NinjaTrader.Cbi.Order;

    /// <summary>
    /// One account: subscribes to its events and tells them on. Event arguments carry what happened in sequence, the
    /// objects what is now; so the arguments are told. Any thread.
    /// </summary>
    internal sealed class AccountWatch
    {
        private readonly Account account;
        private readonly OrderBook orders;
        private readonly IClock clock;
        private readonly IPlatformEvents events;
        private readonly Func<AccountWatch, bool> isMeant;
        private volatile bool isStopped;

        /// <param name="account">the account</param>
        /// <param name="orders">knows which orders are ours</param>
        /// <param name="clock">gives the times</param>
        /// <param name="events">is told</param>
        /// <param name="isMeant">
        /// whether it is this one, where there are several of its name: what another tells would be taken for its own
        /// </param>
        public AccountWatch(Account account, OrderBook orders, IClock clock, IPlatformEvents events,
            Func<AccountWatch, bool> isMeant)
        {
            this.isMeant = isMeant;
            this.account = account;
            this.orders = orders;
            this.clock = clock;
            this.events = events;
        }

        public Account Account => account;

        /// <summary>For orders.</summary>
        public static bool IsConnected(Account account) => account.ConnectionStatus == ConnectionStatus.Connected;

        public void Start()
        {
            account.OrderUpdate += OnOrder;
            account.ExecutionUpdate += OnExecution;
            account.PositionUpdate += OnPosition;
            account.AccountItemUpdate += OnItem;
        }

        public void Stop()
        {
            isStopped = true;
            account.OrderUpdate -= OnOrder;
            account.ExecutionUpdate -= OnExecution;
            account.PositionUpdate -= OnPosition;
            account.AccountItemUpdate -= OnItem;
        }

        /// <summary>
        /// What a person calls the connection that it is of: another object of that name, as a reconnect may bring, is
        /// the same account.
        /// </summary>
        public string ConnectionName => account.Connection?.Options?.Name ?? "";

        /// <param name="stoodBefore">see ConnectionReport</param>
        /// <param name="nowOf">see ConnectionReport</param>
        public ConnectionReport Connection(bool stoodBefore = false, string nowOf = null)
        {
            // No document says what a simulation account's own connection reports for prices, so any that is up
            // counts; the age of the quote is checked with every order.
            bool prices;
            lock (NinjaTrader.Cbi.Connection.Connections)
            {
                prices = NinjaTrader.Cbi.Connection.Connections.Any(one => one.PriceStatus == ConnectionStatus.Connected);
            }
            return new ConnectionReport(account.Name, IsConnected(account), prices, clock.Now, stoodBefore, nowOf);
        }

        public PlatformSnapshot Snapshot(long request)
        {
            NtOrder[] heldOrders;
            Execution[] fills;
            Position[] held;
            lock (account.Orders)
            {
                heldOrders = account.Orders.ToArray();
            }
            lock (account.Executions)
            {
                fills = account.Executions.ToArray();
            }
            lock (account.Positions)
            {
                held = account.Positions.ToArray();
            }
            var unreadable = new List<string>();
            return new PlatformSnapshot
            {
                Request = request,
                Account = account.Name,
                AccountExists = true,
                IsSimulation = Terms.IsSimulation(account),
                Currency = account.Denomination.ToString(),
                Connection = Connection(),
                Money = new AccountReport(account.Name, Money(AccountItem.RealizedProfitLoss),
                    Money(AccountItem.UnrealizedProfitLoss), clock.Now),
                // An order that has ended can do nothing any more, whatever is wrong with it. NinjaTrader's IsTerminalState
                // counts those as ended that the broker tells nothing of: these may fill yet.
                Orders = Read(heldOrders, Report, order => !OrderStatuses.IsTerminal(Terms.Status(order.OrderState)),
                    "order", unreadable),
                Executions = Read(fills, Report, fill => true, "fill", unreadable),
                Positions = Read(held, Report, position => true, "position", unreadable)
                    .Where(position => position.Quantity != 0).ToArray(),
                Unreadable = unreadable.ToArray()
            };
        }

        /// <summary>Reads each on its own: one that cannot be read must not hide the others.</summary>
        private static TReport[] Read<T, TReport>(IEnumerable<T> all, Func<T, TReport> report, Func<T, bool> counts,
            string what, ICollection<string> unreadable)
        {
            var read = new List<TReport>();
            foreach (T one in all)
            {
                try
                {
                    read.Add(report(one));
                }
                catch (Exception e)
                {
                    if (one == null || counts(one))
                    {
                        unreadable.Add("a " + what + " of NinjaTrader's cannot be read: " + e.Message);
                    }
                }
            }
            return read.ToArray();
        }

        /// <summary>null: not a number that can be told.</summary>
        private double? Money(AccountItem item)
        {
            double value = account.Get(item, account.Denomination);
            return double.IsNaN(value) || double.IsInfinity(value) ? (double?)null : value;
        }

        /// <summary>Nothing may leave into NinjaTrader's threads, and nothing be lost in silence.</summary>
        private void Guard(string what, Action tell)
        {
            if (isStopped)
            {
                return;
            }
            try
            {
                if (isMeant(this))
                {
                    tell();
                }
            }
            catch (Exception e)
            {
                events.OnUnreadable(account.Name, what + " of NinjaTrader's cannot be read: " + e.Message);
            }
        }

        private void OnOrder(object sender, OrderEventArgs args)
        {
            Guard("an order event", () =>
            {
                OrderReport report = Report(args.Order);
                report.Status = Terms.Status(args.OrderState);
                report.Quantity = args.Quantity;
                report.Filled = args.Filled;
                report.LimitPrice = Terms.OrderPrice(args.LimitPrice);
                report.StopPrice = Terms.OrderPrice(args.StopPrice);
                report.AveragePrice = args.Filled == 0
                    ? LinkProtocol.NullPrice
                    : Terms.OrderPrice(args.AverageFillPrice);
                report.Error = Terms.Error(args.Error);
                report.Comment = args.Comment ?? "";
                events.OnOrder(report);
            });
        }

        private void OnExecution(object sender, ExecutionEventArgs args)
        {
            Guard("a fill", () =>
            {
                ExecutionReport report = Report(args.Execution);
                report.ExecutionId = args.ExecutionId;
                report.Handle = report.Handle == 0 ? orders.HandleOf(account.Name, args.OrderId) : report.Handle;
                report.Side = args.MarketPosition == MarketPosition.Long ? OrderSide.Buy : OrderSide.Sell;
                report.Quantity = args.Quantity;
                report.Price = Terms.Price(args.Price);
                report.IsRemoved = args.Operation == Operation.Remove;
                report.IsStartOfDay |= args.IsSod;
                report.Time = clock.Now;
                events.OnExecution(report);
            });
        }

        private void OnPosition(object sender, PositionEventArgs args)
        {
            Guard("a position event", () =>
            {
                // Of a position that is gone the arguments still show the last quantity.
                bool isGone = args.Operation == Operation.Remove || args.MarketPosition == MarketPosition.Flat;
                events.OnPosition(new PositionReport(account.Name, args.Position.Instrument.FullName,
                    isGone ? 0 : Terms.Signed(args.MarketPosition, args.Quantity),
                    isGone ? LinkProtocol.NullPrice : Terms.Price(args.AveragePrice), clock.Now));
            });
        }

        private void OnItem(object sender, AccountItemEventArgs args)
        {
            Guard("an account item", () =>
            {
                bool isRealized = args.AccountItem == AccountItem.RealizedProfitLoss;
                if ((isRealized || args.AccountItem == AccountItem.UnrealizedProfitLoss)
                    && args.Currency == account.Denomination)
                {
                    // Not a number stays what it is: a loss that is none refuses and kills.
                    events.OnAccount(new AccountReport(account.Name, isRealized ? args.Value : (double?)null,
                        isRealized ? (double?)null : args.Value, clock.Now));
                }
            });
        }

        private PositionReport Report(Position position) => new PositionReport(account.Name,
            position.Instrument.FullName, Terms.Signed(position.MarketPosition, position.Quantity),
            Terms.Price(position.AveragePrice), clock.Now);

        private OrderReport Report(NtOrder order) => new OrderReport
        {
            Handle = orders.HandleOf(account.Name, order),
            Name = order.Name ?? "",
            Account = account.Name,
            Instrument = order.Instrument.FullName,
            Side = Terms.Side(order.OrderAction),
            Kind = Terms.Kind(order.OrderType),
            Status = Terms.Status(order.OrderState),
            Quantity = order.Quantity,
            Filled = order.Filled,
            LimitPrice = Terms.OrderPrice(order.LimitPrice),
            StopPrice = Terms.OrderPrice(order.StopPrice),
            AveragePrice = order.Filled == 0 ? LinkProtocol.NullPrice : Terms.OrderPrice(order.AverageFillPrice),
            OcoGroup = order.Oco ?? "",
            Time = clock.Now
        };

        private ExecutionReport Report(Execution execution) => new ExecutionReport
        {
            ExecutionId = execution.ExecutionId,
            Handle = execution.Order == null
                ? orders.HandleOf(account.Name, execution.OrderId)
                : orders.HandleOf(account.Name, execution.Order),
            Account = account.Name,
            Instrument = execution.Instrument.FullName,
            Side = execution.MarketPosition == MarketPosition.Long ? OrderSide.Buy : OrderSide.Sell,
            Quantity = execution.Quantity,
            Price = Terms.Price(execution.Price),
            Cost = execution.Commission + execution.Fee,
            IsStartOfDay = execution.IsSod,
            Time = PlatformTime.ToNanos(execution.Time)
        };
    }
}
