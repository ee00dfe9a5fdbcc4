using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// Requests that the platform never does, undoes, or leaves hanging: what is open ends up with stops of its size in
    /// the market, or is closed.
    /// </summary>
    [TestFixture]
    public class LostRequestTest
    {
        private const long Second = TradingHarness.Second;
        private TradingHarness trading;

        /// <summary>Leaves an order's reports in the state where it hangs; null: none does.</summary>
        private Func<OrderReport, OrderReport> hanging;

        [TearDown]
        public void Close()
        {
            trading?.Dispose();
            trading = null;
            hanging = null;
        }

        [TestCase(0)]
        [TestCase(8)]
        public void AStopThatIsNeverEnlargedGetsAnotherBesideIt(int targetTicks)
        {
            FillOneOfTwo(targetTicks);
            trading.Platform.Faults.DropsRequest = request => request == OrderRequest.Change;
            FillTheOther();
            trading.Desk.Disarm("test");
            StringAssert.Contains("do not fit what is open", trading.Arm());
            Wait(6);
            Covered(2);
            Assert.IsNull(trading.Arm());
            StopsOutFlat();
        }

        [Test]
        public void AStopWhoseChangeThrowsGetsAnotherBesideIt()
        {
            FillOneOfTwo();
            trading.Between.Changing = (change, goOn) => { throw new InvalidOperationException("test"); };
            FillTheOther();
            Wait(6);
            Covered(2);
            StopsOutFlat();
        }

        [TestCase(OrderError.Other)]
        [TestCase(OrderError.OrderRejected)]
        [TestCase(OrderError.UnableToChange)]
        public void AChangeAnsweredWithAnyErrorIsRefused(OrderError error)
        {
            FillOneOfTwo();
            trading.Platform.Faults.RefusesChange = () => true;
            trading.Between.Order = order =>
            {
                order.Error = order.Error == OrderError.UnableToChange ? error : order.Error;
                return order;
            };
            FillTheOther();
            Covered(2);
            StopsOutFlat();
        }

        [Test]
        public void AChangeLostWithTheConnectionIsMadeGoodOnceItIsBack()
        {
            FillOneOfTwo();
            trading.Platform.Faults.DropsRequest = request =>
            {
                if (request == OrderRequest.Change)
                {
                    trading.Platform.SetConnected(false);
                }
                return request == OrderRequest.Change;
            };
            FillTheOther();
            Wait(20);
            trading.Platform.SetConnected(true);
            Wait(7);
            Covered(2);
            StopsOutFlat();
        }

        [Test]
        public void AChangeDoneWhileTheConnectionWasAwayIsNotMadeTwice()
        {
            FillOneOfTwo();
            trading.Between.Changing = (change, goOn) =>
            {
                goOn();
                while (trading.WorkingOf(OrderPurpose.StopLoss).Single().Quantity < 2)
                {
                    trading.Schedule.Step();
                }
                trading.Platform.SetConnected(false);
                trading.Schedule.DropEvents();
            };
            FillTheOther();
            Wait(20);
            int brackets = trading.Platform.Orders.Count();
            trading.Platform.SetConnected(true);
            Wait(7);
            Covered(2);
            Assert.AreEqual(brackets, trading.Platform.Orders.Count(), "the reconnect's snapshot shows the change");
        }

        [Test]
        public void AChangeThatIsUndoneInSilenceIsMadeGood()
        {
            FillOneOfTwo();
            FillTheOther();
            Covered(2);
            trading.WorkingOf(OrderPurpose.StopLoss).Single().Quantity = 1;
            Wait(12);
            Covered(2);
            StopsOutFlat();
        }

        [Test]
        public void ChangesThatAreAlwaysUndoneAreNotAskedForEver()
        {
            FillOneOfTwo();
            FillTheOther();
            int asked = 0;
            trading.Between.Changing = (change, goOn) =>
            {
                asked++;
                goOn();
            };
            for (int i = 0; i < 5; i++)
            {
                trading.WorkingOf(OrderPurpose.StopLoss).First().Quantity = 1;
                Wait(12);
            }
            Covered(2);
            Assert.AreEqual(0, asked);
        }

        [Test]
        public void AChangeThatIsDoneAfterItWasGivenUpLeavesNoStopTooMany()
        {
            FillOneOfTwo();
            Action late = null;
            trading.Between.Changing = (change, goOn) => late = goOn;
            FillTheOther();
            Wait(6);
            Covered(2);
            late();
            Wait(12);
            Covered(2);
            StopsOutFlat();
        }

        [TestCase(0)]
        [TestCase(8)]
        public void AStopThatIsNeverMadeSmallerDoesNotTurnThePositionRound(int targetTicks)
        {
            FillOneOfTwo(targetTicks);
            FillTheOther();
            trading.Platform.Faults.DropsRequest = request => request == OrderRequest.Change;
            ByHand(OrderSide.Sell);
            Wait(7);
            Covered(1);
            StopsOutFlat();
        }

        [Test]
        public void AStopThatCanNeitherBeMadeSmallerNorCancelledKills()
        {
            FillOneOfTwo();
            FillTheOther();
            trading.Platform.Faults.DropsRequest = request => true;
            ByHand(OrderSide.Sell);
            Wait(9);
            Killed("for 1 that is open");
        }

        [Test]
        public void AStopThatIsNotCancelledWhereNothingIsOpenKills()
        {
            FillOneOfTwo();
            FillTheOther();
            trading.Platform.Faults.DropsRequest = request => request == OrderRequest.Cancel;
            ByHand(OrderSide.Sell);
            ByHand(OrderSide.Sell);
            Wait(9);
            Killed("for 0 that is open");
        }

        [TestCase(OrderStatus.Submitted)]
        [TestCase(OrderStatus.Initialized)]
        [TestCase(OrderStatus.AcceptedByRisk)]
        [TestCase(OrderStatus.Unknown)]
        public void AStopThatNeverReachesTheMarketKills(OrderStatus status)
        {
            Hang(OrderPurpose.StopLoss, status);
            Armed(0);
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(2, trading.Position);
            Wait(4);
            Assert.IsFalse(trading.Desk.Status.IsKilled, "it gets its time");
            Wait(2);
            Killed("stops of 0 ");
        }

        [TestCase(OrderStatus.Suspended)]
        [TestCase(OrderStatus.Unknown)]
        public void AStopThatLeavesTheMarketWithoutEndingKills(OrderStatus status)
        {
            FillOneOfTwo();
            FillTheOther();
            Covered(2);
            Hang(OrderPurpose.StopLoss, status);
            OrderReport report = trading.WorkingOf(OrderPurpose.StopLoss).Single().Report(trading.Clock.Now,
                OrderError.None, "");
            report.Status = status;
            trading.Desk.OnOrder(report);
            Wait(2);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Wait(2);
            Killed("stops of 0 ");
        }

        [Test]
        public void AStopOfWhichThePlatformKnowsNothingKills()
        {
            Armed(0);
            bool isEntry = true;
            trading.Platform.Faults.DropsRequest = request =>
            {
                bool drops = request == OrderRequest.Submit && !isEntry;
                isEntry = false;
                return drops;
            };
            trading.Signal(Side.Buy);
            trading.Run();
            Wait(6);
            trading.Platform.Faults.DropsRequest = request => false;
            Wait(10);
            Killed("");
        }

        [TestCase(OrderStatus.Submitted, true)]
        [TestCase(OrderStatus.Initialized, true)]
        [TestCase(OrderStatus.Unknown, true)]
        [TestCase(OrderStatus.CancelPending, true)]
        [TestCase(OrderStatus.TriggerPending, false)]
        [TestCase(OrderStatus.ChangeSubmitted, false)]
        public void AnAtmStopCountsOnlyInTheMarket(OrderStatus status, bool kills)
        {
            Hang(OrderPurpose.Foreign, status);
            Armed(0, settings => settings.AtmTemplate = "MyAtm");
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.StopMarket, 2, TradingHarness.Price(4990), "Stop1", "atm");
            trading.Run();
            Wait(4);
            Assert.AreEqual(kills, trading.Desk.Status.IsKilled);
        }

        private void Hang(OrderPurpose purpose, OrderStatus status)
        {
            hanging = order =>
            {
                if (trading == null || order.Kind != OrderKind.StopMarket || OrderStatuses.IsTerminal(order.Status)
                    || trading.Platform.Orders.All(one => one.Ticket.Handle != order.Handle
                        || one.Ticket.Purpose != purpose))
                {
                    return order;
                }
                order.Status = status;
                return order;
            };
            if (trading != null)
            {
                Interpose(trading.Between);
            }
        }

        private void Interpose(InterposedPlatform between)
        {
            if (hanging != null)
            {
                between.Order = hanging;
                between.Snapshot = snapshot =>
                {
                    snapshot.Orders = snapshot.Orders.Select(hanging).ToArray();
                    return snapshot;
                };
            }
        }

        private void FillOneOfTwo(int targetTicks = 0)
        {
            Armed(targetTicks);
            trading.Platform.Faults.FillOf = quantity => 1;
            trading.Signal(Side.Buy);
            while (trading.Position == 0)
            {
                trading.Schedule.Step();
            }
            trading.Quote(5000.25, 5000.5);
            trading.Run();
            Covered(1);
        }

        private void FillTheOther()
        {
            trading.Platform.Faults.FillOf = quantity => quantity;
            trading.Quote(5000, 5000.25);
            trading.Run();
            Assert.AreEqual(2, trading.Position);
        }

        private void Armed(int targetTicks, Action<TradingSettings> change = null)
        {
            trading = new TradingHarness(settings =>
            {
                settings.OrderQuantity = 2;
                settings.TargetTicks = targetTicks;
                settings.EntryTimeout = 0;
                settings.MaxDailyLoss = 1e6;
                change?.Invoke(settings);
            });
            Interpose(trading.Between);
            Assert.IsNull(trading.Arm());
        }

        private void ByHand(OrderSide side)
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, side, OrderKind.Market, 1, 0,
                "by hand", "");
            trading.Run();
        }

        private void Wait(int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                trading.Pass(Second);
                trading.Requote();
                trading.Run();
            }
        }

        private void Covered(int quantity)
        {
            Assert.IsFalse(trading.Desk.Status.IsKilled, trading.Desk.Status.KillReason);
            Assert.AreEqual(quantity, trading.Position);
            Assert.AreEqual(quantity, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.LessOrEqual(trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining), quantity);
        }

        private void StopsOutFlat()
        {
            trading.Platform.Faults.DropsRequest = request => false;
            trading.Between.Changing = (change, goOn) => goOn();
            trading.Quote(4990, 4990.25);
            trading.Run();
            Wait(3);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsKilled, trading.Desk.Status.KillReason);
        }

        private void Killed(string reason)
        {
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains(reason, trading.Desk.Status.KillReason);
            trading.Platform.Faults.DropsRequest = request => false;
            trading.Between.Order = order => order;
            trading.Between.Snapshot = snapshot => snapshot;
            Wait(15);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }
    }
}
