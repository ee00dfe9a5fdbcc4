using System;
using System.Linq;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Mode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.PlatformTest
{
    /// <summary>A reading with something of everything, for tests and for the picture in the README.</summary>
    internal static class SampleReading
    {
        public const long Now = 1795446000000000000;

        public static BridgeReading Of() => new BridgeReading
        {
            Host = "10.0.0.5",
            Port = 7411,
            Now = Now,
            IsConnected = true,
            Connection = "connected",
            Rights = PeerRights.Trade,
            Clock = new ClockEstimate(1500000, 18600, 9300, Now),
            Drift = new DriftEstimate(-120, 340, 60000000000),
            DelayCount = 412,
            DelayMedian = 61000,
            DelayTail = 118000,
            SignalCount = 412,
            Reports = new ReportCounts(0, 1287, 0, 0, 0),
            Folder = @"C:\Users\you\Documents\NinjaTrader 8\Tickbridge",
            Trading = new TradingStatus
            {
                Mode = Mode.Simulation,
                IsArmed = true,
                Account = "Sim101",
                IsLinkUp = true,
                IsPlatformConnected = true,
                IsReconciled = true,
                SignalsPassed = 7,
                SignalsRefused = 405,
                LastDecision = new Decision
                {
                    SignalNumber = 412, Instrument = "ES 12-26", IsPassed = true, IsSent = true
                },
                Limits = new[]
                {
                    new LimitUse("limit.order.quantity", 1, 1, "contracts or shares"),
                    new LimitUse("limit.position", 1, 1, "contracts or shares"),
                    new LimitUse("limit.orders.second", 0, 1, "entries"),
                    new LimitUse("limit.orders.minute", 2, 10, "entries"),
                    new LimitUse("limit.loss.day", 137.5, 500, "account currency"),
                    new LimitUse("limit.signal.age.ms", 0.08, 250, "ms"),
                    new LimitUse("limit.clock.bound.ms", 0.01, 50, "ms")
                },
                Positions = new[] { new PositionReport("Sim101", "ES 12-26", 1, 4825500000000, Now) },
                WorkingOrders = new[]
                {
                    Exit("S1", OrderKind.StopMarket, 4823500000000), Exit("T1", OrderKind.Limit, 4827500000000)
                },
                UnmappedInstruments = new[] { "ZVZZT.X" }
            },
            Signals = new[]
            {
                Signal(412, Side.Buy, 73600, 9300, true), Signal(411, Side.Sell, 0, -1, false),
                Signal(410, Side.Buy, 812000000, 9300, false)
            },
            Books = new[]
            {
                new BookHealth("ESZ6", "ES 12-26", BookState.Trusted, new MarketView(4825.25, 4825.5, 12, 3, true),
                    Now - 42000000, 0),
                new BookHealth("NQZ6", "NQ 12-26", BookState.SequenceGap, new MarketView(17010, 17010.25, 4, 6, false),
                    Now - 3100000000, 12),
                new BookHealth("ZVZZT.X", "", null, null, 0, 0)
            },
            Log = new[]
            {
                new LogLine(Now - 41000000, Weight.Information, "Position ES 12-26: 1"),
                new LogLine(Now - 42000000, Weight.Information, "Fill ES 12-26 Buy 1@4825.5"),
                new LogLine(Now - 44000000, Weight.Information, "Signal 412 ES 12-26: sent"),
                new LogLine(Now - 3100000000, Weight.Warning,
                    "Signal 409 NQ 12-26: refused by FeedHealth, the gateway says SequenceGap"),
                new LogLine(Now - 60000000000, Weight.Information, "Armed: Simulation on Sim101")
            }
        };

        /// <summary>As it is right after the first connection: no limits are set yet, nothing was armed.</summary>
        public static BridgeReading DryRun()
        {
            BridgeReading reading = Of();
            TradingStatus trading = reading.Trading;
            trading.Mode = Mode.DryRun;
            trading.IsArmed = false;
            trading.Account = "";
            trading.IsPlatformConnected = false;
            trading.IsReconciled = false;
            trading.SignalsPassed = 0;
            trading.SignalsRefused = 3;
            trading.LastDecision = new Decision
            {
                SignalNumber = 412, Instrument = "ES 12-26", RefusedBy = RiskRule.InstrumentAllowed
            };
            trading.Limits = trading.Limits.Select(limit => new LimitUse(limit.Name,
                limit.Name.EndsWith(".ms") || limit.Name == "limit.order.quantity" ? limit.Used : 0, limit.Limit,
                limit.Unit)).ToArray();
            trading.Positions = new PositionReport[0];
            trading.WorkingOrders = new OrderReport[0];
            reading.Reports = new ReportCounts(0, 4, 0, 0, 0);
            reading.Log = new[]
            {
                new LogLine(Now - 44000000, Weight.Warning, "Signal 412 ES 12-26: refused by InstrumentAllowed, "
                    + "neither ES nor ES 12-26 is in instruments"),
                new LogLine(Now - 2100000000, Weight.Information, "LinkRestored: session 6071284403187164312"),
                new LogLine(Now - 2100000000, Weight.Information,
                    "Connected to the gateway, session 54321098d0c1f098"),
                new LogLine(Now - 2500000000, Weight.Information, "Reconciled Sim101: orders and positions agree")
            };
            return reading;
        }

        /// <summary>The kill button was pressed and everything was seen flat.</summary>
        public static BridgeReading Killed()
        {
            BridgeReading reading = Of();
            TradingStatus trading = reading.Trading;
            trading.IsArmed = false;
            trading.IsKilled = true;
            trading.KillReason = "the kill button";
            trading.IsFlatVerified = true;
            trading.Positions = new PositionReport[0];
            trading.WorkingOrders = new OrderReport[0];
            trading.Limits = trading.Limits.Select(limit => new LimitUse(limit.Name,
                limit.Name == "limit.position" ? 0 : limit.Used, limit.Limit, limit.Unit)).ToArray();
            reading.Log = new[]
            {
                new LogLine(Now - 300000000, Weight.Information, "Flat Sim101: verified: no position and no working order"),
                new LogLine(Now - 340000000, Weight.Information, "Position ES 12-26: 0"),
                new LogLine(Now - 350000000, Weight.Information, "Order Close ES 12-26 Sell Market: Filled 1/1"),
                new LogLine(Now - 400000000, Weight.Warning, "Disarmed Sim101: kill switch"),
                new LogLine(Now - 400000000, Weight.Alarm, "Killed Sim101: the kill button")
            }.Concat(reading.Log).ToArray();
            return reading;
        }

        private static OrderReport Exit(string what, OrderKind kind, long price) => new OrderReport
        {
            Name = "TB-54321098-412-" + what, Account = "Sim101", Instrument = "ES 12-26", Side = OrderSide.Sell,
            Kind = kind, Status = OrderStatus.Working, Quantity = 1,
            LimitPrice = kind == OrderKind.Limit ? price : LinkProtocol.NullPrice,
            StopPrice = kind == OrderKind.Limit ? LinkProtocol.NullPrice : price
        };

        private static BridgeSignal Signal(ulong number, Side side, long age, long bound, bool isActionable) =>
            new BridgeSignal
            {
                Number = number, Symbol = "ESZ6", Instrument = "ES 12-26", Rule = "book-imbalance", Side = side,
                Bid = 4825.25, Ask = 4825.5, BidQuantity = 12, AskQuantity = 3, Value = 600000,
                ExchangeTime = Now - 43000000, Age = age, AgeBound = bound, IsActionable = isActionable,
                IsResumed = age > 1000000,
                Timeliness = age > 1000000 ? Timeliness.TooLate : bound < 0 ? Timeliness.Unknown : Timeliness.InTime
            };
    }
}
