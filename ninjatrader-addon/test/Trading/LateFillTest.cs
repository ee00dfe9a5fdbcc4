using System;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// An entry that fills while the platform is away, and that no event tells when it is back: the sooner a look shows it,
    /// the sooner it has its stop.
    /// </summary>
    [TestFixture]
    public class LateFillTest : LateLoadingFixture
    {
        [Test]
        public void AFillThatIsLoadedSomeMomentsAfterTheConnectGetsItsStopAtOnce()
        {
            Working();
            FilledWhileAway();
            HidesPositions = HidesOrders = true;
            Back();
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, StopsAtMarket, "nobody knows of it");
            HidesPositions = HidesOrders = false;
            Trading.Pass(2 * Second);
            Assert.AreEqual(1, StopsAtMarket);
            Assert.AreEqual(1, Told("may not show all of the account yet"));
            Assert.IsFalse(Status.IsReconciled, "what it does not show is believed no sooner");
            Trading.Pass(20 * Second);
            AssertKept();
            Assert.IsTrue(Status.IsReconciled);
        }

        [Test]
        public void ALookThatCannotBeAskedForHoldsUpNoOther()
        {
            Working();
            FilledWhileAway();
            Trading.Between.Snapshotting = account => { throw new InvalidOperationException("test"); };
            Back();
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, StopsAtMarket, "nobody knows of it");
            Assert.AreEqual(1, Told("no snapshot to be had: test"));
            Trading.Between.Snapshotting = account => { };
            Trading.Pass(3 * Second / 2);
            Assert.AreEqual(1, StopsAtMarket);
            Trading.Pass(20 * Second);
            AssertKept();
        }

        [Test]
        public void ALookThatWasUnansweredWhenTheConnectionWasLostHoldsUpNoOther()
        {
            Working();
            bool isAsked = false;
            Trading.Between.Snapshotting = account => isAsked |= account == TradingHarness.Account;
            Trading.Platform.Faults.HoldsAnswers = () => true;
            for (int i = 0; i < 15 * 20 && !isAsked; i++)
            {
                Trading.Pass(50 * Milli);
            }
            Assert.IsTrue(isAsked);
            FilledWhileAway();
            Trading.Platform.Faults.HoldsAnswers = () => false;
            Back();
            Assert.AreEqual(1, StopsAtMarket);
            Trading.Pass(20 * Second);
            AssertKept();
        }

        private void Working()
        {
            Armed(settings => settings.EntryTimeout = 0);
            Trading.Signal(Side.Buy);
            Trading.Quote(5010, 5010.25);
            Trading.Run();
            Assert.AreEqual(0, Trading.Position);
        }

        private void FilledWhileAway()
        {
            Away(Second);
            Trading.Quote(5000, 5000.25);
            Assert.AreEqual(1, Trading.Position);
        }
    }
}
