using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Orders that the platform tells wrongly, late, again or in a way that cannot be read.</summary>
    [TestFixture]
    public class OrderFaultTest : TradingFaultFixture
    {
        [Test]
        public void AnEntryThatCannotBeCancelledKillsOnce()
        {
            Armed(settings => settings.EntryTimeout = Second);
            Trading.Platform.Faults.RefusesCancel = () => true;
            Trading.Signal(Side.Buy);
            Trading.Quote(5000.5, 5000.75);
            Trading.Run();
            Trading.Pass(4 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            StringAssert.Contains("cannot be cancelled", Trading.Desk.Status.KillReason);
            Trading.Platform.Faults.RefusesCancel = () => false;
            Trading.Pass(3 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnOrderBelievedLostThatWorksIsCancelledByKill()
        {
            Armed(settings => settings.EntryTimeout = 0);
            Trading.Platform.Faults.RefusesCancel = () => true;
            Trading.Between.Order = order => null;
            Trading.Between.Snapshot = snapshot =>
            {
                snapshot.Orders = new OrderReport[0];
                return snapshot;
            };
            Trading.Signal(Side.Buy);
            Trading.Quote(5000.5, 5000.75);
            Trading.Run();
            Trading.Pass(14 * Second);
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Entry).Count(), "it works, and nobody could see it");
            Assert.IsFalse(Trading.Desk.Core.State.Active.Working.Any(), "believed lost");
            Trading.Between.Order = order => order;
            Trading.Desk.OnOrder(Trading.WorkingOf(OrderPurpose.Entry).Single().Report(Trading.Clock.Now,
                OrderError.None, ""));
            Trading.Loop.RunAll();
            Assert.AreEqual(1, Trading.Desk.Core.State.Active.Working.Count(), "the platform's own word counts");
            Assert.IsTrue(Trading.Sink.Notices.Any(notice => notice.Text.Contains("believed to have ended")));
            Trading.Between.Snapshot = snapshot => snapshot;
            Trading.Platform.Faults.RefusesCancel = () => false;
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.IsEmpty(Trading.Platform.Working);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnOrderRefusedByTheLayerBetweenComesBackWhenThePlatformSaysSo()
        {
            Armed(settings => settings.EntryTimeout = 0);
            Trading.Quote(5000.5, 5000.75);
            bool isRefused = true;
            Trading.Between.Order = order => !isRefused ? order : new OrderReport
            {
                Handle = order.Handle, Name = order.Name, Account = order.Account, Instrument = order.Instrument,
                Side = order.Side, Kind = order.Kind, Quantity = order.Quantity, LimitPrice = order.LimitPrice,
                Status = OrderStatus.Rejected, Error = OrderError.UnableToSubmit, IsPresumed = true
            };
            Trading.Signal(Side.Buy, signal => Trading.Platform.SetQuote(TradingHarness.Instrument,
                TradingHarness.Price(5000), TradingHarness.Price(5000.25)));
            Trading.Platform.SetQuote(TradingHarness.Instrument, TradingHarness.Price(5000.5),
                TradingHarness.Price(5000.75));
            Trading.Run();
            Assert.IsFalse(Trading.Desk.Core.State.Active.Working.Any());
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.Entry).Count());
            isRefused = false;
            Trading.Desk.OnOrder(Trading.WorkingOf(OrderPurpose.Entry).Single().Report(Trading.Clock.Now,
                OrderError.None, ""));
            Trading.Loop.RunAll();
            Assert.AreEqual(1, Trading.Desk.Core.State.Active.Working.Count(), "the platform's own word counts");
            Trading.Pass(11 * Second);
            Assert.IsEmpty(Trading.WorkingOf(OrderPurpose.Entry), "disarmed and cancelled");
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
        }

        [Test]
        public void AnOrderThatWorksThoughThePlatformToldItsEndIsADifference()
        {
            Armed(settings => settings.EntryTimeout = 0);
            Trading.Signal(Side.Buy);
            Trading.Quote(5000.5, 5000.75);
            Trading.Run();
            SimulatedOrder entry = Trading.WorkingOf(OrderPurpose.Entry).Single();
            OrderReport end = entry.Report(Trading.Clock.Now, OrderError.None, "");
            end.Status = OrderStatus.Cancelled;
            Trading.Desk.OnOrder(end);
            Trading.Run();
            Trading.Pass(12 * Second);
            Assert.IsEmpty(Trading.WorkingOf(OrderPurpose.Entry));
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Mismatch));
        }

        [Test]
        public void ThePlatformsOwnNameOfAnInstrumentIsUsedEverywhere()
        {
            const string Own = "ES DEC26";
            var contract = new ContractSpec(Own, TradingHarness.Tick, 50, "UsDollar");
            Trading = new TradingHarness(settings => settings.Instruments = new[] { "ES 12-26" },
                between: between => between.Contract = name => contract);
            Trading.Platform.AddContract(contract);
            Trading.Platform.SetQuote(Own, TradingHarness.Price(5000), TradingHarness.Price(5000.25));
            Trading.Run();
            Assert.IsNull(Trading.Arm());
            Decision decision = Trading.Signal(Side.Buy);
            Assert.IsTrue(decision.IsSent, decision.Text);
            Assert.AreEqual(Own, decision.Instrument);
            Trading.Run();
            Assert.AreEqual(1, Trading.Platform.Position(TradingHarness.Account, Own));
            Assert.AreEqual(1, Trading.WorkingOf(OrderPurpose.StopLoss).Count());
            Assert.AreEqual(RiskRule.Opposing, Trading.Signal(Side.Sell).RefusedBy, "the position counts");
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, Trading.Platform.Position(TradingHarness.Account, Own));
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void OrdersOfLongAgoAreNotToldAgain()
        {
            Armed();
            for (int i = 0; i < 2100; i++)
            {
                Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                    OrderKind.Limit, 1, TradingHarness.Price(4000), "by hand", "");
                Trading.Run();
                Trading.Platform.Cancel(TradingHarness.Account, Trading.Platform.Working.Single().Ticket.Handle);
                Trading.Run();
            }
            int told = Trading.Sink.Orders.Count;
            Trading.Pass(11 * Second);
            Assert.AreEqual(told, Trading.Sink.Orders.Count);
        }

        [Test]
        public void OrdersThatEndedBeforeTheRunAreNoNews()
        {
            using (var earlier = new TradingHarness())
            {
                for (int i = 0; i < 20; i++)
                {
                    earlier.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                        i % 2 == 0 ? OrderKind.Market : OrderKind.Limit, 1, TradingHarness.Price(4000), "by hand " + i, "");
                }
                earlier.Run();
                SimulatedOrder[] waiting = earlier.Platform.Working.ToArray();
                foreach (SimulatedOrder order in waiting.Skip(1))
                {
                    earlier.Platform.Cancel(TradingHarness.Account, order.Ticket.Handle);
                }
                earlier.Stop();
                Trading = new TradingHarness(null, null, null, null, earlier);
                Assert.AreEqual(waiting[0].Ticket.Name, Trading.Sink.Orders.Single().Name);
                Trading.Platform.Cancel(TradingHarness.Account, waiting[0].Ticket.Handle);
                Trading.Run();
                Assert.AreEqual(OrderStatus.Cancelled, Trading.Sink.Orders.Last().Status);
                int told = Trading.Sink.Orders.Count;
                Trading.Pass(11 * Second);
                Assert.AreEqual(told, Trading.Sink.Orders.Count);
            }
        }

        [Test]
        public void WhatCannotBeReadDisarmsAndKeepsItsName()
        {
            Armed();
            Trading.Between.Snapshot = snapshot =>
            {
                snapshot.Unreadable = new[] { "an order without an instrument" };
                return snapshot;
            };
            Trading.Desk.OnUnreadable(TradingHarness.Account, "an order event without an instrument");
            Trading.Run();
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.IsNotNull(Trading.Arm());
            Assert.IsTrue(Trading.Sink.Notices.Any(notice => notice.Text == "an order without an instrument"));
            int told = Trading.Sink.Notices.Count(notice => notice.Text.StartsWith("an order"));
            Trading.Pass(30 * Second);
            Assert.AreEqual(told, Trading.Sink.Notices.Count(notice => notice.Text.StartsWith("an order")));
            Trading.Between.Snapshot = snapshot => snapshot;
            Trading.Pass(11 * Second);
            Assert.IsNull(Trading.Arm());
        }
    }
}
