using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// A position and its orders are not shown for so long that they are believed to be gone, and come back: the stop that
    /// worked at the broker all the time must go on.
    /// </summary>
    [TestFixture]
    public class ReturningStopTest : LateLoadingFixture
    {
        [TestCase(true, 20)]
        [TestCase(false, 20)]
        [TestCase(true, 700, Description = "so late that it would not be its trade's, but for its stop")]
        public void AStopThatComesBackWithItsPositionIsLeftAlone(bool isReconnect, int seconds)
        {
            Long();
            SimulatedOrder stop = Stop();
            Lose(isReconnect);
            Trading.Clock.Advance((seconds - 20) * Second);
            Show();
            for (int i = 0; i < 400; i++)
            {
                Trading.Pass(50 * Milli);
                AssertWorks(stop);
            }
            AssertIsItsTrades();
            Assert.AreEqual(1, Told("came back; its position may follow"));
        }

        [TestCase(1000)]
        [TestCase(8000)]
        public void AStopThatIsLoadedBeforeItsPositionIsLeftAlone(int millis)
        {
            Long();
            SimulatedOrder stop = Stop();
            Lose(true);
            HidesOrders = false;
            Trading.Desk.OnOrder(stop.Report(Trading.Clock.Now, OrderError.None, ""));
            Trading.Pass(millis * Milli);
            AssertWorks(stop);
            Show();
            Trading.Pass(20 * Second);
            AssertWorks(stop);
            AssertIsItsTrades();
        }

        /// <summary>The position was not shown, so the stop was cancelled; the platform told so, and it works all the same.</summary>
        [Test]
        public void AStopThatWorksThoughItsEndWasToldIsLeftAloneWithItsPosition()
        {
            Long();
            SimulatedOrder stop = Stop();
            Trading.Platform.Faults.DropsRequest = request => request == OrderRequest.Cancel;
            HidesPositions = true;
            Tell(0);
            Trading.Pass(8 * Second);
            foreach (SimulatedOrder order in Trading.Platform.Working.Where(order => order.Ticket.Handle > 0).ToArray())
            {
                OrderReport ended = order.Report(Trading.Clock.Now, OrderError.None, "");
                ended.Status = OrderStatus.Cancelled;
                Trading.Desk.OnOrder(ended);
            }
            Trading.Run();
            Trading.Platform.Faults.DropsRequest = request => false;
            Show();
            Trading.Pass(20 * Second);
            AssertWorks(stop);
            AssertIsItsTrades();
        }

        [Test]
        public void AStopWhosePositionDoesNotComeBackGoes()
        {
            Long();
            Lose(true);
            HidesOrders = false;
            Trading.Desk.OnOrder(Stop().Report(Trading.Clock.Now, OrderError.None, ""));
            Trading.Pass(9 * Second);
            Assert.AreEqual(1, StopsAtMarket);
            Assert.IsFalse(Status.IsArmed);
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, StopsAtMarket);
            Assert.IsFalse(Status.IsKilled);
        }

        private SimulatedOrder Stop() => Trading.WorkingOf(OrderPurpose.StopLoss).Single();

        private void Lose(bool isReconnect)
        {
            if (isReconnect)
            {
                Away(Second);
            }
            HidesPositions = HidesOrders = true;
            if (isReconnect)
            {
                Back();
            }
            Tell(0);
            Trading.Pass(20 * Second);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch), "believed to be gone");
            Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
        }

        private void AssertWorks(SimulatedOrder stop)
        {
            Assert.AreSame(stop, Stop(), "no other one");
            Assert.AreEqual(OrderStatus.Working, stop.Status);
            AssertKept();
        }

        private void AssertIsItsTrades()
        {
            AccountBook book = Trading.Desk.Core.State.Active;
            Assert.AreEqual(1, Trading.Desk.Core.Executor.Ours(book, TradingHarness.Instrument));
            Assert.AreEqual(0, Trading.Desk.Core.Executor.Others(book, TradingHarness.Instrument));
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining));
            Assert.IsTrue(Status.IsReconciled);
            Assert.IsNull(Status.Alarm);
        }
    }
}
