using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>The platform is away, or was connected again and loads an account some moments later.</summary>
    [TestFixture]
    public class LateLoadingTest : LateLoadingFixture
    {
        // 20:59:55 UTC is 14:59:55 in Chicago in November.
        private static readonly DateTime BeforeTheEnd = new DateTime(2026, 11, 23, 20, 59, 55, DateTimeKind.Utc);

        [TestCase(false)]
        [TestCase(true)]
        public void WhatIsNotListedWhileItIsAwayKeepsItsStop(bool allIsHidden)
        {
            Long();
            Trading.Platform.SetConnected(false);
            HidesPositions = true;
            HidesOrders = allIsHidden;
            Trading.Run();
            Tell(0);
            Trading.Pass(20 * Second);
            HidesPositions = HidesOrders = false;
            Back();
            Tell(1);
            Trading.Pass(60 * Second);
            AssertKept();
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
        }

        [TestCase(400, false)]
        [TestCase(1000, false)]
        [TestCase(9000, false)]
        [TestCase(400, true)]
        [TestCase(1000, true)]
        [TestCase(9000, true)]
        [TestCase(14000, true)]
        public void WhatIsLoadedAfterTheConnectKeepsItsStop(int millis, bool allIsHidden)
        {
            Long();
            Away(10 * Second);
            HidesPositions = true;
            HidesOrders = allIsHidden;
            Back();
            Trading.Pass(millis * Milli);
            Assert.AreEqual(1, StopsAtMarket);
            Show();
            Trading.Pass(60 * Second);
            AssertKept();
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
            Assert.IsTrue(Status.IsReconciled);
        }

        /// <summary>However soon after, and in the midst of it: only what stood before the run has had its time.</summary>
        [TestCase(false)]
        [TestCase(true)]
        public void WhatIsConnectedJustAfterTheStartMayStillBeLoading(bool isWithinTheStart)
        {
            const string late = "Sim102";
            Action<TradingDesk> connect = desk => desk.OnConnection(new ConnectionReport(late, true, true,
                new FakeClock().Now));
            Trading = new TradingHarness(settings => settings.SimulationAccounts = new[] { TradingHarness.Account, late },
                whileStarting: isWithinTheStart ? connect : desk => { });
            if (!isWithinTheStart)
            {
                connect(Trading.Desk);
            }
            Trading.Run();
            Assert.IsNull(Trading.Arm());
            Trading.Desk.Disarm("test");
            Trading.Run();
            StringAssert.StartsWith("the platform connected " + late + " a moment ago",
                Trading.Arm(account: late));
        }

        [Test]
        public void OrdersThatAreLoadedAfterThePositionsAreNotSentOnceMore()
        {
            Long();
            Away(10 * Second);
            HidesOrders = true;
            Back();
            for (int i = 0; i < 400; i++)
            {
                HidesOrders = i < 100;
                Trading.Pass(50 * Milli);
                Assert.AreEqual(1, StopsAtMarket);
            }
            AssertKept();
        }

        [Test]
        public void TheStopThatFilledMeanwhileIsTakenInWhenItIsLoaded()
        {
            Long();
            Away(Second);
            Trading.Quote(4998, 4998.25);
            Trading.Schedule.DropEvents();
            HidesPositions = HidesOrders = true;
            Back();
            Trading.Pass(5 * Second);
            Show();
            Trading.Pass(15 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
            Assert.IsFalse(Status.IsKilled);
            Assert.IsTrue(Status.IsReconciled);
        }

        [Test]
        public void NothingPassesAndNothingIsArmedUntilItHadItsTime()
        {
            Armed();
            Away(Second);
            Back();
            Trading.Pass(9 * Second);
            Trading.Requote();
            Assert.AreEqual(RiskRule.Reconciliation, Trading.Signal(Side.Buy).RefusedBy);
            StringAssert.Contains("may not show all of the account yet", Status.Doubt);
            Assert.AreEqual(1, Told("may not show all of the account yet"));
            StringAssert.Contains("try again in 2 s", Trading.Arm());
            Trading.Pass(2 * Second);
            Assert.IsNull(Status.Doubt);
            Assert.IsNull(Trading.Arm());
            Trading.Requote();
            Trading.Run();
            Assert.IsTrue(Trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void AShortLossOfTheConnectionDoesNotDisarm()
        {
            Long();
            Away(Second);
            Back();
            Trading.Pass(Reconciler.Loading + Second);
            Assert.IsTrue(Status.IsArmed);
            AssertKept();
        }

        [TestCase(false)]
        [TestCase(true)]
        public void WhatIsLoadedAfterTheHoursEndedIsClosed(bool allIsHidden)
        {
            Long(null, BeforeTheEnd);
            Away(10 * Second);
            HidesPositions = true;
            HidesOrders = allIsHidden;
            Back();
            Trading.Pass(3 * Second);
            Assert.AreEqual(1, StopsAtMarket);
            Show();
            for (int i = 0; i < 20; i++)
            {
                Trading.Probe();
                Trading.Requote();
                Trading.Pass(Second);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsNull(Status.Alarm);
        }
    }
}
