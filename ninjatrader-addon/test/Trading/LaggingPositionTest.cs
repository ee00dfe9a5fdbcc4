using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Connected all the time, the platform shows a position late, or shows it no more for a while.</summary>
    [TestFixture]
    public class LaggingPositionTest : LateLoadingFixture
    {
        [TestCase(500)]
        [TestCase(1000)]
        [TestCase(4500)]
        public void APositionThatIsToldAfterItsFillKeepsItsStop(int millis)
        {
            Armed();
            // A look without a reason is due every 10 s.
            Trading.Pass(9900 * Milli);
            Trading.Requote();
            HidesPositions = true;
            Trading.Signal(Side.Buy);
            Trading.Run();
            Tell(0);
            Trading.Pass(millis * Milli);
            Assert.AreEqual(1, StopsAtMarket);
            Show();
            Trading.Pass(60 * Second);
            AssertKept();
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
        }

        [Test]
        public void WhileItIsInDoubtNoEntryPassesAndTheLogSaysWhatIsWaitedFor()
        {
            Long();
            HidesPositions = true;
            Tell(0);
            Trading.Pass(4 * Second);
            Trading.Requote();
            Assert.AreEqual(RiskRule.Reconciliation, Trading.Signal(Side.Buy).RefusedBy);
            Assert.AreEqual(1, Told("ES 12-26 position is 0, by the fills it would be 1; it is believed once"));
            StringAssert.Contains("stops stay, and no entry passes", Status.Doubt);
            Show();
            Trading.Pass(3 * Second);
            Assert.IsNull(Status.Doubt);
            Trading.Requote();
            Assert.IsTrue(Trading.Signal(Side.Buy).IsPassed);
        }

        [Test]
        public void APositionThatComesBackIsItsTradesAgainWithItsStop()
        {
            Long();
            HidesPositions = true;
            Tell(0);
            Trading.Pass(20 * Second);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch), "believed to be gone");
            Assert.AreEqual(0, StopsAtMarket);
            Show();
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, Trading.Desk.Core.Executor.Others(Trading.Desk.Core.State.Active, TradingHarness.Instrument));
            AssertKept();
            Trading.Quote(4998, 4998.25);
            Trading.Pass(5 * Second);
            Assert.AreEqual(0, Trading.Position, "by its stop");
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsFalse(Status.IsKilled);
        }

        [Test]
        public void APositionThatComesBackAfterALongTimeIsAnAlarm()
        {
            Long();
            HidesPositions = true;
            Tell(0);
            Trading.Pass(20 * Second);
            Trading.Clock.Advance(600 * Second);
            Show();
            Trading.Pass(10 * Second);
            StringAssert.Contains("a position of 1 ES 12-26 that no fill explains without a stop", Status.Alarm);
            Trading.Desk.Kill("the button");
            Trading.Requote();
            Trading.Pass(20 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Status.IsFlatVerified);
            Assert.IsNull(Status.Alarm);
        }

        [TestCase(500)]
        [TestCase(1000)]
        [TestCase(1900)]
        public void APositionThatIsShownAfterItWasClosedIsNotBelieved(int millis)
        {
            Long();
            // A look without a reason is due every 10 s.
            Trading.Pass(9900 * Milli);
            StillShown(1);
            Trading.Quote(5002.25, 5002.5);
            Trading.Run();
            Tell(1);
            Trading.Pass(millis * Milli);
            Show();
            Trading.Between.Snapshot = snapshot => snapshot;
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
            Assert.IsTrue(Status.IsArmed);
            Assert.IsTrue(Status.IsReconciled);
            Assert.IsNull(Status.Alarm);
            Assert.IsNull(Status.Doubt);
        }

        /// <summary>Its trade's close was only presumed: taken for open again it would get a stop with nothing to close.</summary>
        [Test]
        public void APositionThatIsShownForAMomentGetsNoStop()
        {
            Long();
            Trading.Between.Execution = execution => null;
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, LinkProtocol.NullPrice, "by hand", "");
            Trading.Run();
            Trading.Pass(10 * Second);
            Assert.IsEmpty(Trading.Platform.Working);
            StillShown(1);
            Tell(1);
            Trading.Desk.Core.Doubt(Trading.Desk.Core.State.Active, "test");
            Trading.Run();
            for (int i = 0; i < 38; i++)
            {
                Trading.Pass(50 * Milli);
                Assert.IsEmpty(Trading.Platform.Working);
            }
            Assert.AreEqual(1, Told("the platform shows more than the fills: ES 12-26 position is 1, by the fills it would be 0"));
            Trading.Between.Snapshot = snapshot => snapshot;
            Tell(0);
            Trading.Pass(10 * Second);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsNull(Status.Doubt);
            Assert.IsFalse(Status.IsKilled);
        }

        [TestCase(true)]
        [TestCase(false)]
        public void APositionThatNothingExplainsIsAnAlarmWhereThisRunTraded(bool isArmed)
        {
            Trading = new TradingHarness();
            if (isArmed)
            {
                Assert.IsNull(Trading.Arm());
            }
            else
            {
                Trading.Pass(Second);
            }
            Trading.Between.Execution = execution => null;
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, LinkProtocol.NullPrice, "by hand", "");
            Trading.Run();
            Trading.Pass(15 * Second);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch));
            Assert.AreEqual(isArmed ? 1 : 0, Trading.Sink.Count(NoticeKind.Alarm));
            Assert.AreEqual(isArmed, Status.Alarm != null);
            Trading.Between.Execution = execution => execution;
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.StopMarket, 1, TradingHarness.Price(4990), "Stop", "");
            Trading.Run();
            Trading.Pass(15 * Second);
            Assert.IsNull(Status.Alarm, "it has a stop now");
        }

        [Test]
        public void AnOrderThatIsNotShownForAWhileIsNotSentOnceMore()
        {
            Long();
            HidesOrders = true;
            Trading.Pass(14 * Second);
            Assert.AreEqual(1, StopsAtMarket);
            Assert.AreEqual(1, Told("-S1 is not there"));
            HidesOrders = false;
            Trading.Pass(20 * Second);
            AssertKept();
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
        }

        [Test]
        public void AnOrderThatComesBackAfterItWasBelievedLostLeavesOneStop()
        {
            Long();
            HidesOrders = true;
            Trading.Pass(20 * Second);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch), "believed to be gone");
            Assert.AreEqual(2, StopsAtMarket);
            HidesOrders = false;
            Trading.Pass(20 * Second);
            AssertKept();
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining));
        }

        private void StillShown(int quantity)
        {
            Trading.Between.Snapshot = snapshot =>
            {
                snapshot.Positions = new[] { new PositionReport(TradingHarness.Account, TradingHarness.Instrument, quantity,
                    TradingHarness.Price(5000.25), Trading.Clock.Now) };
                return snapshot;
            };
        }
    }
}
