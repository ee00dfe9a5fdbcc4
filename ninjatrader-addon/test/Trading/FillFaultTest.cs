using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// Fills that the platform tells without their order, without a price, otherwise than before or not at all.
    /// </summary>
    [TestFixture]
    public class FillFaultTest : TradingFaultFixture
    {
        [TestCase(true)]
        [TestCase(false)]
        public void AFillWithoutItsOrderIsOursAndGetsItsStop(bool fillFirst)
        {
            Armed();
            var late = new List<ExecutionReport>();
            Trading.Between.Execution = execution =>
            {
                ExecutionReport anonymous = execution.Of(0);
                if (fillFirst)
                {
                    return anonymous;
                }
                late.Add(anonymous);
                return null;
            };
            Trading.Signal(Side.Buy);
            Trading.Run();
            foreach (ExecutionReport fill in late)
            {
                Trading.Desk.OnExecution(fill);
            }
            Trading.Run();
            Assert.AreEqual(1, Trading.Position);
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.AreEqual(0, Trading.Desk.Core.Executor.Others(Trading.Desk.Core.State.Active,
                TradingHarness.Instrument));
            Trading.Quote(5002.25, 5002.5);
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsFalse(Trading.Desk.Status.IsKilled);
        }

        [Test]
        public void AFillByHandWithoutItsOrderIsNotOursForLong()
        {
            Armed(settings => settings.EntryTimeout = 0);
            Trading.Between.Execution = execution => execution.Of(0);
            Trading.Signal(Side.Buy);
            Trading.Quote(5000.5, 5000.75);
            Trading.Run();
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.AreEqual(1, Trading.Desk.Core.Executor.Others(Trading.Desk.Core.State.Active,
                TradingHarness.Instrument));
        }

        [Test]
        public void AFillThatIsToldNowhereIsProtectedByTheOrdersOwnWord()
        {
            Armed();
            Trading.Between.Execution = execution => null;
            Trading.Signal(Side.Buy);
            Trading.Run();
            Assert.AreEqual(1, Trading.Position);
            Trading.Pass(4 * Second);
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            KillAndVerify();
        }

        [Test]
        public void ACommissionThatComesLateAndACorrectedPriceCount()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            ExecutionReport fill = Trading.Sink.Executions.Single();
            Assert.AreEqual(12.5, Loss(), 1e-9, "a tick between bid and offer");
            ExecutionReport later = fill.Of(fill.Handle);
            later.Cost = 2.5;
            Trading.Desk.OnExecution(later);
            Trading.Desk.OnExecution(later);
            Trading.Run();
            Assert.AreEqual(15.0, Loss(), 1e-9);
            ExecutionReport dearer = later.Of(fill.Handle);
            dearer.Price += 4 * TradingHarness.Tick;
            Trading.Desk.OnExecution(dearer);
            Trading.Run();
            Assert.AreEqual(65.0, Loss(), 1e-9);
            Assert.AreEqual(1, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            Assert.AreEqual(1, Trading.Sink.Executions.Count);
            Assert.IsFalse(Trading.Desk.Status.IsKilled);
        }

        [Test]
        public void AFillWhoseQuantityIsCorrectedKills()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            ExecutionReport fill = Trading.Sink.Executions.Single();
            ExecutionReport larger = fill.Of(fill.Handle);
            larger.Quantity = 2;
            Trading.Desk.OnExecution(larger);
            Trading.Run();
            Trading.Pass(6 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnEntryFilledAtNoPriceKills()
        {
            Armed();
            Trading.Between.Execution = execution =>
            {
                ExecutionReport broken = execution.Of(execution.Handle);
                broken.Price = LinkProtocol.NullPrice;
                return broken;
            };
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Pass(6 * Second);
            StringAssert.Contains("no price", Trading.Desk.Status.KillReason);
            Assert.AreEqual(0, Trading.Position);
        }

        [Test]
        public void APositionTakenOverAtNoPriceRefusesAndKills()
        {
            Trading = new TradingHarness(between: between => between.Snapshot = snapshot =>
            {
                snapshot.Positions = snapshot.Positions.Select(held => new PositionReport(held.Account, held.Instrument,
                    held.Quantity, LinkProtocol.NullPrice, 0)).ToArray();
                return snapshot;
            });
            Assert.IsNull(Trading.Arm());
            // Its fill is told nowhere: the platform's position is taken for the truth.
            Trading.Between.Execution = execution => null;
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            Trading.Run();
            for (int i = 0; i < 12; i++)
            {
                Trading.Pass(Second);
                Trading.Requote();
                Trading.Run();
            }
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            StringAssert.Contains("loss of the day NaN", Trading.Desk.Status.KillReason);
        }

        private double Loss() => Trading.Desk.Core.State.Active.Profit.Loss(name => Trading.LastQuote);
    }
}
