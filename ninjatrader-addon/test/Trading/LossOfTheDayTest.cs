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
            trading.Pass(Reconciler.Loading);
            trading.Requote();
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

        [TestCase(true)]
        [TestCase(false)]
        public void ALossThatCouldNotBeWrittenDownIsWrittenOnceThatWorks(bool isArmedAnew)
        {
            bool isFull = false;
            trading = new TradingHarness(settings =>
            {
                settings.MaxDailyLoss = limit;
                settings.OrderQuantity = 2;
                settings.StopTicks = 16;
            }, null, folder, path => new FillingFile(path, () => isFull));
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Run();
            isFull = true;
            trading.Quote(4996.25, 4996.5);
            trading.Run();
            trading.Pass(Second);
            Assert.AreEqual(0, trading.Position);
            long lost = trading.Audit.Lost;
            trading.Pass(40 * Second);
            Assert.AreEqual(lost, trading.Audit.Lost, "tried again it is the same line");
            isFull = false;
            trading.Quote(5000, 5000.25);
            trading.Run();
            if (isArmedAnew)
            {
                Assert.IsNull(trading.Arm());
            }
            trading.Stop();
            limit = 400;
            Restart(account => new AccountReport(account, 0, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.AreEqual(RiskRule.DailyLoss, trading.Signal(Side.Buy).RefusedBy);
        }

        [Test]
        public void AProfitThatMakesTheEarlierRunsLossGoodIsWrittenDownToo()
        {
            LoseAndStop();
            Restart(account => new AccountReport(account, 0, 0, 0));
            trading.Desk.OnExecution(new ExecutionReport
            {
                ExecutionId = "a rebate",
                Account = TradingHarness.Account,
                Instrument = TradingHarness.Instrument,
                Side = OrderSide.Buy,
                Quantity = 1,
                Price = TradingHarness.Price(5000),
                Cost = -400,
                Time = trading.Clock.Now
            });
            trading.Run();
            trading.Pass(Second);
            Assert.AreEqual("0", LastRealized());
        }

        [Test]
        public void YesterdaysLossThatThePlatformStillTellsIsNotTodays()
        {
            double told = 0;
            trading = Make(null, Telling(() => told));
            Assert.IsNull(trading.Arm());
            told = -450;
            Tell(told, 0);
            trading.Desk.Disarm("evening");
            trading.Clock.Advance(9 * 3600 * Second);
            trading.Pass(Second);
            Assert.AreEqual(450, trading.Desk.Core.State.Active.Profit.Loss(instrument => null),
                "it refuses until the platform's own day begins");
            told = -460;
            Tell(told, 0);
            Assert.AreEqual("-10", LastRealized(), "a trade by hand in the evening");
            trading.Stop();
            trading.Clock.Advance(15 * 3600 * Second);
            limit = 400;
            Restart(account => new AccountReport(account, 0, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            Assert.AreEqual(10, trading.Desk.Core.State.Active.Profit.Loss(instrument => null));
        }

        [Test]
        public void YesterdaysLossOfAFirstSnapshotIsNotTodays()
        {
            trading = Make(null, Telling(() => -600));
            trading.Pass(Second);
            Assert.AreEqual("-600", LastRealized());
            trading.Clock.Advance(9 * 3600 * Second);
            trading.Pass(Second);
            trading.Stop();
            trading.Clock.Advance(15 * 3600 * Second);
            Restart(account => new AccountReport(account, 0, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
        }

        [TestCase(-600, 0)]
        [TestCase(-610, 10, Description = "and 10 were lost since, in the earlier run")]
        public void AStartBetweenOurDayAndThePlatformsTakesYesterdaysLossForYesterdays(double told, double today)
        {
            double sum = -600;
            trading = Make(null, Telling(() => sum));
            trading.Pass(Second);
            trading.Clock.Advance(9 * 3600 * Second);
            trading.Pass(Second);
            sum = told;
            Tell(told, 0);
            trading.Stop();
            Restart(account => new AccountReport(account, sum, 0, 0));
            AccountBook book = trading.Desk.Core.State.Book(TradingHarness.Account);
            Assert.AreEqual(-told, book.Profit.Loss(instrument => null), "the gate takes the worse one");
            Assert.AreEqual(today, book.Profit.OwnLoss(instrument => null), 1e-9);
            trading.Pass(Second);
            trading.Stop();
            trading.Clock.Advance(15 * 3600 * Second);
            Restart(account => new AccountReport(account, 0, 0, 0));
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            Assert.AreEqual(today, trading.Desk.Core.State.Active.Profit.Loss(instrument => null), 1e-9);
        }

        [Test]
        public void ALossOfTodayThatIsNotYesterdaysCountsAtAStart()
        {
            trading = Make(null, Telling(() => -450));
            trading.Pass(Second);
            trading.Stop();
            trading.Clock.Advance(24 * 3600 * Second);
            Restart(account => new AccountReport(account, -420, 0, 0));
            AccountBook book = trading.Desk.Core.State.Book(TradingHarness.Account);
            Assert.AreEqual(420, book.Profit.OwnLoss(instrument => null));
            Assert.AreEqual("-420", LastRealized());
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

        /// <summary>What the audit log says last, without its place in the chain.</summary>
        private string LastRealized()
        {
            string line = Directory.GetFiles(folder, "*.log").OrderBy(name => name, StringComparer.Ordinal)
                .SelectMany(Read).Last(one => one.Contains("\trealized\t"));
            return line.Split('\t').Single(field => field.StartsWith("realized=", StringComparison.Ordinal))
                .Substring("realized=".Length);
        }

        private static string[] Read(string path)
        {
            using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
            {
                return reader.ReadToEnd().Split('\n');
            }
        }

        private static Action<InterposedPlatform> Telling(Func<double> realized) => platform =>
        {
            WithoutOrders(platform);
            platform.Snapshot = snapshot =>
            {
                snapshot.Money = new AccountReport(snapshot.Account, realized(), 0, 0);
                return snapshot;
            };
        };

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

        /// <summary>A file on a disk that is full while a test wants that.</summary>
        private sealed class FillingFile : FileStream
        {
            private readonly Func<bool> isFull;

            public FillingFile(string path, Func<bool> isFull)
                : base(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1)
            {
                this.isFull = isFull;
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                if (isFull())
                {
                    throw new IOException("No space left on device");
                }
                base.Write(buffer, offset, count);
            }
        }
    }
}
