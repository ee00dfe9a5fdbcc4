using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Every rule at its edges: the last value that passes and the first that does not.</summary>
    [TestFixture]
    public class RiskGateTest
    {
        private const long Milli = 1000000;
        private const long Tick = 250000000;

        private TradingSettings limits;
        private GateFacts facts;

        [SetUp]
        public void Open()
        {
            limits = new TradingSettings
            {
                Instruments = new[] { "ES" },
                LiveAccounts = new[] { "Live1" },
                Rules = new[] { "book-imbalance", "sweep" },
                MaxOrderQuantity = 3,
                MaxPosition = 5,
                MaxOrdersPerSecond = 2,
                MaxOrdersPerMinute = 4
            };
            facts = Fine();
        }

        [Test]
        public void PassesWhatIsFine()
        {
            Verdict verdict = Judge();
            Assert.AreEqual(RiskRule.None, verdict.Rule, verdict.Text);
        }

        [Test]
        public void FactsThatNobodySuppliedRefuse()
        {
            Assert.IsFalse(new RiskGate(limits).Judge(new GateFacts()).IsPassed);
        }

        [Test]
        public void EveryFactLeftOutRefuses()
        {
            // Each property back at its default, one at a time: none may pass but those that are neutral.
            var neutral = new[]
            {
                "Symbol", "Age", "Now", "LimitPrice", "Mode", "SignalBid", "Rights", "Market", "RuleNumber"
            };
            foreach (System.Reflection.PropertyInfo property in typeof(GateFacts).GetProperties())
            {
                facts = Fine();
                property.SetValue(facts, property.GetValue(new GateFacts(), null), null);
                bool mayPass = Array.IndexOf(neutral, property.Name) >= 0;
                Assert.IsTrue(mayPass || !Judge().IsPassed, property.Name + " left out passes");
            }
        }

        [TestCase(Side.Buy, 2001, 0, RiskRule.None)]
        [TestCase(Side.Buy, 0, 2001, RiskRule.QuoteAge)]
        [TestCase(Side.Sell, 2001, 0, RiskRule.QuoteAge)]
        [TestCase(Side.Sell, 0, 2001, RiskRule.None)]
        public void TheSideToTradeWithMustBeFresh(Side side, int bidAge, int askAge, RiskRule expected)
        {
            facts.Side = side == Side.Buy ? OrderSide.Buy : OrderSide.Sell;
            facts.LimitPrice = LinkProtocol.NullPrice;
            facts.SignalBid = facts.Quote.Bid;
            facts.SignalAsk = facts.Quote.Ask;
            facts.Quote = new PlatformQuote("ES 12-26", facts.Quote.Bid, facts.Quote.Ask,
                facts.Now - bidAge * 1000000L, facts.Now - askAge * 1000000L);
            Expect(expected);
        }

        [TestCase(5000000000, RiskRule.None)]
        [TestCase(5000000001, RiskRule.TradingHours)]
        [TestCase(-5000000000, RiskRule.None)]
        [TestCase(-5000000001, RiskRule.TradingHours)]
        public void WhereTheClocksDifferNobodyKnowsTheHour(long offset, RiskRule expected)
        {
            facts.ClockOffset = offset;
            facts.AgeBound = 0;
            Expect(expected);
        }

        [Test]
        public void AnotherCurrencyThanTheAccountsRefuses()
        {
            facts.AccountCurrency = "Euro";
            Expect(RiskRule.Currency);
            facts.Mode = TradingMode.DryRun;
            Expect(RiskRule.None);
        }

        [TestCase(PeerRights.View, RiskRule.LinkRights)]
        [TestCase(PeerRights.Trade, RiskRule.None)]
        public void LiveNeedsTheGatewaysRightToTrade(PeerRights rights, RiskRule expected)
        {
            facts.Mode = TradingMode.Live;
            facts.Account = "Live1";
            facts.Rights = rights;
            Expect(expected);
            facts.Mode = TradingMode.Simulation;
            facts.Account = "Sim101";
            Expect(RiskRule.None);
        }

        [Test]
        public void ASimulationOnAnAccountThatThePlatformDoesNotCallSoIsRefused()
        {
            facts.IsSimulationAccount = false;
            Expect(RiskRule.Account);
        }

        [TestCase(RiskRule.AuditLog)]
        [TestCase(RiskRule.Killed)]
        [TestCase(RiskRule.Link)]
        [TestCase(RiskRule.Mode)]
        [TestCase(RiskRule.Reconciliation)]
        public void SwitchesRefuse(RiskRule rule)
        {
            facts.IsAuditWritable = rule != RiskRule.AuditLog;
            facts.IsKilled = rule == RiskRule.Killed;
            facts.IsLinkUp = rule != RiskRule.Link;
            facts.IsArmed = rule != RiskRule.Mode;
            facts.IsReconciled = rule != RiskRule.Reconciliation;
            Expect(rule);
        }

        [TestCase(TradingMode.Simulation, "Sim101", RiskRule.None)]
        [TestCase(TradingMode.Simulation, "sim101", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "Sim1010", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "Live1", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "", RiskRule.Account)]
        [TestCase(TradingMode.Live, "Live1", RiskRule.None)]
        [TestCase(TradingMode.Live, "Sim101", RiskRule.Account)]
        [TestCase(TradingMode.Live, "Live1 ", RiskRule.Account)]
        [TestCase((TradingMode)9, "Live1", RiskRule.Mode)]
        public void AccountsCountByExactNameAndMode(TradingMode mode, string account, RiskRule expected)
        {
            facts.Mode = mode;
            facts.Account = account;
            Expect(expected);
        }

        [TestCase(TradingMode.Live, Market.Live, RiskRule.None)]
        [TestCase(TradingMode.Live, Market.Recorded, RiskRule.Market)]
        [TestCase(TradingMode.Live, Market.NotStated, RiskRule.Market)]
        [TestCase(TradingMode.Live, (Market)77, RiskRule.Market)]
        [TestCase(TradingMode.Simulation, Market.Recorded, RiskRule.None)]
        [TestCase(TradingMode.Simulation, Market.NotStated, RiskRule.None)]
        [TestCase(TradingMode.DryRun, Market.Recorded, RiskRule.None)]
        public void ALiveAccountTradesOnTheLiveMarketAlone(TradingMode mode, Market market, RiskRule expected)
        {
            facts.Mode = mode;
            facts.Account = mode == TradingMode.Live ? "Live1" : "Sim101";
            facts.Market = market;
            Expect(expected);
        }

        [Test]
        public void ADryRunNeedsNeitherAccountNorPlatform()
        {
            facts.Mode = TradingMode.DryRun;
            facts.IsArmed = false;
            facts.Account = "";
            facts.OrdersConnected = facts.PricesConnected = facts.IsReconciled = false;
            Expect(RiskRule.None);
        }

        [TestCase(true, false)]
        [TestCase(false, true)]
        [TestCase(false, false)]
        public void AConnectionThatIsDownRefuses(bool orders, bool prices)
        {
            facts.OrdersConnected = orders;
            facts.PricesConnected = prices;
            Expect(RiskRule.PlatformConnection);
        }

        [TestCase(SignalNovelty.Duplicate, RiskRule.Duplicate)]
        [TestCase(SignalNovelty.OutOfSequence, RiskRule.Sequence)]
        [TestCase(SignalNovelty.OtherSession, RiskRule.Sequence)]
        [TestCase((SignalNovelty)77, RiskRule.Sequence)]
        public void WhatIsNotNewIsRefused(SignalNovelty novelty, RiskRule expected)
        {
            facts.Novelty = novelty;
            Expect(expected);
        }

        [Test]
        public void ASideIsNeeded()
        {
            facts.Side = null;
            Expect(RiskRule.SignalSide);
            facts.Side = (OrderSide)5;
            Expect(RiskRule.SignalSide);
        }

        [TestCase("book-imbalance", RiskRule.None)]
        [TestCase("sweep", RiskRule.None)]
        [TestCase("sweep-2", RiskRule.RuleAllowed)]
        [TestCase("swee", RiskRule.RuleAllowed)]
        [TestCase("Sweep", RiskRule.RuleAllowed)]
        [TestCase("all", RiskRule.RuleAllowed)]
        [TestCase("", RiskRule.RuleAllowed)]
        public void OnlyRulesOnTheListAreTradedOn(string name, RiskRule expected)
        {
            facts.RuleName = name;
            Expect(expected);
            facts.Mode = TradingMode.DryRun;
            Expect(expected);
            limits.Rules = new[] { TradingSettings.AllRules };
            Expect(RiskRule.None);
        }

        [Test]
        public void ARuleThatIsNotOnTheListIsNamedWithTheList()
        {
            facts.RuleName = "microprice-cross";
            Assert.AreEqual("microprice-cross is not in rules = book-imbalance, sweep", Expect(RiskRule.RuleAllowed).Text);
            facts.RuleName = "";
            Assert.AreEqual("the gateway has not told the name of its rule 3; rules = book-imbalance, sweep",
                Expect(RiskRule.RuleAllowed).Text);
            limits.Rules = new string[0];
            Expect(RiskRule.RuleAllowed);
        }

        [Test]
        public void WithoutASideTheRuleIsNotAsked()
        {
            facts.RuleName = "top-of-book";
            facts.Side = null;
            Expect(RiskRule.SignalSide);
        }

        [Test]
        public void AnUnknownInstrumentIsReportedByName()
        {
            facts.Instrument = null;
            facts.Symbol = "XYZQ9";
            StringAssert.Contains("map.XYZQ9", Expect(RiskRule.InstrumentMap).Text);
            facts = Fine();
            facts.Contract = null;
            StringAssert.Contains("ES 12-26", Expect(RiskRule.InstrumentMap).Text);
            facts.Contract = new ContractSpec("ES 12-26", 0, 50, "");
            Expect(RiskRule.InstrumentMap);
        }

        [Test]
        public void WhatIsNotOnTheListIsRefused()
        {
            facts.Instrument = new PlatformInstrument("NQ 12-26", "NQ", false, "not listed");
            Expect(RiskRule.InstrumentAllowed);
        }

        [TestCase("2026-11-23 14:29:59", RiskRule.TradingHours)]
        [TestCase("2026-11-23 14:30:00", RiskRule.None)]
        [TestCase("2026-11-23 20:59:59", RiskRule.None)]
        [TestCase("2026-11-23 21:00:00", RiskRule.TradingHours)]
        [TestCase("2026-11-22 16:00:00", RiskRule.TradingHours)]
        public void HoursBeginIncludedAndEndExcluded(string utc, RiskRule expected)
        {
            facts.UtcNow = DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
                DateTimeKind.Utc);
            Expect(expected);
        }

        [Test]
        public void OnlyATrustedBookPasses()
        {
            for (int state = 1; state < 256; state++)
            {
                facts.Book = (BookState)state;
                Expect(RiskRule.FeedHealth);
            }
            facts.Book = null;
            Expect(RiskRule.FeedHealth);
        }

        [TestCase(50 * Milli, 0, RiskRule.None)]
        [TestCase(50 * Milli + 1, 0, RiskRule.ClockBound)]
        [TestCase(-1, 0, RiskRule.ClockBound)]
        [TestCase(long.MaxValue, 0, RiskRule.ClockBound)]
        [TestCase(10 * Milli, 240 * Milli, RiskRule.None)]
        [TestCase(10 * Milli, 240 * Milli + 1, RiskRule.SignalAge)]
        [TestCase(0, 250 * Milli, RiskRule.None)]
        [TestCase(0, 250 * Milli + 1, RiskRule.SignalAge)]
        [TestCase(10 * Milli, long.MaxValue, RiskRule.SignalAge)]
        [TestCase(10 * Milli, -10 * Milli, RiskRule.None)]
        [TestCase(10 * Milli, -10 * Milli - 1, RiskRule.SignalAge)]
        [TestCase(10 * Milli, long.MinValue, RiskRule.SignalAge)]
        public void AgeCountsWithItsBound(long bound, long age, RiskRule expected)
        {
            facts.AgeBound = bound;
            facts.Age = age;
            Expect(expected);
        }

        [Test]
        public void AnUnknownAgeIsRefused()
        {
            facts.IsAgeKnown = false;
            Expect(RiskRule.ClockBound);
            facts = Fine();
            facts.Timeliness = Timeliness.TooLate;
            Expect(RiskRule.SignalAge);
            facts.Timeliness = Timeliness.Unknown;
            Expect(RiskRule.SignalAge);
        }

        [Test]
        public void AQuoteMustBeThereWholeAndFresh()
        {
            facts.Quote = null;
            Expect(RiskRule.QuoteAbsent);
            facts.Quote = Quote(LinkProtocol.NullPrice, 5000 * 4, 0);
            Expect(RiskRule.QuoteAbsent);
            facts.Quote = Quote(5000 * 4, LinkProtocol.NullPrice, 0);
            Expect(RiskRule.QuoteAbsent);
            facts.Quote = Quote(20001, 20000, 0);
            Expect(RiskRule.QuoteAbsent);
            facts.Quote = Quote(20000, 20001, 2000 * Milli);
            Expect(RiskRule.None);
            facts.Quote = Quote(20000, 20001, 2000 * Milli + 1);
            Verdict old = Expect(RiskRule.QuoteAge);
            Assert.AreEqual(2000 * Milli + 1, old.Measured);
            Assert.AreEqual(2000 * Milli, old.Limit);
        }

        [Test]
        public void AQuoteOfUnknownAgeIsRefusedWithoutANumberThatMeansNothing()
        {
            facts.Quote = new PlatformQuote("ES 12-26", facts.Quote.Bid, facts.Quote.Ask, 0, 0);
            StringAssert.EndsWith("are being told", Expect(RiskRule.QuoteAge).Sentence);
        }

        [TestCase(0, RiskRule.OrderSize)]
        [TestCase(-1, RiskRule.OrderSize)]
        [TestCase(1, RiskRule.None)]
        [TestCase(3, RiskRule.None)]
        [TestCase(4, RiskRule.OrderSize)]
        [TestCase(int.MaxValue, RiskRule.OrderSize)]
        public void SizeOfTheOrder(int quantity, RiskRule expected)
        {
            facts.Quantity = quantity;
            Expect(expected);
        }

        [TestCase(OrderSide.Buy, 8, 0, RiskRule.None)]
        [TestCase(OrderSide.Buy, 9, 0, RiskRule.PriceCollar)]
        [TestCase(OrderSide.Buy, -8, 0, RiskRule.None)]
        [TestCase(OrderSide.Buy, -9, 0, RiskRule.PriceCollar)]
        [TestCase(OrderSide.Buy, 0, 8, RiskRule.None)]
        [TestCase(OrderSide.Buy, 0, 9, RiskRule.PriceCollar)]
        [TestCase(OrderSide.Sell, 8, 0, RiskRule.None)]
        [TestCase(OrderSide.Sell, -9, 0, RiskRule.PriceCollar)]
        [TestCase(OrderSide.Sell, 0, -9, RiskRule.PriceCollar)]
        public void PricesStayInTheCollar(OrderSide side, int signalTicks, int orderTicks, RiskRule expected)
        {
            facts.Side = side;
            facts.SignalBid = (20000 + signalTicks) * Tick;
            facts.SignalAsk = (20001 + signalTicks) * Tick;
            facts.LimitPrice = ((side == OrderSide.Buy ? 20001 : 20000) + orderTicks) * Tick;
            Verdict verdict = Expect(expected);
            if (expected != RiskRule.None)
            {
                Assert.AreEqual(9, verdict.Measured);
                Assert.AreEqual(8, verdict.Limit);
            }
        }

        [Test]
        public void AFractionOfATickBeyondTheCollarCounts()
        {
            facts.SignalAsk = 20009 * Tick + 1;
            Assert.AreEqual(9, Expect(RiskRule.PriceCollar).Measured);
            facts.SignalAsk = long.MaxValue;
            Expect(RiskRule.PriceCollar);
            facts.SignalAsk = LinkProtocol.NullPrice;
            Expect(RiskRule.PriceCollar);
        }

        [TestCase(4, RiskRule.None)]
        [TestCase(5, RiskRule.Position)]
        [TestCase(long.MaxValue / 2, RiskRule.Position)]
        public void PositionCountsWhatWorks(long exposure, RiskRule expected)
        {
            facts.Exposure = exposure;
            Expect(expected);
        }

        [Test]
        public void TheOtherWayRoundIsRefused()
        {
            facts.Opposing = 1;
            Expect(RiskRule.Opposing);
        }

        [TestCase(-1000.0, RiskRule.None)]
        [TestCase(499.99, RiskRule.None)]
        [TestCase(500.0, RiskRule.DailyLoss)]
        [TestCase(double.NaN, RiskRule.DailyLoss)]
        [TestCase(double.PositiveInfinity, RiskRule.DailyLoss)]
        public void LossOfTheDay(double loss, RiskRule expected)
        {
            facts.Loss = loss;
            Expect(expected);
        }

        [TestCase(1, 3, RiskRule.None)]
        [TestCase(2, 3, RiskRule.OrdersPerSecond)]
        [TestCase(1, 4, RiskRule.OrdersPerMinute)]
        public void Rates(int second, int minute, RiskRule expected)
        {
            facts.OrdersInSecond = second;
            facts.OrdersInMinute = minute;
            Expect(expected);
        }

        [Test]
        public void TheWindowsSlide()
        {
            var rate = new OrderRate();
            rate.Add(0);
            rate.Add(500 * Milli);
            Assert.AreEqual(2, rate.InSecond(999 * Milli));
            Assert.AreEqual(1, rate.InSecond(1000 * Milli));
            Assert.AreEqual(2, rate.InMinute(60000 * Milli - 1));
            Assert.AreEqual(1, rate.InMinute(60000 * Milli));
            Assert.AreEqual(0, rate.InMinute(60500 * Milli));
        }

        [Test]
        public void SignalsAreTakenOnce()
        {
            var ledger = new SignalLedger();
            Assert.AreEqual(SignalNovelty.New, ledger.Take(1, 5, 1));
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 5, 1));
            Assert.AreEqual(SignalNovelty.OutOfSequence, ledger.Take(1, 4, 1));
            Assert.AreEqual(SignalNovelty.New, ledger.Take(2, 1, 2), "another session counts anew");
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 5, 2), "an old session's stays known");
            Assert.AreEqual(SignalNovelty.OtherSession, ledger.Take(1, 6, 2));
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 6, 1), "what was refused is not taken later");
        }

        [TestCase(40, RiskRule.None)]
        [TestCase(41, RiskRule.SignalAge)]
        public void WhatWaitedBeyondTheGatewaysTimeToLiveIsRefused(int ageMillis, RiskRule expected)
        {
            facts.TimeToLive = 40 * Milli;
            facts.Age = ageMillis * Milli;
            Expect(expected);
        }

        [TestCase(812009300, 250000000, "ns", "may be too old: 812.0 ms, allowed 250 ms")]
        [TestCase(250000001, 250000000, "ns", "may be too old: 250.000001 ms, allowed 250 ms")]
        [TestCase(249999999, 250000000, "ns", "may be too old: 249.999999 ms, allowed 250 ms")]
        [TestCase(-1500000, 0, "ns", "may be too old: -1.5 ms, allowed 0 ms")]
        [TestCase(long.MaxValue, 1500, "ns", "may be too old: 9223372036854.8 ms, allowed 0.0015 ms")]
        [TestCase(1, 1, "orders", "may be too old: 1, allowed 1 orders")]
        [TestCase(2, 1, "state", "may be too old")]
        [TestCase(2, 1, "", "may be too old")]
        public void PeopleReadMilliseconds(long measured, long limit, string unit, string expected)
        {
            var verdict = new Verdict(RiskRule.SignalAge, measured, limit, unit, "may be too old");
            Assert.AreEqual(expected, verdict.Sentence);
            Assert.AreEqual(measured, verdict.Measured, "machines read what was measured");
        }

        [Test]
        public void ARuleThatFailsRefuses()
        {
            limits.Hours = null;
            Expect(RiskRule.InternalError);
        }

        private static PlatformQuote Quote(long bidTicks, long askTicks, long age) => new PlatformQuote("ES 12-26",
            bidTicks == LinkProtocol.NullPrice ? bidTicks : bidTicks * Tick,
            askTicks == LinkProtocol.NullPrice ? askTicks : askTicks * Tick, 10000 * Milli - age);

        private static GateFacts Fine() => new GateFacts
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

        private Verdict Judge() => new RiskGate(limits).Judge(facts);

        private Verdict Expect(RiskRule rule)
        {
            Verdict verdict = Judge();
            Assert.AreEqual(rule, verdict.Rule, verdict.Text);
            return verdict;
        }
    }
}
