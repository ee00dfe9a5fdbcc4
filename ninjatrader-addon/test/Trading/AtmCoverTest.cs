using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Stops of ATM strategies: too few of them kill, and a person's own orders are left alone.</summary>
    [TestFixture]
    public class AtmCoverTest : TradingFaultFixture
    {
        [Test]
        public void AnAtmEntryWithoutAStopKills()
        {
            Armed(settings => settings.AtmTemplate = "MyAtm");
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Pass(2 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled, "the ATM strategy gets its time");
            Trading.Pass(4 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            Assert.AreEqual(0, Trading.Position);
        }

        [Test]
        public void AnAtmStopThatCoversAPartOnlyKillsAndOneThatCoversAllDoesNot()
        {
            Armed(settings =>
            {
                settings.AtmTemplate = "MyAtm";
                settings.OrderQuantity = 2;
            });
            Trading.Signal(Side.Buy);
            Trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            Trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm2");
            Trading.Run();
            Trading.Pass(5 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled);
            Trading.Platform.Cancel(TradingHarness.Account, Trading.WorkingOf(OrderPurpose.Foreign).Last()
                .Ticket.Handle);
            Trading.Run();
            Trading.Pass(5 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            StringAssert.Contains("no stop that covers", Trading.Desk.Status.KillReason);
        }

        [Test]
        public void APersonsStopCoversThePersonsPositionAndNotTheAtmStrategys()
        {
            ArmedBesideAPerson();
            Foreign(OrderKind.StopMarket, 1, 4980, "");
            Trading.Run();
            Enter();
            Trading.Pass(2 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled, "the ATM strategy gets its time");
            Trading.Pass(3 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            StringAssert.Contains("no stop that covers", Trading.Desk.Status.KillReason);
        }

        [Test]
        public void APersonsPositionWithoutAStopIsThePersonsAffair()
        {
            ArmedBesideAPerson();
            Enter();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            Trading.Run();
            Trading.Pass(10 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled, Trading.Desk.Status.KillReason);
            Assert.AreEqual(2, Trading.Position);
        }

        [Test]
        public void ThePersonsStopThatIsLeftCoversThePersonsPosition()
        {
            ArmedBesideAPerson();
            Foreign(OrderKind.StopMarket, 1, 4980, "");
            Trading.Run();
            Enter();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            Trading.Run();
            Trading.Pass(5 * Second);
            Trading.Quote(4989.75, 4990);
            Trading.Run();
            Assert.AreEqual(1, Trading.Position, "the ATM strategy's stop");
            Trading.Pass(10 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled, Trading.Desk.Status.KillReason);
        }

        /// <summary>Which of two entries an ATM strategy's stop closes nobody says.</summary>
        [Test]
        public void AStopOfTheOlderOfTwoAtmStrategiesIsNoPersonsStop()
        {
            Armed(Atm);
            Enter();
            Foreign(OrderKind.StopMarket, 1, 4980, "atm1");
            Trading.Run();
            Enter();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm2");
            Trading.Run();
            Trading.Quote(4989.75, 4990);
            Trading.Run();
            Trading.Pass(10 * Second);
            ByHand();
            Trading.Pass(10 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsKilled, Trading.Desk.Status.KillReason);
            Assert.AreEqual(2, Trading.Position);
        }

        [Test]
        public void APersonsProtectiveStopIsNoOrphanOfTheAtmStrategy()
        {
            Armed(settings =>
            {
                settings.AtmTemplate = "MyAtm";
                settings.MaxDailyLoss = 10000;
            });
            Trading.Signal(Side.Buy);
            Trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            Trading.Run();
            Trading.Quote(4989.75, 4990);
            Trading.Run();
            Assert.AreEqual(0, Trading.Position, "the ATM strategy's stop");
            // At once a person buys, with a stop and a target of his own.
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            Foreign(OrderKind.StopMarket, 1, 4980, "mine");
            Foreign(OrderKind.Limit, 1, 5020, "mine");
            Trading.Run();
            Assert.AreEqual(1, Trading.Position);
            Trading.Pass(10 * Second);
            Assert.AreEqual(2, Trading.Platform.Working.Count(order => order.Ticket.OcoGroup == "mine"));
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.OrphanCancelled));
        }

        [Test]
        public void APersonsBreakoutOrdersAreNoOrphans()
        {
            Armed(settings => settings.AtmTemplate = "MyAtm");
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.StopMarket, 1, TradingHarness.Price(5050), "breakout", "mine");
            Foreign(OrderKind.StopMarket, 1, 4950, "mine");
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "Close", "");
            Trading.Run();
            Trading.Pass(6 * Second);
            Assert.AreEqual(2, Trading.Platform.Working.Count());
        }

        private static void Atm(TradingSettings settings)
        {
            settings.AtmTemplate = "MyAtm";
            settings.MaxDailyLoss = 10000;
        }

        private void ArmedBesideAPerson()
        {
            Armed(Atm);
            ByHand();
        }

        private void ByHand()
        {
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            Trading.Run();
        }

        private void Enter()
        {
            int before = Trading.Position;
            Trading.Requote();
            Assert.IsTrue(Trading.Signal(Side.Buy).IsPassed);
            Trading.Run();
            Assert.AreEqual(before + 1, Trading.Position);
        }
    }
}
