using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>
    /// The gate as a whole: what is fine passes, what nobody supplied does not, and the rules are asked in their order.
    /// </summary>
    [TestFixture]
    public class RiskGateTest : RiskGateFixture
    {
        [Test]
        public void PassesWhatIsFine()
        {
            Verdict verdict = Judge();
            Assert.AreEqual(RiskRule.None, verdict.Rule, verdict.Text);
        }

        [Test]
        public void FactsThatNobodySuppliedRefuse()
        {
            Assert.IsFalse(new RiskGate(Limits).Judge(new GateFacts()).IsPassed);
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
                Facts = Fine();
                property.SetValue(Facts, property.GetValue(new GateFacts(), null), null);
                bool mayPass = Array.IndexOf(neutral, property.Name) >= 0;
                Assert.IsTrue(mayPass || !Judge().IsPassed, property.Name + " left out passes");
            }
        }

        [Test]
        public void RulesAreAskedInTheOrderThatTheReadmeTells()
        {
            // Whatever can be refused is refused; what the rule named took offence at is put right, one after the other.
            Facts = new GateFacts { Mode = TradingMode.Live };
            Then(RiskRule.AuditLog, () => Facts.IsAuditWritable = true);
            Then(RiskRule.Killed, () => Facts.IsKilled = false);
            Then(RiskRule.Mode, () => Facts.IsArmed = true);
            Then(RiskRule.Account, () => Facts.Account = "Live1");
            Then(RiskRule.LinkRights, () => Facts.Rights = PeerRights.Trade);
            Then(RiskRule.Duplicate, () => Facts.Novelty = SignalNovelty.OutOfSequence);
            Then(RiskRule.Sequence, () => Facts.Novelty = SignalNovelty.New);
            Then(RiskRule.Link, () => Facts.IsLinkUp = true);
            Then(RiskRule.Market, () => Facts.Market = Market.Live);
            Then(RiskRule.PlatformConnection, () => Facts.OrdersConnected = Facts.PricesConnected = true);
            Then(RiskRule.Reconciliation, () => Facts.IsReconciled = true);
            Then(RiskRule.SignalSide, () => Facts.Side = OrderSide.Buy);
            Then(RiskRule.RuleAllowed, () => Facts.RuleName = "sweep");
            Then(RiskRule.InstrumentMap, () =>
            {
                Facts.Instrument = new PlatformInstrument("ES 12-26", "ES", false, "not in instruments");
                Facts.Contract = Fine().Contract;
            });
            Then(RiskRule.InstrumentAllowed, () => Facts.Instrument = Fine().Instrument);
            // A Saturday.
            Then(RiskRule.Currency, () =>
            {
                Facts.AccountCurrency = "UsDollar";
                Facts.UtcNow = new DateTime(2026, 11, 21, 15, 0, 0, DateTimeKind.Utc);
            });
            Then(RiskRule.TradingHours, () => Facts.UtcNow = Fine().UtcNow);
            Then(RiskRule.FeedHealth, () => Facts.Book = BookState.Trusted);
            Then(RiskRule.ClockBound, () =>
            {
                Facts.IsAgeKnown = true;
                Facts.ClockOffset = 0;
                Facts.AgeBound = Milli;
            });
            Then(RiskRule.SignalAge, () =>
            {
                Facts.Timeliness = Timeliness.InTime;
                Facts.TimeToLive = Milli;
                Facts.Now = 10000 * Milli;
            });
            Then(RiskRule.QuoteAbsent, () => Facts.Quote = Quote(20000, 20001, 9000 * Milli));
            Then(RiskRule.QuoteAge, () => Facts.Quote = Quote(20000, 20001, 0));
            Then(RiskRule.OrderSize, () => Facts.Quantity = 1);
            Then(RiskRule.PriceCollar, () => Facts.SignalAsk = 20001 * Tick);
            Then(RiskRule.Opposing, () => Facts.Opposing = 0);
            Then(RiskRule.Position, () => Facts.Exposure = 0);
            Then(RiskRule.DailyLoss, () => Facts.Loss = 0);
            Then(RiskRule.OrdersPerSecond, () => Facts.OrdersInSecond = 0);
            Then(RiskRule.OrdersPerMinute, () => Facts.OrdersInMinute = 0);
            Expect(RiskRule.None);
        }

        private void Then(RiskRule refusing, Action putRight)
        {
            Expect(refusing);
            putRight();
        }

        [Test]
        public void ARuleThatFailsRefuses()
        {
            Limits.Hours = null;
            Expect(RiskRule.InternalError);
        }
    }
}
