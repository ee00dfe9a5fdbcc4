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
        public const string Spread = "ESZ6-ESH7";

        private static readonly DateTime Today = new DateTime(2026, 11, 23);

        private const string Entry = "TB-54321098-412-E";
        private const string Stop = "TB-54321098-412-S1";
        private const string Target = "TB-54321098-412-T1";

        public static BridgeReading Of() => new BridgeReading
        {
            Host = "10.0.0.5",
            Port = 7411,
            Now = Now,
            IsConnected = true,
            Connection = "connected",
            Rights = PeerRights.Trade,
            Market = Market.Live,
            Clock = new ClockEstimate(1500000, 18600, 9300, Now),
            Drift = new DriftEstimate(-120, 340, 60000000000),
            DelayCount = 412,
            DelayMedian = 61000,
            DelayTail = 118000,
            SignalCount = 412,
            SignalsTooLate = 1,
            Reconnects = 1,
            Certificate = "desk",
            CertificateEnd = new DateTime(2027, 11, 22),
            Answer = new LogLine(Now - 60000000000, Weight.Information, "Armed: Simulation on Sim101"),
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
                Decisions = Traded().Decisions(7, 310, 72, 14, 8, 1),
                Reach = "ES, NQ on Sim101",
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
                UnmappedInstruments = new[] { Spread }
            },
            Signals = new[]
            {
                Signal(412, Side.Buy, -44, 73600, 9300, Timeliness.InTime), Signal(411, Side.Sell, -1302, 812000000, 9300, Timeliness.TooLate),
                Resumed(Signal(410, Side.Buy, -2890, 0, -1, Timeliness.Unknown)),
                Nasdaq(Signal(409, Side.Buy, -3101, 71200, 9300, Timeliness.InTime))
            },
            Books = Books(),
            Log = Traded().Lines
        };

        /// <summary>Armed, cut off and back, then in the market.</summary>
        private static SampleLog Traded() => new SampleLog()
            .At(-75000).Begins()
            .At(-74900).Connected().Nameless(Spread)
            .At(-74800).Notice(NoticeKind.Reconciled, "Sim101", "orders and positions agree")
            .At(-60000).Line(Weight.Information, "Armed: Simulation on Sim101")
            .At(-4300).Refuses(407, Mode.Simulation, "ES 12-26", facts => facts.Side = null)
            .At(-3900).Refuses(408, Mode.Simulation, "RTY 12-26", facts => facts.Instrument = new InstrumentMap(
                new TradingSettings { Instruments = new[] { "ES", "NQ" } }).Find(Venue.Cme, "RTYZ6", Today))
            .At(-3100.8).Refuses(409, Mode.Simulation, "NQ 12-26", facts => facts.Book = BookState.SequenceGap)
            .At(-2900).Line(Weight.Warning, "Link: gateway 10.0.0.5:7411: connection lost: ConnectionReset")
            .At(-2080).Connected()
            .At(-2078).Refuses(410, Mode.Simulation, "ES 12-26", facts => facts.IsAgeKnown = false)
            .At(-490).Refuses(411, Mode.Simulation, "ES 12-26", facts =>
            {
                facts.Age = 812000000;
                facts.Timeliness = Timeliness.TooLate;
            })
            .At(-43.9).Passes(412).Order(Entry, OrderSide.Buy, OrderKind.Limit, OrderStatus.Submitted)
            .At(-43).Order(Entry, OrderSide.Buy, OrderKind.Limit, OrderStatus.Working)
            .At(-42).Order(Entry, OrderSide.Buy, OrderKind.Limit, OrderStatus.Filled).Fills(OrderSide.Buy, 4825.5, 1)
            .At(-41).Order(Stop, OrderSide.Sell, OrderKind.StopMarket, OrderStatus.Working)
            .Order(Target, OrderSide.Sell, OrderKind.Limit, OrderStatus.Working);

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
            trading.Reach = "";
            trading.Limits = trading.Limits.Select(limit => new LimitUse(limit.Name,
                limit.Name.EndsWith(".ms") || limit.Name == "limit.order.quantity" ? limit.Used : 0, limit.Limit,
                limit.Unit)).ToArray();
            trading.Positions = new PositionReport[0];
            trading.WorkingOrders = new OrderReport[0];
            reading.Reports = new ReportCounts(0, 3, 0, 0, 0);
            reading.SignalCount = 3;
            reading.DelayCount = 3;
            reading.SignalsTooLate = 0;
            reading.Reconnects = 0;
            reading.Answer = new LogLine(Now - 4200000000, Weight.Information, "Connecting to 10.0.0.5:7411");
            reading.Signals = new[]
            {
                Signal(3, Side.Buy, -44, 73600, 9300, Timeliness.InTime), Signal(2, Side.Sell, -810, 69900, 9300, Timeliness.InTime),
                Signal(1, Side.Buy, -1730, 70400, 9300, Timeliness.InTime)
            };
            Action<GateFacts> nothingIsAllowed = facts => facts.Instrument = new InstrumentMap(new TradingSettings())
                .Find(Venue.Cme, "ESZ6", Today);
            SampleLog log = new SampleLog()
                .At(-4205).Begins()
                .At(-4200).Line(Weight.Information, reading.Answer.Text)
                .At(-4198).Notice(NoticeKind.Reconciled, "Sim101", "orders and positions agree")
                .At(-4190).Connected().Nameless(Spread)
                .At(-1729.9).Refuses(1, Mode.DryRun, "ES 12-26", nothingIsAllowed)
                .At(-809.9).Refuses(2, Mode.DryRun, "ES 12-26", nothingIsAllowed)
                .At(-43.9).Refuses(3, Mode.DryRun, "ES 12-26", nothingIsAllowed);
            reading.Log = log.Lines;
            trading.Decisions = log.Decisions(3);
            return reading;
        }

        /// <summary>The kill button was pressed some seconds later, and everything was seen flat.</summary>
        public static BridgeReading Killed()
        {
            // NinjaTrader's own closing comes first; an exit of ours follows where that did not come.
            const string Close = "Close";
            BridgeReading reading = Of();
            reading.Now = Now + 4000000000;
            reading.Clock = new ClockEstimate(1500000, 18600, 9300, reading.Now);
            reading.Answer = new LogLine(Now + 3600000000, Weight.Alarm,
                "KILL: orders are cancelled and positions closed in " + reading.Trading.Reach);
            TradingStatus trading = reading.Trading;
            trading.IsArmed = false;
            trading.IsKilled = true;
            trading.KillReason = "the kill button";
            trading.IsFlatVerified = true;
            trading.Reached = trading.Reach;
            trading.DisarmReason = "kill switch: the kill button";
            trading.DisarmedAt = Now + 3600000000;
            trading.Positions = new PositionReport[0];
            trading.WorkingOrders = new OrderReport[0];
            trading.Limits = trading.Limits.Select(limit => new LimitUse(limit.Name,
                limit.Name == "limit.position" ? 0 : limit.Name == "limit.loss.day" ? 150 : limit.Used, limit.Limit, limit.Unit)).ToArray();
            reading.Log = Traded()
                .At(3600).Line(reading.Answer.Weight, reading.Answer.Text).Notice(NoticeKind.Killed, "Sim101", "the kill button")
                .Notice(NoticeKind.Disarmed, "Sim101", trading.DisarmReason)
                .At(3610).Order(Stop, OrderSide.Sell, OrderKind.StopMarket, OrderStatus.Cancelled)
                .Order(Target, OrderSide.Sell, OrderKind.Limit, OrderStatus.Cancelled)
                .At(3640).Order(Close, OrderSide.Sell, OrderKind.Market, OrderStatus.Filled).Fills(OrderSide.Sell, 4825.25, 0)
                .At(3700).Notice(NoticeKind.Flat, "Sim101", "verified: no position and no working order in ES, NQ").Lines;
            return reading;
        }

        private static BookHealth[] Books() => new[]
        {
            new BookHealth("ESZ6", "ES 12-26", BookState.Trusted, new MarketView(4825.25, 4825.5, 12, 3, true),
                Now - 42000000, 0),
            new BookHealth("NQZ6", "NQ 12-26", BookState.SequenceGap, new MarketView(17010, 17010.25, 4, 6, false),
                Now - 3100000000, 12),
            new BookHealth(Spread, "", null, null, 0, 0)
        };

        private static OrderReport Exit(string what, OrderKind kind, long price) => new OrderReport
        {
            Name = "TB-54321098-412-" + what, Account = "Sim101", Instrument = "ES 12-26", Side = OrderSide.Sell,
            Kind = kind, Status = OrderStatus.Working, Quantity = 1,
            LimitPrice = kind == OrderKind.Limit ? price : LinkProtocol.NullPrice,
            StopPrice = kind == OrderKind.Limit ? LinkProtocol.NullPrice : price
        };

        private static BridgeSignal Signal(ulong number, Side side, long millis, long age, long bound,
            Timeliness timeliness) => new BridgeSignal
        {
            Number = number, Symbol = "ESZ6", Instrument = "ES 12-26", Rule = "book-imbalance", Side = side,
            Bid = 4825.25, Ask = 4825.5, BidQuantity = 12, AskQuantity = 3, Value = 600000,
            ExchangeTime = Now + millis * 1000000, Age = age, AgeBound = bound,
            IsActionable = timeliness == Timeliness.InTime, Timeliness = timeliness
        };

        private static BridgeSignal Resumed(BridgeSignal signal)
        {
            signal.IsResumed = true;
            return signal;
        }

        private static BridgeSignal Nasdaq(BridgeSignal signal)
        {
            signal.Symbol = "NQZ6";
            signal.Instrument = "NQ 12-26";
            signal.Bid = 17010;
            signal.Ask = 17010.25;
            signal.BidQuantity = 4;
            signal.AskQuantity = 6;
            signal.IsActionable = false;
            return signal;
        }
    }
}
