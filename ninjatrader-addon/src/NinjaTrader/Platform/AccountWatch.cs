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
        private volatile bool isStopped;

        public AccountWatch(Account account, OrderBook orders, IClock clock, IPlatformEvents events)
        {
            this.account = account;
            this.orders = orders;
            this.clock = clock;
            this.events = events;
        }

        public Account Account => account;

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

        public void TellConnection()
        {
            events.OnConnection(Connection());
        }

        public ConnectionReport Connection()
        {
            // No document says what a simulation account's own connection reports for prices, so any that is up
            // counts; the age of the quote is checked with every order.
            bool prices;
            lock (NinjaTrader.Cbi.Connection.Connections)
            {
                prices = NinjaTrader.Cbi.Connection.Connections.Any(one => one.PriceStatus == ConnectionStatus.Connected);
            }
            return new ConnectionReport(account.Name, account.ConnectionStatus == ConnectionStatus.Connected, prices,
                clock.Now);
        }

        public PlatformSnapshot Snapshot(long request)
        {
            var snapshot = new PlatformSnapshot
            {
                Request = request,
                Account = account.Name,
                AccountExists = true,
                Connection = Connection(),
                Money = new AccountReport(account.Name, account.Get(AccountItem.RealizedProfitLoss, account.Denomination),
                    account.Get(AccountItem.UnrealizedProfitLoss, account.Denomination), clock.Now)
            };
            lock (account.Orders)
            {
                snapshot.Orders = account.Orders.Select(Report).ToArray();
            }
            lock (account.Executions)
            {
                snapshot.Executions = account.Executions.Select(Report).ToArray();
            }
            lock (account.Positions)
            {
                snapshot.Positions = account.Positions.Where(one => one.MarketPosition != MarketPosition.Flat)
                    .Select(one => new PositionReport(account.Name, one.Instrument.FullName,
                        Terms.Signed(one.MarketPosition, one.Quantity), Terms.Price(one.AveragePrice), clock.Now))
                    .ToArray();
            }
            return snapshot;
        }

        private void OnOrder(object sender, OrderEventArgs args)
        {
            if (!isStopped && args.Order != null)
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
            }
        }

        private void OnExecution(object sender, ExecutionEventArgs args)
        {
            if (!isStopped && args.Execution != null)
            {
                ExecutionReport report = Report(args.Execution);
                report.ExecutionId = args.ExecutionId;
                report.Side = args.MarketPosition == MarketPosition.Long ? OrderSide.Buy : OrderSide.Sell;
                report.Quantity = args.Quantity;
                report.Price = Terms.Price(args.Price);
                report.IsRemoved = args.Operation == Operation.Remove;
                report.IsStartOfDay = args.IsSod;
                report.Time = clock.Now;
                events.OnExecution(report);
            }
        }

        private void OnPosition(object sender, PositionEventArgs args)
        {
            if (!isStopped && args.Position != null)
            {
                // Of a position that is gone the arguments still show the last quantity.
                bool isGone = args.Operation == Operation.Remove || args.MarketPosition == MarketPosition.Flat;
                events.OnPosition(new PositionReport(account.Name, args.Position.Instrument.FullName,
                    isGone ? 0 : Terms.Signed(args.MarketPosition, args.Quantity),
                    isGone ? LinkProtocol.NullPrice : Terms.Price(args.AveragePrice), clock.Now));
            }
        }

        private void OnItem(object sender, AccountItemEventArgs args)
        {
            bool isRealized = args.AccountItem == AccountItem.RealizedProfitLoss;
            if (!isStopped && (isRealized || args.AccountItem == AccountItem.UnrealizedProfitLoss)
                && args.Currency == account.Denomination)
            {
                events.OnAccount(new AccountReport(account.Name, isRealized ? args.Value : (double?)null,
                    isRealized ? (double?)null : args.Value, clock.Now));
            }
        }

        private OrderReport Report(NtOrder order) => new OrderReport
        {
            Handle = orders.HandleOf(order),
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
            Handle = execution.Order == null ? 0 : orders.HandleOf(execution.Order),
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
