using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using NinjaTrader.Data;
using Tickbridge.Stubs;

// Enumerations have the members that the page lists which each names; the numbers are those that public add-on sources show.
namespace NinjaTrader.Cbi
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/createorder lists them.</summary>
    public enum OrderAction { Buy, BuyToCover, Sell, SellShort }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/createorder lists them, but for Unknown,
    /// which stands beside them in what .NET tells of the assembly.
    /// </summary>
    public enum OrderType { Limit, Market, MIT, StopLimit, StopMarket, Unknown = 99 }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/createorder lists them.</summary>
    public enum OrderEntry { Automated, Manual }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/createorder lists them.</summary>
    public enum TimeInForce { Day, Gtc, Ioc, Opg, Gtd }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/marketposition lists them.</summary>
    public enum MarketPosition { Long, Short, Flat }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/order lists them, but for Suspended, which is in
    /// https://ninjatrader.com/support/helpGuides/nt8/order_state_definitions.htm , and AcceptedByRisk, which no page
    /// names: it stands beside them in what .NET tells of the assembly.
    /// </summary>
    public enum OrderState
    {
        Accepted, Cancelled, Filled, Initialized, PartFilled, CancelSubmitted, ChangeSubmitted, Submitted, TriggerPending,
        Rejected, Working, CancelPending, ChangePending, Suspended, AcceptedByRisk = 50, Unknown = 99
    }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/marketdeptheventargs lists them; what Remove and Update
    /// say of a position is in https://developer.ninjatrader.com/docs/desktop/positionupdate
    /// </summary>
    public enum Operation { Add, Update, Remove }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/log lists them.</summary>
    public enum LogLevel { Alert, Information, Warning, Error }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/connection_class lists them.</summary>
    public enum ConnectionStatus { Disconnected, Disconnecting, ConnectionLost, Connected, Connecting }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/onorderupdate lists them.</summary>
    public enum ErrorCode
    {
        NoError = 0, LogOnFailed = 1, OrderRejected = 3, UnableToCancelOrder = 5, UnableToChangeOrder = 6,
        UnableToSubmitOrder = 7, UserAbort = 8, OrderRejectedByRisk = 9, LoginExpired = 10, Panic = 18
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/accountitem lists them, and more.</summary>
    public enum AccountItem { BuyingPower, CashValue, GrossRealizedProfitLoss, RealizedProfitLoss, UnrealizedProfitLoss }

    /// <summary>
    /// Some of many: https://developer.ninjatrader.com/docs/desktop/simulationaccountreset shows Playback, and no page lists
    /// them. Those of simulations are what the add-on asks for, by their names.
    /// </summary>
    public enum Provider { Simulator, Playback, Other }

    /// <summary>
    /// No page lists them; https://developer.ninjatrader.com/docs/desktop/account_class and
    /// .../denomination show UsDollar and the type.
    /// </summary>
    public enum Currency { UsDollar, Euro }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/createorder names it; nothing is said of what it holds.
    /// </summary>
    public class CustomOrder
    {
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/masterinstrument</summary>
    public class MasterInstrument
    {
        public string Name { get; internal set; }
        public double TickSize { get; internal set; }
        public double PointValue { get; internal set; }
        public Currency Currency { get; internal set; }

        public double RoundToTickSize(double price) => Math.Round(price / TickSize) * TickSize;
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/instrument</summary>
    public class Instrument
    {
        internal static readonly Dictionary<string, Instrument> Known = new Dictionary<string, Instrument>();

        internal Instrument(string fullName, double tickSize, double pointValue)
        {
            FullName = fullName;
            MasterInstrument = new MasterInstrument
            {
                Name = fullName.Split(' ')[0],
                TickSize = tickSize,
                PointValue = pointValue
            };
            MarketData = new MarketData(this);
        }

        public string FullName { get; internal set; }
        public MasterInstrument MasterInstrument { get; }
        public MarketData MarketData { get; }

        /// <summary>The thread on which to subscribe: any of the platform's.</summary>
        public System.Windows.Threading.Dispatcher Dispatcher { get; } = StubThreads.RandomDispatcher();

        public static Instrument GetInstrument(string instrumentName)
        {
            lock (Known)
            {
                Instrument found;
                return Known.TryGetValue(instrumentName, out found) ? found : null;
            }
        }
    }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/order : OrderId changes during the order's life, and the object
    /// may be ahead of the event that tells of it.
    /// </summary>
    public class Order
    {
        internal Order()
        {
        }

        public long Id { get; internal set; }
        public string OrderId { get; internal set; }
        public string Name { get; internal set; }
        public string Oco { get; internal set; }
        public Account Account { get; internal set; }
        public Instrument Instrument { get; internal set; }
        public OrderState OrderState { get; internal set; } = OrderState.Initialized;
        public OrderType OrderType { get; internal set; }
        public OrderAction OrderAction { get; internal set; }
        public OrderEntry OrderEntry { get; internal set; }
        public TimeInForce TimeInForce { get; internal set; }
        public int Quantity { get; set; }
        public int QuantityChanged { get; set; }
        public int Filled { get; internal set; }
        public double LimitPrice { get; internal set; }
        public double LimitPriceChanged { get; set; }
        public double StopPrice { get; internal set; }
        public double StopPriceChanged { get; set; }
        public double AverageFillPrice { get; internal set; }
        public DateTime Time { get; internal set; }
        public DateTime Gtd { get; internal set; }

        /// <summary>Of the ATM strategy whose entry it is; null: it is none.</summary>
        internal AtmTemplate Atm { get; set; }

        /// <summary>
        /// https://ninjatrader.com/support/helpGuides/nt8/isterminalstate.htm names these four: an order that the broker tells
        /// nothing of counts as ended here.
        /// </summary>
        public static bool IsTerminalState(OrderState orderState) => orderState == OrderState.Filled
            || orderState == OrderState.Cancelled || orderState == OrderState.Rejected || orderState == OrderState.Unknown;
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/execution : Order may be null.</summary>
    public class Execution
    {
        public Account Account { get; internal set; }
        public string ExecutionId { get; internal set; }
        public Instrument Instrument { get; internal set; }
        public MarketPosition MarketPosition { get; internal set; }
        public Order Order { get; internal set; }
        public string OrderId { get; internal set; }
        public double Price { get; internal set; }
        public int Quantity { get; internal set; }
        public double Commission { get; internal set; }
        public double Fee { get; internal set; }
        public DateTime Time { get; internal set; }
        public bool IsSod { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/position</summary>
    public class Position
    {
        public Account Account { get; internal set; }
        public Instrument Instrument { get; internal set; }
        public MarketPosition MarketPosition { get; internal set; }
        public double AveragePrice { get; internal set; }
        public int Quantity { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/orderupdate</summary>
    public class OrderEventArgs : EventArgs
    {
        public Order Order { get; internal set; }
        public string OrderId { get; internal set; }
        public OrderState OrderState { get; internal set; }
        public double LimitPrice { get; internal set; }
        public double StopPrice { get; internal set; }
        public int Quantity { get; internal set; }
        public int Filled { get; internal set; }
        public double AverageFillPrice { get; internal set; }
        public DateTime Time { get; internal set; }
        public ErrorCode Error { get; internal set; }
        public string Comment { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/executionupdate</summary>
    public class ExecutionEventArgs : EventArgs
    {
        public Execution Execution { get; internal set; }
        public string ExecutionId { get; internal set; }
        public double Price { get; internal set; }
        public int Quantity { get; internal set; }
        public MarketPosition MarketPosition { get; internal set; }
        public string OrderId { get; internal set; }
        public DateTime Time { get; internal set; }
        public Operation Operation { get; internal set; }
        public bool IsSod { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/positionupdate</summary>
    public class PositionEventArgs : EventArgs
    {
        public Position Position { get; internal set; }
        public MarketPosition MarketPosition { get; internal set; }
        public double AveragePrice { get; internal set; }
        public int Quantity { get; internal set; }
        public Operation Operation { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/accountitemupdate</summary>
    public class AccountItemEventArgs : EventArgs
    {
        public Account Account { get; internal set; }
        public AccountItem AccountItem { get; internal set; }
        public Currency Currency { get; internal set; }
        public double Value { get; internal set; }
        public DateTime Time { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/accountstatusupdate</summary>
    public class AccountStatusEventArgs : EventArgs
    {
        public Account Account { get; internal set; }
        public ConnectionStatus Status { get; internal set; }
        public ConnectionStatus PreviousStatus { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/connectionstatusupdate</summary>
    public class ConnectionStatusEventArgs : EventArgs
    {
        public Connection Connection { get; internal set; }
        public ConnectionStatus Status { get; internal set; }
        public ConnectionStatus PriceStatus { get; internal set; }
        public ErrorCode Error { get; internal set; }
        public string NativeError { get; internal set; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/connection_class : Connection.Options</summary>
    public class ConnectOptions
    {
        /// <summary>What a person calls it in the Control Center.</summary>
        public string Name { get; set; } = "Simulated broker";
    }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/connection_class : Status is of the orders, PriceStatus of the
    /// prices. Its collection is to be locked while it is looked through.
    /// </summary>
    public class Connection
    {
        public static Collection<Connection> Connections { get; } = new Collection<Connection>();

        /// <summary>null: no recording is played. NinjaTrader's own BarTimer indicator, which it ships as source, asks it.</summary>
        public static Connection PlaybackConnection { get; internal set; }

        public static event EventHandler<ConnectionStatusEventArgs> ConnectionStatusUpdate
        {
            add { StubPlatform.Subscribers.Add("Connection.ConnectionStatusUpdate", value); }
            remove { StubPlatform.Subscribers.Remove("Connection.ConnectionStatusUpdate", value); }
        }

        public ConnectOptions Options { get; } = new ConnectOptions();
        public ConnectionStatus Status { get; private set; } = ConnectionStatus.Connected;
        public ConnectionStatus PriceStatus { get; private set; } = ConnectionStatus.Connected;

        internal void Set(ConnectionStatus status, ConnectionStatus price)
        {
            Status = status;
            PriceStatus = price;
            var args = new ConnectionStatusEventArgs { Connection = this, Status = status, PriceStatus = price };
            StubPlatform.Raise<EventHandler<ConnectionStatusEventArgs>>("Connection.ConnectionStatusUpdate",
                handler => handler(null, args));
            Account[] accounts;
            lock (Account.All)
            {
                accounts = Account.All.Where(account => account.Connection == this).ToArray();
            }
            foreach (Account account in accounts)
            {
                var told = new AccountStatusEventArgs { Account = account, Status = status };
                StubPlatform.Raise<EventHandler<AccountStatusEventArgs>>("Account.AccountStatusUpdate",
                    handler => handler(null, told));
            }
        }
    }
}
