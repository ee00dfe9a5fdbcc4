using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    [TestFixture]
    public class ProfitLedgerTest
    {
        private static readonly ContractSpec Es = new ContractSpec("ES 12-26", 250000000, 50, "UsDollar");

        private ProfitLedger ledger;
        private PlatformQuote quote;

        [SetUp]
        public void Open()
        {
            ledger = new ProfitLedger();
            quote = null;
        }

        [Test]
        public void CountsFillsAtTheirPriceAndOpenPositionsAtTheSideTheyCloseAt()
        {
            ledger.Fill(Es, 2, Price(5000), 4);
            Assert.AreEqual(4, Loss, "the commission; there is no quote yet");
            quote = new PlatformQuote("ES 12-26", Price(4999), Price(5001), 0);
            Assert.AreEqual(4 + 100, Loss, 1e-9);
            ledger.Fill(Es, -1, Price(4999), 2);
            Assert.AreEqual(6 + 100, Loss, 1e-9, "one realized, one open");
            ledger.Fill(Es, -2, Price(5002), 0);
            Assert.AreEqual(6 + 50 - 100 - 50, Loss, 1e-9, "reversed: 1 short from 5002, closed at 5001");
        }

        [Test]
        public void AQuoteThatIsGoneCountsAsTheLast()
        {
            ledger.Fill(Es, -1, Price(5000), 0);
            quote = new PlatformQuote("ES 12-26", Price(5003), Price(5004), 0);
            Assert.AreEqual(200, Loss, 1e-9);
            quote = new PlatformQuote("ES 12-26", LinkProtocol.NullPrice, LinkProtocol.NullPrice, 0);
            Assert.AreEqual(200, Loss, 1e-9);
        }

        [TestCase(-300.0, -50.0, 350.0)]
        [TestCase(-10.0, 0.0, 100.0, Description = "the own count is worse")]
        [TestCase(500.0, 0.0, 100.0)]
        public void TheWorseOfTwoCountsCounts(double realized, double unrealized, double expected)
        {
            ledger.Fill(Es, 1, Price(5000), 0);
            ledger.Fill(Es, -1, Price(4998), 0);
            ledger.Take(new AccountReport("Sim101", realized, unrealized, 0));
            Assert.AreEqual(expected, Loss, 1e-9);
        }

        [Test]
        public void ARestartGoesOnFromWhatThePlatformSays()
        {
            ledger.Begin(new AccountReport("Sim101", -400, null, 0));
            ledger.SetPosition(Es, 1, Price(5000));
            ledger.Fill(Es, -1, Price(4998), 0);
            Assert.AreEqual(500, Loss, 1e-9);
        }

        [Test]
        public void AnotherDayForgetsWhatWasRealizedAndNotWhatIsOpen()
        {
            ledger.Fill(Es, 2, Price(5000), 0);
            ledger.Fill(Es, -1, Price(4990), 0);
            quote = new PlatformQuote("ES 12-26", Price(4990), Price(4990.25), 0);
            Assert.AreEqual(1000, Loss, 1e-9);
            ledger.NextDay();
            Assert.AreEqual(500, Loss, 1e-9);
        }

        [Test]
        public void OnTheNextDayThePlatformsSumCountsFromWhereItStoodUntilItBeginsAnew()
        {
            ledger.Begin(Money(-450));
            ledger.NextDay();
            Assert.AreEqual(0, ledger.Realized, 1e-9);
            ledger.Take(Money(-460));
            Assert.AreEqual(-10, ledger.Realized, 1e-9);
            Assert.AreEqual(460, Loss, 1e-9, "who judges takes the worse one");
            ledger.Take(Money(-440));
            Assert.AreEqual(0, ledger.Realized, 1e-9, "the own count is worse");
            ledger.Take(Money(0));
            ledger.Take(Money(-70));
            Assert.AreEqual(-70, ledger.Realized, 1e-9);
        }

        [Test]
        public void ThePlatformBeganAnewWhenItTellsWhatTheFillsCameTo()
        {
            ledger.Begin(Money(-450));
            ledger.NextDay();
            ledger.Fill(Es, 1, Price(5000), 0);
            ledger.Fill(Es, -1, Price(4991), 0);
            ledger.Take(Money(-450));
            ledger.Take(Money(-900));
            Assert.AreEqual(-450, ledger.Realized, 1e-9, "it only told the old sum before");
            ledger.Fill(Es, 1, Price(5000), 0);
            ledger.Fill(Es, -1, Price(5008), 0);
            ledger.Take(Money(-50));
            ledger.Take(Money(-80));
            Assert.AreEqual(-80, ledger.Realized, 1e-9);
        }

        [Test]
        public void AProfitOfThePastNeverMakesALoss()
        {
            ledger.Begin(Money(450));
            ledger.NextDay();
            ledger.Take(Money(-2));
            Assert.AreEqual(-2, ledger.Realized, 1e-9);
        }

        [Test]
        public void APositionAtAPriceThatCannotBeToldHasALossThatIsNoNumber()
        {
            quote = new PlatformQuote("ES 12-26", Price(5000), Price(5000.25), 0);
            ledger.SetPosition(Es, 1, LinkProtocol.NullPrice);
            Assert.IsNaN(Loss, "a long would show a profit of its whole worth");
            ledger.SetPosition(Es, 0, LinkProtocol.NullPrice);
            Assert.AreEqual(0, Loss, 1e-9);
            ledger.Fill(Es, 1, Price(5000), 0);
            Assert.AreEqual(0, Loss, 1e-9, "flat has no price, and forgets none");
            ledger.Fill(Es, -1, Price(5000), 0);
            ledger.SetPosition(Es, -1, LinkProtocol.NullPrice);
            ledger.Fill(Es, 1, Price(5000), 0);
            Assert.IsNaN(Loss, "what that realized is not known");
        }

        [Test]
        public void ATakenBackFillIsUndone()
        {
            ledger.Fill(Es, 1, Price(5000), 0);
            ledger.Fill(Es, -1, Price(5000), 0);
            quote = new PlatformQuote("ES 12-26", Price(4000), Price(4000.25), 0);
            Assert.AreEqual(0, Loss, 1e-9);
        }

        private static AccountReport Money(double realized) => new AccountReport("Sim101", realized, 0, 0);

        private double Loss => ledger.Loss(name => quote);

        private static long Price(double price) => (long)(price * 1e9);
    }
}
