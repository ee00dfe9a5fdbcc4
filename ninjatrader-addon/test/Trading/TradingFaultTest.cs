using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>What platforms do that they should not: no position without its stop comes of it, and kill works.</summary>
    [TestFixture]
    public class TradingFaultTest
    {
        private const long Second = TradingHarness.Second;
        private TradingHarness trading;

        [TearDown]
        public void Close()
        {
            trading?.Dispose();
            trading = null;
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AnEntryWhoseSubmissionThrowsIsProtectedAndKillWorks(bool brokerHasIt)
        {
            Armed();
            trading.Between.Submitting = (tickets, goOn) =>
            {
                if (brokerHasIt || tickets[0].Purpose != OrderPurpose.Entry)
                {
                    goOn();
                }
                if (tickets[0].Purpose == OrderPurpose.Entry)
                {
                    throw new InvalidOperationException("test");
                }
            };
            // It fills before it can be cancelled.
            trading.Platform.Faults.RefusesCancel = () => true;
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.Faults.RefusesCancel = () => false;
            trading.Pass(8 * Second);
            Assert.AreEqual(brokerHasIt ? 1 : 0, trading.Position);
            Assert.AreEqual(trading.Position, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.IsFalse(trading.Desk.Status.IsArmed, "nobody knows whether the order is there");
            KillAndVerify();
        }

        [Test]
        public void AStopWhoseSubmissionThrowsKills()
        {
            Armed();
            trading.Between.Submitting = (tickets, goOn) =>
            {
                if (tickets[0].Purpose == OrderPurpose.StopLoss)
                {
                    throw new InvalidOperationException("test");
                }
                goOn();
            };
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Pass(8 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void APartThatThrowsAtEachTimerClosesEverythingAndStopsNoOther()
        {
            Armed(null, TradingMode.Live, "Live1");
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(1, trading.Platform.Position("Live1", TradingHarness.Instrument));
            trading.Desk.AttachRights(() => { throw new InvalidOperationException("test"); });
            trading.Run();
            trading.Timer();
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Platform.Position("Live1", TradingHarness.Instrument));
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            StringAssert.Contains("the right to trade", trading.Desk.Status.Alarm);
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.Alarm), "told once, not with each timer");
            string audit = string.Concat(Directory.GetFiles(trading.Folder, "*.log").Select(file =>
            {
                using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                {
                    return new StreamReader(stream).ReadToEnd();
                }
            }));
            StringAssert.Contains("internal error in the right to trade", audit);
            trading.Desk.AttachRights(() => PeerRights.Trade);
            string answer = "none";
            trading.Desk.ClearKill(why => answer = why);
            trading.Run();
            Assert.IsNull(answer);
            Assert.IsNull(trading.Desk.Status.Alarm);
        }

        [Test]
        public void APlatformThatThrowsOnEverythingStillGetsAKillLatchedAlarmedAndShown()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Between.Flattening = (account, instrument, goOn) => { throw new InvalidOperationException("test"); };
            trading.Between.Submitting = (tickets, goOn) => { throw new InvalidOperationException("test"); };
            trading.Between.Snapshotting = account => { throw new InvalidOperationException("test"); };
            trading.Between.Contract = instrument => { throw new InvalidOperationException("test"); };
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(7 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsFalse(trading.Desk.Status.IsFlatVerified);
            Assert.IsNotNull(trading.Desk.Status.Alarm);
            trading.Between.Flattening = (account, instrument, goOn) => goOn();
            trading.Between.Submitting = (tickets, goOn) => goOn();
            trading.Between.Snapshotting = account => { };
            trading.Requote();
            trading.Pass(30 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnAnswerThatThrowsStopsNoDisarmingAndNoKill()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.Disarm("test");
            trading.Desk.Arm(TradingMode.Simulation, TradingHarness.Account, null,
                why => { throw new InvalidOperationException("test"); });
            trading.Loop.RunAll();
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnEntryThatCannotBeCancelledKillsOnce()
        {
            Armed(settings => settings.EntryTimeout = Second);
            trading.Platform.Faults.RefusesCancel = () => true;
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            trading.Pass(4 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains("cannot be cancelled", trading.Desk.Status.KillReason);
            trading.Platform.Faults.RefusesCancel = () => false;
            trading.Pass(3 * Second);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnOrderBelievedLostThatWorksIsCancelledByKill()
        {
            Armed(settings => settings.EntryTimeout = 0);
            trading.Platform.Faults.RefusesCancel = () => true;
            trading.Between.Order = order => null;
            trading.Between.Snapshot = snapshot =>
            {
                snapshot.Orders = new OrderReport[0];
                return snapshot;
            };
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            trading.Pass(8 * Second);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count(), "it works, and nobody could see it");
            Assert.IsFalse(trading.Desk.Core.State.Active.Working.Any(), "believed lost");
            trading.Between.Order = order => order;
            trading.Desk.OnOrder(trading.WorkingOf(OrderPurpose.Entry).Single().Report(trading.Clock.Now,
                OrderError.None, ""));
            trading.Loop.RunAll();
            Assert.AreEqual(1, trading.Desk.Core.State.Active.Working.Count(), "the platform's own word counts");
            Assert.IsTrue(trading.Sink.Notices.Any(notice => notice.Text.Contains("believed to have ended")));
            trading.Between.Snapshot = snapshot => snapshot;
            trading.Platform.Faults.RefusesCancel = () => false;
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnOrderRefusedByTheLayerBetweenComesBackWhenThePlatformSaysSo()
        {
            Armed(settings => settings.EntryTimeout = 0);
            trading.Quote(5000.5, 5000.75);
            bool isRefused = true;
            trading.Between.Order = order => !isRefused ? order : new OrderReport
            {
                Handle = order.Handle, Name = order.Name, Account = order.Account, Instrument = order.Instrument,
                Side = order.Side, Kind = order.Kind, Quantity = order.Quantity, LimitPrice = order.LimitPrice,
                Status = OrderStatus.Rejected, Error = OrderError.UnableToSubmit, IsPresumed = true
            };
            trading.Signal(Side.Buy, signal => trading.Platform.SetQuote(TradingHarness.Instrument,
                TradingHarness.Price(5000), TradingHarness.Price(5000.25)));
            trading.Platform.SetQuote(TradingHarness.Instrument, TradingHarness.Price(5000.5),
                TradingHarness.Price(5000.75));
            trading.Run();
            Assert.IsFalse(trading.Desk.Core.State.Active.Working.Any());
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());
            isRefused = false;
            trading.Desk.OnOrder(trading.WorkingOf(OrderPurpose.Entry).Single().Report(trading.Clock.Now,
                OrderError.None, ""));
            trading.Loop.RunAll();
            Assert.AreEqual(1, trading.Desk.Core.State.Active.Working.Count(), "the platform's own word counts");
            trading.Pass(11 * Second);
            Assert.IsEmpty(trading.WorkingOf(OrderPurpose.Entry), "disarmed and cancelled");
            Assert.IsFalse(trading.Desk.Status.IsArmed);
        }

        [Test]
        public void AnOrderThatWorksThoughThePlatformToldItsEndIsADifference()
        {
            Armed(settings => settings.EntryTimeout = 0);
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            SimulatedOrder entry = trading.WorkingOf(OrderPurpose.Entry).Single();
            OrderReport end = entry.Report(trading.Clock.Now, OrderError.None, "");
            end.Status = OrderStatus.Cancelled;
            trading.Desk.OnOrder(end);
            trading.Run();
            trading.Pass(12 * Second);
            Assert.IsEmpty(trading.WorkingOf(OrderPurpose.Entry));
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.Mismatch));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AFillWithoutItsOrderIsOursAndGetsItsStop(bool fillFirst)
        {
            Armed();
            var late = new List<ExecutionReport>();
            trading.Between.Execution = execution =>
            {
                ExecutionReport anonymous = execution.Of(0);
                if (fillFirst)
                {
                    return anonymous;
                }
                late.Add(anonymous);
                return null;
            };
            trading.Signal(Side.Buy);
            trading.Run();
            foreach (ExecutionReport fill in late)
            {
                trading.Desk.OnExecution(fill);
            }
            trading.Run();
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.AreEqual(0, trading.Desk.Core.Executor.Others(trading.Desk.Core.State.Active,
                TradingHarness.Instrument));
            trading.Quote(5002.25, 5002.5);
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void AFillByHandWithoutItsOrderIsNotOursForLong()
        {
            Armed(settings => settings.EntryTimeout = 0);
            trading.Between.Execution = execution => execution.Of(0);
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(1, trading.Desk.Core.Executor.Others(trading.Desk.Core.State.Active,
                TradingHarness.Instrument));
        }

        [Test]
        public void AFillThatIsToldNowhereIsProtectedByTheOrdersOwnWord()
        {
            Armed();
            trading.Between.Execution = execution => null;
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
            trading.Pass(4 * Second);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            KillAndVerify();
        }

        [Test]
        public void AnAtmEntryWithoutAStopKills()
        {
            Armed(settings => settings.AtmTemplate = "MyAtm");
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Pass(2 * Second);
            Assert.IsFalse(trading.Desk.Status.IsKilled, "the ATM strategy gets its time");
            trading.Pass(4 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.AreEqual(0, trading.Position);
        }

        [Test]
        public void AnAtmStopThatCoversAPartOnlyKillsAndOneThatCoversAllDoesNot()
        {
            Armed(settings =>
            {
                settings.AtmTemplate = "MyAtm";
                settings.OrderQuantity = 2;
            });
            trading.Signal(Side.Buy);
            trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm2");
            trading.Run();
            trading.Pass(5 * Second);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            trading.Platform.Cancel(TradingHarness.Account, trading.WorkingOf(OrderPurpose.Foreign).Last()
                .Ticket.Handle);
            trading.Run();
            trading.Pass(5 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains("no stop that covers", trading.Desk.Status.KillReason);
        }

        [Test]
        public void APersonsProtectiveStopIsNoOrphanOfTheAtmStrategy()
        {
            Armed(settings =>
            {
                settings.AtmTemplate = "MyAtm";
                settings.MaxDailyLoss = 10000;
            });
            trading.Signal(Side.Buy);
            trading.Run();
            Foreign(OrderKind.StopMarket, 1, 4990, "atm1");
            trading.Run();
            trading.Quote(4989.75, 4990);
            trading.Run();
            Assert.AreEqual(0, trading.Position, "the ATM strategy's stop");
            // At once a person buys, with a stop and a target of his own.
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            Foreign(OrderKind.StopMarket, 1, 4980, "mine");
            Foreign(OrderKind.Limit, 1, 5020, "mine");
            trading.Run();
            Assert.AreEqual(1, trading.Position);
            trading.Pass(10 * Second);
            Assert.AreEqual(2, trading.Platform.Working.Count(order => order.Ticket.OcoGroup == "mine"));
            Assert.AreEqual(0, trading.Sink.Count(NoticeKind.OrphanCancelled));
        }

        [Test]
        public void APersonsBreakoutOrdersAreNoOrphans()
        {
            Armed(settings => settings.AtmTemplate = "MyAtm");
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.StopMarket, 1, TradingHarness.Price(5050), "breakout", "mine");
            Foreign(OrderKind.StopMarket, 1, 4950, "mine");
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "Close", "");
            trading.Run();
            trading.Pass(6 * Second);
            Assert.AreEqual(2, trading.Platform.Working.Count());
        }

        [Test]
        public void ASimulationOnAnAccountWithRealMoneyIsRefused()
        {
            trading = new TradingHarness(settings =>
            {
                settings.SimulationAccounts = new[] { "Sim101", "Live1" };
                settings.LiveAccounts = new string[0];
            });
            trading.Platform.Simulates = account => account != "Live1";
            StringAssert.Contains("not say that Live1 is a simulation account", trading.Arm(TradingMode.Simulation,
                "Live1"));
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsNull(trading.Arm());
            trading.Platform.Simulates = account => false;
            trading.Pass(11 * Second);
            Assert.AreEqual(RiskRule.Account, trading.Signal(Side.Buy).RefusedBy, "and the gate asks again");
        }

        [Test]
        public void LiveIsDisarmedWhenTheGatewayTakesTheRightToTradeAway()
        {
            Armed(null, TradingMode.Live, "Live1");
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Run();
            trading.Rights = PeerRights.View;
            Assert.AreEqual(RiskRule.LinkRights, trading.Signal(Side.Buy).RefusedBy);
            trading.Pass(2 * Second);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            StringAssert.Contains("only view", trading.Arm(TradingMode.Live, "Live1", "TRADE LIVE ON Live1"));
            trading.Quote(5002.25, 5002.5);
            trading.Run();
            Assert.IsNull(trading.Arm(), "a simulation needs no right");
        }

        [Test]
        public void ThePlatformsOwnNameOfAnInstrumentIsUsedEverywhere()
        {
            const string Own = "ES DEC26";
            var contract = new ContractSpec(Own, TradingHarness.Tick, 50, "UsDollar");
            trading = new TradingHarness(settings => settings.Instruments = new[] { "ES 12-26" },
                between: between => between.Contract = name => contract);
            trading.Platform.AddContract(contract);
            trading.Platform.SetQuote(Own, TradingHarness.Price(5000), TradingHarness.Price(5000.25));
            trading.Run();
            Assert.IsNull(trading.Arm());
            Decision decision = trading.Signal(Side.Buy);
            Assert.IsTrue(decision.IsSent, decision.Text);
            Assert.AreEqual(Own, decision.Instrument);
            trading.Run();
            Assert.AreEqual(1, trading.Platform.Position(TradingHarness.Account, Own));
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count());
            Assert.AreEqual(RiskRule.Opposing, trading.Signal(Side.Sell).RefusedBy, "the position counts");
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Platform.Position(TradingHarness.Account, Own));
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void OrdersOfLongAgoAreNotToldAgain()
        {
            Armed();
            for (int i = 0; i < 2100; i++)
            {
                trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                    OrderKind.Limit, 1, TradingHarness.Price(4000), "by hand", "");
                trading.Run();
                trading.Platform.Cancel(TradingHarness.Account, trading.Platform.Working.Single().Ticket.Handle);
                trading.Run();
            }
            int told = trading.Sink.Orders.Count;
            trading.Pass(11 * Second);
            Assert.AreEqual(told, trading.Sink.Orders.Count);
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
                trading = new TradingHarness(null, null, null, null, earlier);
                Assert.AreEqual(waiting[0].Ticket.Name, trading.Sink.Orders.Single().Name);
                trading.Platform.Cancel(TradingHarness.Account, waiting[0].Ticket.Handle);
                trading.Run();
                Assert.AreEqual(OrderStatus.Cancelled, trading.Sink.Orders.Last().Status);
                int told = trading.Sink.Orders.Count;
                trading.Pass(11 * Second);
                Assert.AreEqual(told, trading.Sink.Orders.Count);
            }
        }

        [TestCase(50)]
        [TestCase(1050)]
        [TestCase(2050)]
        [TestCase(4000)]
        public void AFlattenOfThePlatformThatComesLateDoesNotTurnThePositionRound(int millis)
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            Action late = null;
            trading.Between.Flattening = (account, instrument, goOn) => late = goOn;
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(millis * TradingHarness.Milli);
            Assert.AreEqual(1, trading.Position, "nothing of ours was faster");
            late();
            int lowest = 0;
            for (int i = 0; i < 200; i++)
            {
                trading.Requote();
                trading.Pass(50 * TradingHarness.Milli);
                lowest = Math.Min(lowest, trading.Position);
            }
            Assert.AreEqual(0, lowest);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AFlattenOfThePlatformThatNeverComesIsDoneByUs()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Between.Flattening = (account, instrument, goOn) => { };
            trading.Desk.Kill("the button");
            trading.Run();
            for (int i = 0; i < 8; i++)
            {
                trading.Requote();
                trading.Pass(Second);
            }
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [TestCase(20000)]
        [TestCase(30000)]
        public void ACollarThatReachesBelowNothingStillCloses(int ticks)
        {
            Armed(settings => settings.KillCollarTicks = ticks);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Between.Flattening = (account, instrument, goOn) => { };
            trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.Exit && ticket.LimitPrice <= 0
                && ticket.Kind == OrderKind.Limit;
            KillAndVerify();
            OrderTicket exit = trading.Platform.Orders.Single(order => order.Ticket.Purpose == OrderPurpose.Exit).Ticket;
            Assert.AreEqual(OrderKind.Limit, exit.Kind);
            Assert.AreEqual(TradingHarness.Tick, exit.LimitPrice);
        }

        [Test]
        public void AnExitWhoseLimitIsRejectedGoesToTheMarket()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Between.Flattening = (account, instrument, goOn) => { };
            int rejected = 0;
            trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.Exit
                && (ticket.Kind == OrderKind.Limit || rejected++ == 0);
            trading.Desk.Kill("the button");
            for (int i = 0; i < 60; i++)
            {
                trading.Requote();
                trading.Pass(Second);
            }
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            CollectionAssert.AreEqual(new[] { OrderKind.Limit, OrderKind.Market, OrderKind.Limit, OrderKind.Market },
                trading.Platform.Orders.Where(order => order.Ticket.Purpose == OrderPurpose.Exit)
                    .Select(order => order.Ticket.Kind).ToArray());
        }

        [Test]
        public void OurExitGivesWayToThePlatformsClose()
        {
            Armed(settings => settings.KillCollarTicks = 1);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Between.Flattening = (account, instrument, goOn) => { };
            trading.Between.Submitting = (tickets, goOn) =>
            {
                goOn();
                // The market runs away before our exit can fill.
                trading.Quote(4999, 4999.25);
            };
            trading.Desk.Kill("the button");
            trading.Run();
            for (int i = 0; i < 10 && !trading.WorkingOf(OrderPurpose.Exit).Any(); i++)
            {
                trading.Requote();
                trading.Pass(500 * TradingHarness.Milli);
            }
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Exit).Count());
            Foreign(OrderKind.Limit, 1, 5010, "");
            trading.Run();
            trading.Pass(50 * TradingHarness.Milli);
            Assert.IsEmpty(trading.WorkingOf(OrderPurpose.Exit), "both would turn the position round");
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Foreign).Count());
        }

        [Test]
        public void ExitsOfTwoKillsNeverShareAName()
        {
            Armed();
            trading.Between.Flattening = (account, instrument, goOn) => { throw new InvalidOperationException("test"); };
            for (int i = 0; i < 2; i++)
            {
                trading.Signal(Side.Buy);
                trading.Run();
                KillAndVerify();
                string answer = "none";
                trading.Desk.ClearKill(why => answer = why);
                trading.Run();
                Assert.IsNull(answer);
                Assert.IsNull(trading.Arm());
            }
            string[] names = trading.Platform.Orders.Where(order => order.Ticket.Purpose == OrderPurpose.Exit)
                .Select(order => order.Ticket.Name).ToArray();
            Assert.AreEqual(2, names.Length);
            CollectionAssert.AllItemsAreUnique(names);
        }

        [Test]
        public void ACommissionThatComesLateAndACorrectedPriceCount()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            ExecutionReport fill = trading.Sink.Executions.Single();
            Assert.AreEqual(12.5, Loss(), 1e-9, "a tick between bid and offer");
            ExecutionReport later = fill.Of(fill.Handle);
            later.Cost = 2.5;
            trading.Desk.OnExecution(later);
            trading.Desk.OnExecution(later);
            trading.Run();
            Assert.AreEqual(15.0, Loss(), 1e-9);
            ExecutionReport dearer = later.Of(fill.Handle);
            dearer.Price += 4 * TradingHarness.Tick;
            trading.Desk.OnExecution(dearer);
            trading.Run();
            Assert.AreEqual(65.0, Loss(), 1e-9);
            Assert.AreEqual(1, trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            Assert.AreEqual(1, trading.Sink.Executions.Count);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void AFillWhoseQuantityIsCorrectedKills()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            ExecutionReport fill = trading.Sink.Executions.Single();
            ExecutionReport larger = fill.Of(fill.Handle);
            larger.Quantity = 2;
            trading.Desk.OnExecution(larger);
            trading.Run();
            trading.Pass(6 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnEntryFilledAtNoPriceKills()
        {
            Armed();
            trading.Between.Execution = execution =>
            {
                ExecutionReport broken = execution.Of(execution.Handle);
                broken.Price = LinkProtocol.NullPrice;
                return broken;
            };
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Pass(6 * Second);
            StringAssert.Contains("no price", trading.Desk.Status.KillReason);
            Assert.AreEqual(0, trading.Position);
        }

        [Test]
        public void WhatCannotBeReadDisarmsAndKeepsItsName()
        {
            Armed();
            trading.Between.Snapshot = snapshot =>
            {
                snapshot.Unreadable = new[] { "an order without an instrument" };
                return snapshot;
            };
            trading.Desk.OnUnreadable(TradingHarness.Account, "an order event without an instrument");
            trading.Run();
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsNotNull(trading.Arm());
            Assert.IsTrue(trading.Sink.Notices.Any(notice => notice.Text == "an order without an instrument"));
            int told = trading.Sink.Notices.Count(notice => notice.Text.StartsWith("an order"));
            trading.Pass(30 * Second);
            Assert.AreEqual(told, trading.Sink.Notices.Count(notice => notice.Text.StartsWith("an order")));
            trading.Between.Snapshot = snapshot => snapshot;
            trading.Pass(11 * Second);
            Assert.IsNull(trading.Arm());
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AnErrorOfOursWhileAnAccountIsBeingArmedGivesThatUp(bool isReleased)
        {
            trading = new TradingHarness();
            trading.Platform.Faults.HoldsAnswers = () => true;
            string answer = "none";
            trading.Desk.Arm(TradingMode.Simulation, TradingHarness.Account, null, why => answer = why);
            trading.Run();
            trading.Desk.Core.Failed(new InvalidOperationException("test"));
            trading.Platform.Faults.HoldsAnswers = () => false;
            string cleared = "none";
            if (isReleased)
            {
                trading.Desk.ClearKill(why => cleared = why);
                trading.Run();
                Assert.IsNull(cleared);
            }
            trading.Platform.Answer();
            trading.Run();
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.AreEqual(!isReleased, trading.Desk.Status.IsKilled);
            StringAssert.Contains("internal error", answer);
        }

        [Test]
        public void WhatIsTrueWhenArmingIsAskedForMustStillBeWhenItIsDone()
        {
            trading = new TradingHarness();
            trading.Platform.Faults.HoldsAnswers = () => true;
            string answer = "none";
            trading.Desk.Arm(TradingMode.Live, "Live1", TradingSettings.LiveConfirmation("Live1"), why => answer = why);
            trading.Run();
            trading.Rights = PeerRights.View;
            trading.Platform.Faults.HoldsAnswers = () => false;
            trading.Platform.Answer();
            trading.Run();
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            StringAssert.Contains("only view", answer);
        }

        [Test]
        public void APositionTakenOverAtNoPriceRefusesAndKills()
        {
            trading = new TradingHarness(between: between => between.Snapshot = snapshot =>
            {
                snapshot.Positions = snapshot.Positions.Select(held => new PositionReport(held.Account, held.Instrument,
                    held.Quantity, LinkProtocol.NullPrice, 0)).ToArray();
                return snapshot;
            });
            Assert.IsNull(trading.Arm());
            // Its fill is told nowhere: the platform's position is taken for the truth.
            trading.Between.Execution = execution => null;
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
            for (int i = 0; i < 12; i++)
            {
                trading.Pass(Second);
                trading.Requote();
                trading.Run();
            }
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains("loss of the day NaN", trading.Desk.Status.KillReason);
        }

        private double Loss() => trading.Desk.Core.State.Active.Profit.Loss(name => trading.LastQuote);

        private void KillAndVerify()
        {
            trading.Requote();
            trading.Desk.Kill("the button");
            trading.Run();
            for (int i = 0; i < 10; i++)
            {
                trading.Requote();
                trading.Pass(Second);
            }
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        private void Foreign(OrderKind kind, int quantity, double price, string oco)
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, kind,
                quantity, TradingHarness.Price(price), "Exit1", oco);
        }

        private void Armed(Action<TradingSettings> change = null, TradingMode mode = TradingMode.Simulation,
            string account = TradingHarness.Account)
        {
            trading = new TradingHarness(change);
            trading.Loop.OnFailure = trading.Desk.Core.Failed;
            Assert.IsNull(trading.Arm(mode, account, TradingSettings.LiveConfirmation(account)));
        }
    }
}
