using System.Linq;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Stubs;
using NtState = NinjaTrader.Cbi.OrderState;
using NtTimeInForce = NinjaTrader.Cbi.TimeInForce;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// Orders through NinjaTrader's states as trading hears of them: filled in parts, held by others, refused on the way, and
    /// what is written into an order and read out of a fill.
    /// </summary>
    [TestFixture]
    public class OrderLifeTest : StubFixture
    {
        private HeardEvents heard;
        private NinjaPlatform.NinjaPlatform platform;

        [SetUp]
        public void Begin()
        {
            heard = new HeardEvents();
            platform = new NinjaPlatform.NinjaPlatform(new LocalClock());
            platform.Start(heard);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
        }

        [TearDown]
        public void End()
        {
            platform.Stop();
            StubThreads.Settle();
        }

        [Test]
        public void AnEntryFillsInParts()
        {
            Account.Broker.Lot = 1;
            Submit(Entry(3, 5001));
            Assert.AreEqual("Submitted Accepted Working PartFilled:1", heard.States(1));
            StubPlatform.Market(InstrumentName, 5000.5, 5000.75);
            Assert.AreEqual("Submitted Accepted Working PartFilled:1 PartFilled:2", heard.States(1));
            OrderReport part = heard.Orders.Last();
            Assert.AreEqual(3, part.Quantity);
            Assert.AreEqual(1, part.Remaining);
            Assert.AreEqual(5000500000000, part.AveragePrice, "of both parts");
            StubPlatform.Market(InstrumentName, 5000.5, 5000.75);
            Assert.AreEqual("Submitted Accepted Working PartFilled:1 PartFilled:2 Filled:3", heard.States(1));
            CollectionAssert.AreEqual(new[] { 1, 1, 1 }, heard.Executions.Select(fill => fill.Quantity));
            CollectionAssert.AllItemsAreUnique(heard.Executions.Select(fill => fill.ExecutionId));
            Assert.IsTrue(heard.Executions.All(fill => fill.Handle == 1));
            CollectionAssert.AreEqual(new[] { 5000250000000, 5000750000000, 5000750000000 },
                heard.Executions.Select(fill => fill.Price));
            CollectionAssert.AreEqual(new[] { 1, 2, 3 }, heard.Positions.Select(position => position.Quantity));
            Assert.AreEqual(5000583333333, heard.Positions.Last().AveragePrice, 1000);
        }

        [Test]
        public void TheRestOfAPartFillIsCancelled()
        {
            Account.Broker.Lot = 1;
            Submit(Entry(2, 5001));
            platform.Cancel(AccountName, 1);
            StubThreads.Settle();
            Assert.AreEqual("Submitted Accepted Working PartFilled:1 CancelPending:1 CancelSubmitted:1 Cancelled:1",
                heard.States(1));
            Assert.AreEqual(0, heard.Orders.Last().Remaining);
            Assert.AreEqual(1, heard.Positions.Last().Quantity);
            platform.RequestSnapshot(AccountName, 1);
            OrderReport order = heard.Snapshots.Single().Orders.Single();
            Assert.AreEqual(OrderStatus.Cancelled, order.Status);
            Assert.AreEqual(1, order.Filled);
        }

        [Test]
        public void ASnapshotShowsAPartFillAsWorking()
        {
            Account.Broker.Lot = 1;
            Submit(Entry(2, 5001));
            platform.RequestSnapshot(AccountName, 1);
            OrderReport order = heard.Snapshots.Single().Orders.Single();
            Assert.AreEqual(OrderStatus.PartFilled, order.Status);
            Assert.AreEqual(1, order.Remaining);
            Assert.AreEqual(1, heard.Snapshots.Single().Executions.Single().Quantity);
            Assert.AreEqual(1.75, heard.Snapshots.Single().Executions.Single().Cost, "commission and fee");
        }

        [Test]
        public void AChangeGoesThroughItsStates()
        {
            Submit(Stop(4990));
            platform.Change(new OrderChange(AccountName, 2, 3, LinkProtocol.NullPrice, 4991000000000));
            StubThreads.Settle();
            Assert.AreEqual("Submitted Accepted Working ChangePending ChangeSubmitted Accepted Working", heard.States(2));
            Assert.AreEqual(3, heard.Orders.Last().Quantity);
        }

        [TestCase(NtState.Working, "Submitted Accepted Working", "Filled:1")]
        [TestCase(NtState.Accepted, "Submitted Accepted", "Filled:1")]
        [TestCase(NtState.Suspended, "Submitted Accepted Suspended", "Working Filled:1")]
        [TestCase(NtState.TriggerPending, "TriggerPending", "Submitted Accepted Working Filled:1")]
        public void AStopWaitsWhereTheBrokerHoldsIt(NtState held, string waiting, string triggered)
        {
            Account.Broker.StopsWaitAs = held;
            Submit(Stop(4990));
            Assert.AreEqual(waiting, heard.States(2));
            Assert.AreEqual(1, heard.Orders.Last().Remaining, "it can fill, wherever it is held");
            platform.RequestSnapshot(AccountName, 1);
            Assert.AreEqual(1, heard.Snapshots.Single().Orders.Single().Remaining);
            StubPlatform.Market(InstrumentName, 4990, 4990.25);
            Assert.AreEqual(waiting + " " + triggered, heard.States(2));
        }

        [Test]
        public void ARiskCheckIsTold()
        {
            Account.Broker.HasRiskCheck = true;
            Submit(Entry(1, 5001));
            Assert.AreEqual("Submitted AcceptedByRisk Accepted Working Filled:1", heard.States(1));
        }

        [TestCase(ErrorCode.OrderRejected, OrderError.OrderRejected)]
        [TestCase(ErrorCode.OrderRejectedByRisk, OrderError.RejectedByRisk)]
        [TestCase(ErrorCode.UnableToSubmitOrder, OrderError.UnableToSubmit)]
        [TestCase(ErrorCode.Panic, OrderError.Other)]
        public void ARejectionSaysWhy(ErrorCode code, OrderError expected)
        {
            Account.Broker.RefusesNext = code;
            Submit(Entry(1, 5001));
            Assert.AreEqual("Submitted Rejected", heard.States(1));
            Assert.AreEqual(expected, heard.Orders.Last().Error);
            StringAssert.Contains("stub's broker", heard.Orders.Last().Comment);
        }

        [Test]
        public void ARefusedChangeAndARefusedCancelLeaveTheOrderWorking()
        {
            Submit(Stop(4990));
            Account.Broker.RefusesNext = ErrorCode.UnableToChangeOrder;
            platform.Change(new OrderChange(AccountName, 2, 3, LinkProtocol.NullPrice, 4991000000000));
            StubThreads.Settle();
            Assert.AreEqual(OrderStatus.Working, heard.Orders.Last().Status);
            Assert.AreEqual(OrderError.UnableToChange, heard.Orders.Last().Error);
            Assert.AreEqual(1, heard.Orders.Last().Quantity);
            Account.Broker.RefusesNext = ErrorCode.UnableToCancelOrder;
            platform.Cancel(AccountName, 2);
            StubThreads.Settle();
            Assert.AreEqual(OrderStatus.Working, heard.Orders.Last().Status);
            Assert.AreEqual(OrderError.UnableToCancel, heard.Orders.Last().Error);
        }

        [TestCase(OrderDuration.Day, NtTimeInForce.Day)]
        [TestCase(OrderDuration.GoodTillCancelled, NtTimeInForce.Gtc)]
        public void AnOrderLivesAsLongAsWasAskedAndSaysThatAProgramSentIt(OrderDuration duration, NtTimeInForce expected)
        {
            OrderTicket entry = Entry(1, 5001);
            OrderTicket stop = Stop(4990);
            entry.Duration = stop.Duration = duration;
            Submit(entry, stop);
            Assert.AreEqual(2, Account.Orders.Count);
            foreach (Order order in Account.Orders)
            {
                Assert.AreEqual(expected, order.TimeInForce);
                Assert.AreEqual(OrderEntry.Automated, order.OrderEntry);
            }
        }

        [TestCase(true)]
        [TestCase(false)]
        public void WhatWasCarriedOverIsNoFillOfToday(bool isMarked)
        {
            Account.CarryOver(Instrument, -2, 4990, isMarked);
            StubThreads.Settle();
            Submit(Entry(1, 5001));
            CollectionAssert.AreEqual(new[] { true, false }, heard.Executions.Select(fill => fill.IsStartOfDay));
            platform.RequestSnapshot(AccountName, 1);
            CollectionAssert.AreEqual(new[] { isMarked, false },
                heard.Snapshots.Single().Executions.Select(fill => fill.IsStartOfDay));
            foreach (ExecutionReport carried in new[] { heard.Executions[0], heard.Snapshots.Single().Executions[0] })
            {
                Assert.AreEqual(OrderSide.Sell, carried.Side);
                Assert.AreEqual(2, carried.Quantity);
                Assert.AreEqual(0, carried.Handle);
            }
        }

        /// <summary>NinjaTrader counts an order of unknown state as ended; the broker may fill it all the same.</summary>
        [Test]
        public void AnOrderOfUnknownStateThatCannotBeReadIsNotTakenForEnded()
        {
            Order lost = Account.CreateOrder(null, NinjaTrader.Cbi.OrderAction.Buy, NinjaTrader.Cbi.OrderType.Limit, OrderEntry.Manual,
                NtTimeInForce.Day, 1, 4990, 0, "", "lost", NinjaTrader.Core.Globals.MaxDate, null);
            lost.OrderState = NtState.Unknown;
            Account.Orders.Add(lost);
            platform.RequestSnapshot(AccountName, 1);
            Assert.AreEqual(1, heard.Snapshots.Single().Unreadable.Length);
            lost.OrderState = NtState.Cancelled;
            platform.RequestSnapshot(AccountName, 2);
            Assert.IsEmpty(heard.Snapshots.Last().Unreadable);
        }

        private void Submit(params OrderTicket[] tickets)
        {
            platform.Submit(tickets);
            StubThreads.Settle();
        }

        private static OrderTicket Entry(int quantity, double limit) => new OrderTicket
        {
            Handle = 1,
            Name = "TB-1-E",
            Account = AccountName,
            Instrument = InstrumentName,
            Purpose = OrderPurpose.Entry,
            Side = OrderSide.Buy,
            Kind = OrderKind.Limit,
            Quantity = quantity,
            LimitPrice = (long)(limit * 1e9)
        };

        private static OrderTicket Stop(double price) => new OrderTicket
        {
            Handle = 2,
            Name = "TB-1-S1",
            Account = AccountName,
            Instrument = InstrumentName,
            Purpose = OrderPurpose.StopLoss,
            Side = OrderSide.Sell,
            Kind = OrderKind.StopMarket,
            Quantity = 1,
            StopPrice = (long)(price * 1e9)
        };
    }
}
