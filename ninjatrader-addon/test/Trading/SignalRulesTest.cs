using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Each rule of the signal at its edges: the last value that passes and the first that does not.</summary>
    [TestFixture]
    public class SignalRulesTest : RiskGateFixture
    {
        [Test]
        public void ASideIsNeeded()
        {
            Facts.Side = null;
            Expect(RiskRule.SignalSide);
            Facts.Side = (OrderSide)5;
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
            Facts.RuleName = name;
            Expect(expected);
            Facts.Mode = TradingMode.DryRun;
            Expect(expected);
            Limits.Rules = new[] { TradingSettings.AllRules };
            Expect(RiskRule.None);
        }

        [Test]
        public void ARuleThatIsNotOnTheListIsNamedWithTheList()
        {
            Facts.RuleName = "microprice-cross";
            Assert.AreEqual("microprice-cross is not in rules = book-imbalance, sweep", Expect(RiskRule.RuleAllowed).Text);
            Facts.RuleName = "";
            Assert.AreEqual("the gateway has not told the name of its rule 3; rules = book-imbalance, sweep",
                Expect(RiskRule.RuleAllowed).Text);
            Limits.Rules = new string[0];
            Expect(RiskRule.RuleAllowed);
        }

        [Test]
        public void WithoutASideTheRuleIsNotAsked()
        {
            Facts.RuleName = "top-of-book";
            Facts.Side = null;
            Expect(RiskRule.SignalSide);
        }

        [Test]
        public void AnUnknownInstrumentIsReportedByName()
        {
            Facts.Instrument = null;
            Facts.Symbol = "XYZQ9";
            StringAssert.Contains("map.XYZQ9", Expect(RiskRule.InstrumentMap).Text);
            Facts = Fine();
            Facts.Contract = null;
            StringAssert.Contains("ES 12-26", Expect(RiskRule.InstrumentMap).Text);
            Facts.Contract = new ContractSpec("ES 12-26", 0, 50, "");
            Expect(RiskRule.InstrumentMap);
        }

        [Test]
        public void WhatIsNotOnTheListIsRefused()
        {
            Facts.Instrument = new PlatformInstrument("NQ 12-26", "NQ", false, "not listed");
            Expect(RiskRule.InstrumentAllowed);
        }

        [Test]
        public void AnotherCurrencyThanTheAccountsRefuses()
        {
            Facts.AccountCurrency = "Euro";
            Expect(RiskRule.Currency);
            Facts.Mode = TradingMode.DryRun;
            Expect(RiskRule.None);
        }

        [TestCase("2026-11-23 14:29:59", RiskRule.TradingHours)]
        [TestCase("2026-11-23 14:30:00", RiskRule.None)]
        [TestCase("2026-11-23 20:59:59", RiskRule.None)]
        [TestCase("2026-11-23 21:00:00", RiskRule.TradingHours)]
        [TestCase("2026-11-22 16:00:00", RiskRule.TradingHours)]
        public void HoursBeginIncludedAndEndExcluded(string utc, RiskRule expected)
        {
            Facts.UtcNow = DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
                DateTimeKind.Utc);
            Expect(expected);
        }

        [TestCase(5000000000, RiskRule.None)]
        [TestCase(5000000001, RiskRule.TradingHours)]
        [TestCase(-5000000000, RiskRule.None)]
        [TestCase(-5000000001, RiskRule.TradingHours)]
        public void WhereTheClocksDifferNobodyKnowsTheHour(long offset, RiskRule expected)
        {
            Facts.ClockOffset = offset;
            Facts.AgeBound = 0;
            Expect(expected);
        }

        [Test]
        public void OnlyATrustedBookPasses()
        {
            for (int state = 1; state < 256; state++)
            {
                Facts.Book = (BookState)state;
                Expect(RiskRule.FeedHealth);
            }
            Facts.Book = null;
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
            Facts.AgeBound = bound;
            Facts.Age = age;
            Expect(expected);
        }

        [Test]
        public void AnUnknownAgeIsRefused()
        {
            Facts.IsAgeKnown = false;
            Expect(RiskRule.ClockBound);
            Facts = Fine();
            Facts.Timeliness = Timeliness.TooLate;
            Expect(RiskRule.SignalAge);
            Facts.Timeliness = Timeliness.Unknown;
            Expect(RiskRule.SignalAge);
        }

        [TestCase(40, RiskRule.None)]
        [TestCase(41, RiskRule.SignalAge)]
        public void WhatWaitedBeyondTheGatewaysTimeToLiveIsRefused(int ageMillis, RiskRule expected)
        {
            Facts.TimeToLive = 40 * Milli;
            Facts.Age = ageMillis * Milli;
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
    }
}
