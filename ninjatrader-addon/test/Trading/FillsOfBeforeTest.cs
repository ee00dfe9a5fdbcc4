using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Fills that happened before this run began, told at different times: they are in the day's sum once.</summary>
    [TestFixture]
    public class FillsOfBeforeTest : LateLoadingFixture
    {
        private string folder;
        private double lost;

        [SetUp]
        public void NameFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
        }

        [Test]
        public void ArmedBeforeItIsConnectedTheDayCountsOnce()
        {
            LoseInAnEarlierRun();
            Trading.Platform.SetConnected(false);
            HidesPositions = HidesOrders = true;
            Restart();
            StringAssert.Contains("is down", Trading.Arm());
            HidesPositions = HidesOrders = false;
            Trading.Platform.SetConnected(true);
            Trading.Run();
            Trading.Pass(Reconciler.Loading + Second);
            AssertCountedOnce();
        }

        [Test]
        public void LoadedAfterTheFirstLookTheyAreKnownAndNotCounted()
        {
            LoseInAnEarlierRun();
            HidesPositions = HidesOrders = true;
            Restart();
            Assert.IsTrue(Trading.Desk.Core.State.Book(TradingHarness.Account).HasBaseline);
            HidesPositions = HidesOrders = false;
            Trading.Pass(Second);
            Assert.AreEqual(0, Trading.Sink.Executions.Count);
            AssertCountedOnce();
        }

        [Test]
        public void AFillOfThisRunsOrderCountsWhateverItsTimeSays()
        {
            Trading = new TradingHarness(null, null, folder);
            Assert.IsNull(Trading.Arm());
            Trading.Between.Execution = execution => new ExecutionReport
            {
                ExecutionId = execution.ExecutionId,
                Handle = execution.Handle,
                Account = execution.Account,
                Instrument = execution.Instrument,
                Side = execution.Side,
                Quantity = execution.Quantity,
                Price = execution.Price,
                Time = execution.Time - 3600 * Second
            };
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Pass(Second);
            AssertKept();
            Assert.AreEqual(0, Trading.Sink.Count(NoticeKind.Mismatch));
        }

        private void LoseInAnEarlierRun()
        {
            Trading = new TradingHarness(null, null, folder, null, null, Hide);
            Assert.IsNull(Trading.Arm());
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Quote(4994, 4994.25);
            Trading.Pass(2 * Second);
            Assert.AreEqual(0, Trading.Position);
            lost = Realized;
            Assert.Less(lost, 0);
            Trading.Stop();
        }

        private void Restart()
        {
            Trading = new TradingHarness(null, null, folder, null, Trading, Hide);
        }

        private void AssertCountedOnce()
        {
            Assert.AreEqual(0, Trading.Sink.Executions.Count, "the gateway has them from the run before");
            Assert.AreEqual(lost, Realized, 0.01);
            Assert.IsNull(Trading.Arm());
            Trading.Requote();
            Trading.Pass(3 * Second);
            Assert.AreEqual(lost, Realized, 0.01);
            Assert.IsFalse(Status.IsKilled);
        }

        private double Realized => Trading.Desk.Core.State.Book(TradingHarness.Account).Profit.Realized;
    }
}
