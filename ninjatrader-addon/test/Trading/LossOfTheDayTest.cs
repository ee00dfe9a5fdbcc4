using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>The loss of the day across restarts, and as the platform tells it piece by piece.</summary>
    [TestFixture]
    public class LossOfTheDayTest
    {
        private const long Second = TradingHarness.Second;
        private const long Milli = TradingHarness.Milli;

        private string folder;
        private double limit;
        private TradingHarness trading;

        [SetUp]
        public void NameFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            limit = 500;
        }

        [TearDown]
        public void Close()
        {
            trading.Dispose();
        }

        [Test]
        public void WhatWasLostBeforeARestartCountsThoughThePlatformTellsNothingYet()
        {
            LoseAndStop();
            Restart(account => new AccountReport(account, null, null, 0));
            Assert.IsNull(trading.Arm());
            Decision decision = trading.Signal(Side.Buy);
            Assert.AreEqual(RiskRule.DailyLoss, decision.RefusedBy);
            StringAssert.Contains("does not tell", decision.Text);
            Assert.IsFalse(trading.Desk.Status.IsKilled, "not to know is no loss to close anything for");
            trading.Desk.OnAccount(new AccountReport(TradingHarness.Account, 0, 0, trading.Clock.Now));
            trading.Run();
            Assert.AreEqual(400, trading.Desk.Core.State.Active.Profit.Loss(instrument => null));
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed, "500 are allowed");
        }

        [TestCase(0)]
        [TestCase(1000)]
        public void ThePlatformsBetterCountDoesNotMakeTheEarlierRunsLossGood(double told)
        {
            LoseAndStop();
            limit = 400;
            Restart(account => new AccountReport(account, told, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.AreEqual(RiskRule.DailyLoss, trading.Signal(Side.Buy).RefusedBy);
        }

        [Test]
        public void AnotherDayBeginsAnew()
        {
            LoseAndStop();
            limit = 400;
            trading.Clock.Advance(24 * 3600 * Second);
            Restart(account => new AccountReport(account, 0, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void ADayThatTurnsBetweenStartAndTheFirstWordOfThePlatformForgetsTheEarlierRun()
        {
            LoseAndStop();
            limit = 400;
            trading.Platform.SetConnected(false);
            Restart(account => new AccountReport(account, 0, 0, 0));
            trading.Clock.Advance(24 * 3600 * Second);
            trading.Timer();
            trading.Platform.SetConnected(true);
            trading.Requote();
            trading.Run();
            trading.Pass(Second);
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void EntriesOfTheLastMinuteCountAcrossARestart()
        {
            trading = Make(null, null, TwoAMinute);
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            trading.Run();
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            trading.Run();
            trading.Desk.Kill("flat");
            trading.Run();
            trading.Pass(2 * Second);
            trading.Desk.ClearKill(null);
            trading.Run();
            trading.Stop();
            trading = Make(trading, WithoutOrders, TwoAMinute);
            Assert.IsNull(trading.Arm());
            Assert.AreEqual(RiskRule.OrdersPerMinute, trading.Signal(Side.Buy).RefusedBy);
            trading.Pass(60 * Second);
            trading.Requote();
            trading.Run();
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void ALossJustClosedIsNotCountedTwiceUntilThePlatformTookItOutOfTheOpenOne()
        {
            trading = Make(null, null);
            Assert.IsNull(trading.Arm());
            Tell(null, -300);
            Tell(-300, null);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.AreEqual(RiskRule.DailyLoss, trading.Signal(Side.Buy).RefusedBy, "the gate takes the worst at once");
            trading.Pass(450 * Milli);
            Tell(null, 0);
            trading.Pass(2 * Second);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            trading.Requote();
            trading.Run();
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void ThePlatformsCountThatStaysKills()
        {
            trading = Make(null, null);
            Assert.IsNull(trading.Arm());
            Tell(-300, -300);
            trading.Pass(450 * Milli);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            trading.Pass(100 * Milli);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains("600", trading.Desk.Status.KillReason);
        }

        [TestCase(double.NaN)]
        [TestCase(double.NegativeInfinity)]
        public void ACountThatIsNoNumberKills(double told)
        {
            trading = Make(null, null);
            Assert.IsNull(trading.Arm());
            Tell(told, null);
            trading.Pass(Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
        }

        /// <summary>400 in all: two contracts, 4 points, 50 a point.</summary>
        private void LoseAndStop()
        {
            trading = Make(null, null, settings => settings.StopTicks = 16);
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Run();
            trading.Quote(4996.25, 4996.5);
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.AreEqual(400, trading.Desk.Core.State.Active.Profit.OwnLoss(instrument => null));
            trading.Stop();
            trading.Quote(5000, 5000.25);
        }

        private void Restart(Func<string, AccountReport> money)
        {
            trading = Make(trading, platform =>
            {
                WithoutOrders(platform);
                platform.Snapshot = snapshot =>
                {
                    snapshot.Money = money(snapshot.Account);
                    return snapshot;
                };
            });
            trading.Pass(Second);
            trading.Requote();
            trading.Run();
        }

        /// <summary>The simulated platform knows the earlier run's handles, so nothing is sent to it.</summary>
        private static void WithoutOrders(InterposedPlatform platform)
        {
            platform.Submitting = (tickets, goOn) => { };
        }

        private static void TwoAMinute(TradingSettings settings)
        {
            settings.MaxOrdersPerSecond = 2;
            settings.MaxOrdersPerMinute = 2;
        }

        private TradingHarness Make(TradingHarness earlier, Action<InterposedPlatform> between,
            Action<TradingSettings> more = null) => new TradingHarness(settings =>
        {
            settings.MaxDailyLoss = limit;
            settings.OrderQuantity = 2;
            more?.Invoke(settings);
        }, null, folder, null, earlier, between);

        private void Tell(double? realized, double? unrealized)
        {
            trading.Desk.OnAccount(new AccountReport(TradingHarness.Account, realized, unrealized, trading.Clock.Now));
            trading.Run();
        }
    }
}
