using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Each rule of the order at its edges: the last value that passes and the first that does not.</summary>
    [TestFixture]
    public class OrderRulesTest : RiskGateFixture
    {
        [Test]
        public void AQuoteMustBeThereWholeAndFresh()
        {
            Facts.Quote = null;
            Expect(RiskRule.QuoteAbsent);
            Facts.Quote = Quote(LinkProtocol.NullPrice, 5000 * 4, 0);
            Expect(RiskRule.QuoteAbsent);
            Facts.Quote = Quote(5000 * 4, LinkProtocol.NullPrice, 0);
            Expect(RiskRule.QuoteAbsent);
            Facts.Quote = Quote(20001, 20000, 0);
            Expect(RiskRule.QuoteAbsent);
            Facts.Quote = Quote(20000, 20001, 2000 * Milli);
            Expect(RiskRule.None);
            Facts.Quote = Quote(20000, 20001, 2000 * Milli + 1);
            Verdict old = Expect(RiskRule.QuoteAge);
            Assert.AreEqual(2000 * Milli + 1, old.Measured);
            Assert.AreEqual(2000 * Milli, old.Limit);
        }

        [TestCase(Side.Buy, 2001, 0, RiskRule.None)]
        [TestCase(Side.Buy, 0, 2001, RiskRule.QuoteAge)]
        [TestCase(Side.Sell, 2001, 0, RiskRule.QuoteAge)]
        [TestCase(Side.Sell, 0, 2001, RiskRule.None)]
        public void TheSideToTradeWithMustBeFresh(Side side, int bidAge, int askAge, RiskRule expected)
        {
            Facts.Side = side == Side.Buy ? OrderSide.Buy : OrderSide.Sell;
            Facts.LimitPrice = LinkProtocol.NullPrice;
            Facts.SignalBid = Facts.Quote.Bid;
            Facts.SignalAsk = Facts.Quote.Ask;
            Facts.Quote = new PlatformQuote("ES 12-26", Facts.Quote.Bid, Facts.Quote.Ask,
                Facts.Now - bidAge * 1000000L, Facts.Now - askAge * 1000000L);
            Expect(expected);
        }

        [Test]
        public void AQuoteOfUnknownAgeIsRefusedWithoutANumberThatMeansNothing()
        {
            Facts.Quote = new PlatformQuote("ES 12-26", Facts.Quote.Bid, Facts.Quote.Ask, 0, 0);
            StringAssert.EndsWith("are being told", Expect(RiskRule.QuoteAge).Sentence);
        }

        /// <summary>Prices come on another thread: one of the time after the decision began is the freshest there is.</summary>
        [TestCase(0, RiskRule.None)]
        [TestCase(-1, RiskRule.None)]
        [TestCase(-2000 * Milli, RiskRule.None)]
        [TestCase(-2000 * Milli - 1, RiskRule.QuoteAge)]
        public void AQuoteFromTheFutureIsNoneToTradeOn(long age, RiskRule expected)
        {
            Facts.Quote = Quote(20000, 20001, age);
            Verdict verdict = Expect(expected);
            if (expected != RiskRule.None)
            {
                StringAssert.Contains("a clock was set", verdict.Sentence);
            }
        }

        [Test]
        public void AQuoteWithoutEndInTheFutureIsRefusedToo()
        {
            Facts.Quote = new PlatformQuote("ES 12-26", Facts.Quote.Bid, Facts.Quote.Ask, long.MaxValue, long.MaxValue);
            Expect(RiskRule.QuoteAge);
            Facts.Now = long.MinValue;
            Expect(RiskRule.QuoteAge);
        }

        [TestCase(0, RiskRule.OrderSize)]
        [TestCase(-1, RiskRule.OrderSize)]
        [TestCase(1, RiskRule.None)]
        [TestCase(3, RiskRule.None)]
        [TestCase(4, RiskRule.OrderSize)]
        [TestCase(int.MaxValue, RiskRule.OrderSize)]
        public void SizeOfTheOrder(int quantity, RiskRule expected)
        {
            Facts.Quantity = quantity;
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
            Facts.Side = side;
            Facts.SignalBid = (20000 + signalTicks) * Tick;
            Facts.SignalAsk = (20001 + signalTicks) * Tick;
            Facts.LimitPrice = ((side == OrderSide.Buy ? 20001 : 20000) + orderTicks) * Tick;
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
            Facts.SignalAsk = 20009 * Tick + 1;
            Assert.AreEqual(9, Expect(RiskRule.PriceCollar).Measured);
            Facts.SignalAsk = long.MaxValue;
            Expect(RiskRule.PriceCollar);
            Facts.SignalAsk = LinkProtocol.NullPrice;
            Expect(RiskRule.PriceCollar);
        }

        [Test]
        public void TheOtherWayRoundIsRefused()
        {
            Facts.Opposing = 1;
            Expect(RiskRule.Opposing);
        }

        [TestCase(4, RiskRule.None)]
        [TestCase(5, RiskRule.Position)]
        [TestCase(long.MaxValue / 2, RiskRule.Position)]
        [TestCase(long.MaxValue - 1, RiskRule.Position)]
        [TestCase(long.MaxValue, RiskRule.Position)]
        [TestCase(-1, RiskRule.Position)]
        [TestCase(long.MinValue, RiskRule.Position)]
        public void PositionCountsWhatWorks(long exposure, RiskRule expected)
        {
            Facts.Exposure = exposure;
            Expect(expected);
        }

        [TestCase(-1000.0, RiskRule.None)]
        [TestCase(499.99, RiskRule.None)]
        [TestCase(500.0, RiskRule.DailyLoss)]
        [TestCase(double.NaN, RiskRule.DailyLoss)]
        [TestCase(double.PositiveInfinity, RiskRule.DailyLoss)]
        public void LossOfTheDay(double loss, RiskRule expected)
        {
            Facts.Loss = loss;
            Expect(expected);
        }

        [TestCase(1, 3, RiskRule.None)]
        [TestCase(2, 3, RiskRule.OrdersPerSecond)]
        [TestCase(1, 4, RiskRule.OrdersPerMinute)]
        public void Rates(int second, int minute, RiskRule expected)
        {
            Facts.OrdersInSecond = second;
            Facts.OrdersInMinute = minute;
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
    }
}
