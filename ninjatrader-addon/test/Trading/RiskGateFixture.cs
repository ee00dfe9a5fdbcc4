using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>A gate, and facts that pass it.</summary>
    public abstract class RiskGateFixture
    {
        protected const long Milli = 1000000;
        protected const long Tick = 250000000;

        protected TradingSettings Limits { get; private set; }

        protected GateFacts Facts { get; set; }

        [SetUp]
        public void Open()
        {
            Limits = new TradingSettings
            {
                Instruments = new[] { "ES" },
                LiveAccounts = new[] { "Live1" },
                Rules = new[] { "book-imbalance", "sweep" },
                MaxOrderQuantity = 3,
                MaxPosition = 5,
                MaxOrdersPerSecond = 2,
                MaxOrdersPerMinute = 4
            };
            Facts = Fine();
        }

        protected static PlatformQuote Quote(long bidTicks, long askTicks, long age) => new PlatformQuote("ES 12-26",
            bidTicks == LinkProtocol.NullPrice ? bidTicks : bidTicks * Tick,
            askTicks == LinkProtocol.NullPrice ? askTicks : askTicks * Tick, 10000 * Milli - age);

        protected static GateFacts Fine() => new GateFacts
        {
            IsAuditWritable = true,
            IsKilled = false,
            Mode = TradingMode.Simulation,
            IsArmed = true,
            IsSimulationAccount = true,
            AccountCurrency = "UsDollar",
            ClockOffset = 0,
            Rights = PeerRights.Trade,
            Account = "Sim101",
            Novelty = SignalNovelty.New,
            IsLinkUp = true,
            Market = Market.Live,
            OrdersConnected = true,
            PricesConnected = true,
            IsReconciled = true,
            Side = OrderSide.Buy,
            RuleNumber = 3,
            RuleName = "book-imbalance",
            Instrument = new PlatformInstrument("ES 12-26", "ES", true, ""),
            Contract = new ContractSpec("ES 12-26", Tick, 50, "UsDollar"),
            UtcNow = new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc),
            Book = BookState.Trusted,
            IsAgeKnown = true,
            Age = Milli,
            AgeBound = Milli,
            Timeliness = Timeliness.InTime,
            TimeToLive = 1000 * Milli,
            Quote = Quote(20000, 20001, 0),
            Now = 10000 * Milli,
            SignalBid = 20000 * Tick,
            SignalAsk = 20001 * Tick,
            Quantity = 1,
            LimitPrice = 20001 * Tick,
            Exposure = 0,
            Opposing = 0,
            Loss = 0,
            OrdersInSecond = 0,
            OrdersInMinute = 0
        };

        protected Verdict Judge() => new RiskGate(Limits).Judge(Facts);

        protected Verdict Expect(RiskRule rule)
        {
            Verdict verdict = Judge();
            Assert.AreEqual(rule, verdict.Rule, verdict.Text);
            return verdict;
        }
    }
}
