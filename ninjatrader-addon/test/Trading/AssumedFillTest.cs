using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Fills that are told after an order's word, or the position, was taken for them: each counts once.</summary>
    [TestFixture]
    public class AssumedFillTest : LateLoadingFixture
    {
        private readonly List<ExecutionReport> held = new List<ExecutionReport>();

        [SetUp]
        public void HoldNone()
        {
            held.Clear();
        }

        [TestCase(1, 5, true)]
        [TestCase(1, 5, false)]
        [TestCase(2, 5, true)]
        [TestCase(2, 20, true)]
        public void AnEntrysFillThatIsToldAfterItsStopWentOutCountsOnce(int quantity, int seconds, bool hasOrder)
        {
            Armed(settings => settings.OrderQuantity = quantity);
            HoldFills();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Pass(seconds * Second);
            Assert.AreEqual(quantity, StopsAtMarket, "by the order's word");
            TellFills(hasOrder);
            AssertProtected(quantity);
            Trading.Pass(20 * Second);
            AssertProtected(quantity);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch), "nothing is to be put right afterwards");
            Assert.AreEqual(1, Trading.Sink.Executions.Count, "the journal has it all the same");
        }

        /// <summary>Of an order that is filled piece by piece, what comes after what was assumed counts.</summary>
        [Test]
        public void AFillThatIsLargerThanWhatWasAssumedCountsForTheRest()
        {
            Armed(settings =>
            {
                settings.OrderQuantity = 2;
                settings.EntryTimeout = 0;
            });
            Trading.Platform.Faults.FillOf = quantity => 1;
            HoldFills();
            Trading.Between.Order = order => order.Handle > 0 && order.Filled > 1 ? null : order;
            Trading.Signal(Side.Buy);
            Trading.Run();
            ExecutionReport whole = held[0].Of(held[0].Handle);
            whole.Quantity = 2;
            Tell(1);
            Trading.Between.Snapshot = snapshot =>
            {
                snapshot.Positions = new[] { new PositionReport(TradingHarness.Account, TradingHarness.Instrument, 1,
                    TradingHarness.Price(5000.25), Trading.Clock.Now) };
                snapshot.Orders = snapshot.Orders.Where(order => order.Filled < 2).ToArray();
                return snapshot;
            };
            Trading.Pass(3 * Second);
            Assert.AreEqual(1, StopsAtMarket);
            Trading.Between.Snapshot = snapshot => snapshot;
            Trading.Between.Order = order => order;
            Trading.Desk.OnExecution(whole);
            Tell(2);
            AssertProtected(2);
        }

        [TestCase(5)]
        [TestCase(20)]
        public void AStopsFillThatIsToldAfterThePositionWasTakenForClosedClosesItOnce(int seconds)
        {
            Long();
            HoldFills();
            Trading.Quote(4998, 4998.25);
            Trading.Run();
            Trading.Pass((8 + seconds) * Second);
            Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            TellFills(true);
            AssertFlat();
            Trading.Pass(20 * Second);
            AssertFlat();
        }

        /// <summary>The position and the orders were gone for so long that its close was presumed.</summary>
        [Test]
        public void AStopsFillThatIsToldAfterItsPositionWasPresumedToBeClosedClosesItOnce()
        {
            Long();
            Away(Second);
            Trading.Quote(4998, 4998.25);
            Trading.Schedule.DropEvents();
            HidesPositions = HidesOrders = true;
            Back();
            Trading.Pass(20 * Second);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch), "believed to be gone");
            Show();
            Trading.Pass(20 * Second);
            AssertFlat();
        }

        /// <summary>Taken for open again, what a person closed would get a stop with nothing to close.</summary>
        [Test]
        public void AFillByHandThatIsToldAfterItsPositionWasPresumedToBeClosedOpensNothing()
        {
            Long();
            HoldFills();
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, LinkProtocol.NullPrice, "by hand", "");
            Trading.Run();
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, StopsAtMarket);
            TellFills(true);
            for (int i = 0; i < 200; i++)
            {
                Trading.Pass(50 * Milli);
                AssertFlat();
            }
        }

        /// <summary>Counted when they are told, a stop's fill opens a phantom, and an entry's gets a target that opens.</summary>
        [TestCase(true)]
        [TestCase(false)]
        public void FillsThatCancelOutAndAreToldAfterAFlatteningOpenNothing(bool stopFirst)
        {
            Long();
            Trading.Pass(Second);
            long stopped = Trading.Clock.Now - Milli;
            Trading.Between.Execution = execution =>
            {
                if (execution.Handle < 0)
                {
                    return execution;
                }
                held.Add(execution);
                return null;
            };
            Trading.Quote(4998, 4998.25);
            Trading.Run();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Assert.AreEqual(1, Trading.Position, "stopped out, and in again");
            Trading.Desk.Kill("test");
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.IsTrue(Status.IsFlatVerified);
            ExecutionReport[] late = held.Where(fill => fill.Time > stopped)
                .GroupBy(fill => fill.Handle).Select(group => group.First())
                .OrderBy(fill => fill.Side == OrderSide.Sell == stopFirst ? 0 : 1).ToArray();
            Assert.AreEqual(2, late.Length, "one of each order");
            Trading.Between.Execution = execution => null;
            foreach (ExecutionReport fill in late)
            {
                Trading.Desk.OnExecution(fill);
                Trading.Run();
                Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument), "a phantom");
                Trading.Pass(20 * Second);
                Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
                Assert.AreEqual(0, Trading.Position);
                Assert.IsEmpty(Trading.Platform.Working);
                Assert.IsTrue(Status.IsFlatVerified);
                Assert.IsNull(Status.Alarm);
            }
        }

        private void HoldFills()
        {
            Trading.Between.Execution = execution =>
            {
                held.Add(execution);
                return null;
            };
        }

        private void TellFills(bool hasOrder)
        {
            Trading.Between.Execution = execution => hasOrder ? execution : execution.Of(0);
            Trading.Desk.OnExecution(hasOrder ? held[0] : held[0].Of(0));
            Trading.Run();
        }

        private void AssertProtected(int quantity)
        {
            Assert.AreEqual(quantity, Trading.Position);
            Assert.AreEqual(quantity, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            Assert.AreEqual(quantity, Trading.Desk.Core.Executor.Trades.Single().Entered);
            Assert.AreEqual(quantity, StopsAtMarket);
            Assert.AreEqual(quantity, Trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining));
            Assert.IsFalse(Status.IsKilled);
        }

        private void AssertFlat()
        {
            Assert.AreEqual(0, Trading.Position);
            Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            Assert.AreEqual(0, Trading.Desk.Core.Executor.Others(Trading.Desk.Core.State.Active,
                TradingHarness.Instrument));
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsFalse(Status.IsKilled);
            Assert.IsNull(Status.Alarm);
        }
    }
}
