using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>KILL while the platform does not show all that an account holds.</summary>
    [TestFixture]
    public class LateLoadingKillTest : LateLoadingFixture
    {
        [TestCase(3)]
        [TestCase(9)]
        public void PulledWhileItWasAwayItSaysFlatOnlyWhenItIs(int seconds)
        {
            Long();
            Away(0);
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(10 * Second);
            HidesPositions = HidesOrders = true;
            Back();
            AssertNotCalledFlat(seconds);
            Show();
            AssertClosed();
        }

        [Test]
        public void PulledWhileItLoadsTheStopStaysUntilThePositionIsSeen()
        {
            Long();
            Away(0);
            HidesPositions = true;
            Tell(0);
            Back();
            Trading.Desk.Kill("the button");
            AssertNotCalledFlat(3);
            Assert.AreEqual(1, StopsAtMarket);
            Show();
            AssertClosed();
        }

        [Test]
        public void WhatIsSeenIsClosedAtOnce()
        {
            Long();
            Away(Second);
            Back();
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsFalse(Status.IsFlatVerified, "it may not show all yet");
            Assert.IsNull(Status.Alarm);
            Trading.Pass(Reconciler.Loading);
            Assert.IsTrue(Status.IsFlatVerified);
            Assert.IsNull(Status.Alarm);
        }

        [Test]
        public void ReallyGoneItIsFlatAfterAWhile()
        {
            Long();
            Away(Second);
            Trading.Quote(4998, 4998.25);
            Trading.Schedule.DropEvents();
            Trading.Between.Execution = execution => null;
            HidesOrders = true;
            Trading.Desk.Kill("the button");
            Back();
            AssertNotCalledFlat(10);
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Status.IsFlatVerified);
            Assert.IsNull(Status.Alarm);
        }

        /// <summary>A slow disk may be between: what loads meanwhile is not in what was seen before.</summary>
        [Test]
        public void WhatWasSeenWhileItLoadsSaysNothingHoweverLateItIsLookedAt()
        {
            Long();
            Away(0);
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Stop();
            HidesPositions = HidesOrders = true;
            Trading = new TradingHarness(null, null, Trading.Folder, null, Trading, Hide);
            Func<PlatformSnapshot, PlatformSnapshot> hide = Trading.Between.Snapshot;
            Trading.Between.Snapshot = snapshot =>
            {
                Trading.Between.Snapshot = hide;
                Trading.Clock.Advance(Reconciler.Loading + Second);
                return hide(snapshot);
            };
            Back();
            Assert.IsFalse(Status.IsFlatVerified);
            Assert.AreEqual(0, Told("verified"));
            Show();
            AssertClosed();
        }

        private void AssertNotCalledFlat(int seconds)
        {
            for (int i = 0; i < seconds * 20; i++)
            {
                Trading.Pass(50 * Milli);
                Assert.IsFalse(Status.IsFlatVerified);
                string why = null;
                Trading.Desk.ClearKill(answer => why = answer);
                Trading.Run();
                StringAssert.Contains("not verified to be flat yet", why);
            }
        }

        private void AssertClosed()
        {
            for (int i = 0; i < 20; i++)
            {
                Trading.Requote();
                Trading.Pass(Second);
                Assert.IsFalse(Status.IsFlatVerified && Trading.Position != 0);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsTrue(Status.IsFlatVerified);
        }
    }
}
