using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Trading from signal to flat, one story a test, on the simulated platform.</summary>
    [TestFixture]
    public class TradingScenarioTest
    {
        private const long Second = TradingHarness.Second;
        private TradingHarness trading;

        [TearDown]
        public void Close()
        {
            trading?.Dispose();
            trading = null;
        }

        [Test]
        public void BeginsInADryRunAndSendsNothing()
        {
            trading = new TradingHarness();
            Decision decision = trading.Signal(Side.Buy);
            trading.Run();

            Assert.IsTrue(decision.IsPassed);
            Assert.IsFalse(decision.IsSent);
            Assert.AreEqual(TradingMode.DryRun, decision.Mode);
            Assert.IsEmpty(trading.Platform.Orders);
        }

        [Test]
        public void AnEntryGetsItsBracketAndTheTargetEndsIt()
        {
            Armed();
            Decision decision = trading.Signal(Side.Buy);
            trading.Run();
            Assert.IsTrue(decision.IsSent);
            Assert.AreEqual(1, trading.Position);
            SimulatedOrder stop = trading.WorkingOf(OrderPurpose.StopLoss).Single();
            SimulatedOrder target = trading.WorkingOf(OrderPurpose.Target).Single();
            Assert.AreEqual(TradingHarness.Price(4998.25), stop.StopPrice);
            Assert.AreEqual(TradingHarness.Price(5002.25), target.LimitPrice);
            Assert.AreEqual(stop.Ticket.OcoGroup, target.Ticket.OcoGroup);
            Assert.LessOrEqual(stop.Ticket.Name.Length, OrderTicket.NameLimit);

            trading.Quote(5002.25, 5002.5);
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.AreEqual(-100.0, trading.Desk.Core.State.Active.Profit.Loss(name => trading.LastQuote), 1e-9);
            Assert.AreEqual(2, trading.Sink.Executions.Count);
        }

        [Test]
        public void StopsGrowWithEachPartialFill()
        {
            Armed(settings => settings.OrderQuantity = 3);
            trading.Platform.Faults.FillOf = quantity => 1;
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(3, trading.Position);
            Assert.AreEqual(3, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.AreEqual(3, trading.WorkingOf(OrderPurpose.Target).Sum(order => order.Remaining));

            trading.Quote(5002.25, 5002.5);
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
        }

        [Test]
        public void ARefusedChangeLeadsToASecondBracket()
        {
            Armed(settings => settings.OrderQuantity = 2);
            int fills = 0;
            trading.Platform.Faults.FillOf = quantity => 1;
            trading.Platform.Faults.RefusesChange = () => fills++ >= 0;
            trading.Signal(Side.Sell);
            trading.Run();
            Assert.AreEqual(-2, trading.Position);
            Assert.AreEqual(2, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
        }

        [Test]
        public void ARejectedStopKills()
        {
            Armed();
            trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.StopLoss;
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Pass(3 * Second);

            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            Assert.AreEqual(0, trading.Position);
            StringAssert.Contains("without its stop", trading.Desk.Status.KillReason);
        }

        [Test]
        public void AnEntryThatDoesNotFillIsCancelledInTime()
        {
            Armed(settings => settings.EntryTimeout = 2 * Second);
            trading.Platform.Faults.FillOf = quantity => quantity;
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());
            trading.Pass(2 * Second - 50 * TradingHarness.Milli);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());
            trading.Pass(50 * TradingHarness.Milli);
            Assert.IsEmpty(trading.Platform.Working);
        }

        [Test]
        public void ASignalIsActedOnOnceAcrossReconnects()
        {
            Armed(settings => settings.MaxPosition = 10);
            Decision first = trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.OnLinkDown("cut");
            trading.LinkUp();
            Decision again = trading.Signal(Side.Buy, signal =>
            {
                signal.Number = first.SignalNumber;
                signal.IsResumed = true;
            });
            Assert.AreEqual(RiskRule.Duplicate, again.RefusedBy);
            trading.LinkUp(99);
            Assert.AreEqual(RiskRule.Sequence, trading.Signal(Side.Buy).RefusedBy, "of the session before");
            Assert.AreEqual(1, trading.Platform.Orders.Count(order => order.Ticket.Purpose == OrderPurpose.Entry));
        }

        [Test]
        public void ASignalIsActedOnOnceAcrossARestart()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            var before = new TradingHarness(null, null, folder);
            before.Arm();
            Decision first = before.Signal(Side.Buy);
            Assert.IsTrue(first.IsSent);
            before.Stop();

            trading = new TradingHarness(null, null, folder);
            Assert.AreEqual(0, trading.Position, "another platform: nothing was left open here");
            Assert.AreEqual(TradingMode.DryRun, trading.Desk.Status.Mode, "a restart begins disarmed");
            Assert.IsNull(trading.Arm());
            Assert.AreEqual(RiskRule.Duplicate, trading.Signal(Side.Buy, signal => signal.Number = first.SignalNumber)
                .RefusedBy);
        }

        [Test]
        public void LinkLossCancelsEntriesKeepsStopsAndFlattensWhenTold()
        {
            Armed(settings => settings.LinkLossFlattenAfter = 3 * Second);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Signal(Side.Buy);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());

            trading.Desk.OnLinkDown("cut");
            trading.Run();
            Assert.IsEmpty(trading.WorkingOf(OrderPurpose.Entry));
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count());
            Assert.AreEqual(RiskRule.Link, trading.Signal(Side.Buy).RefusedBy);
            trading.Pass(3 * Second - 50 * TradingHarness.Milli);
            Assert.AreEqual(1, trading.Position);
            trading.Pass(2 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.Flat));
        }

        [Test]
        public void ALinkThatComesBackInTimeFlattensNothing()
        {
            Armed(settings => settings.LinkLossFlattenAfter = 3 * Second);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.OnLinkDown("cut");
            trading.Pass(2 * Second);
            trading.LinkUp();
            trading.Pass(5 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
        }

        [Test]
        public void KillCancelsFlattensVerifiesAndStaysLatched()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.Kill("test");
            trading.Run();
            trading.Pass(2 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            Assert.AreEqual(RiskRule.Killed, trading.Signal(Side.Buy).RefusedBy);
            StringAssert.Contains("the kill switch is pulled; press Release kill first", trading.Arm());

            string answer = "none";
            trading.Desk.ClearKill(why => answer = why);
            trading.Run();
            Assert.IsNull(answer);
            Assert.AreEqual(TradingMode.DryRun, trading.Desk.Status.Mode);
            Assert.IsNull(trading.Arm());
        }

        [TestCase(true)]
        [TestCase(false)]
        public void WhatAPersonOpensWhileTheLinkIsAwayStaysWhereNothingOfOursIs(bool isOursClosedMeanwhile)
        {
            Armed(settings => settings.LinkLossFlattenAfter = 3 * Second);
            if (isOursClosedMeanwhile)
            {
                trading.Signal(Side.Buy);
                trading.Run();
            }
            trading.Desk.Disarm("test");
            trading.Desk.OnLinkDown("gateway off for the night");
            trading.Run();
            trading.Pass(Second);
            trading.Quote(5002.25, 5002.5);
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            ByHand();
            Stays();
            trading.LinkUp();
            trading.Desk.OnLinkDown("again");
            Stays();
        }

        [Test]
        public void ALinkThatStaysAwayClosesOnce()
        {
            Armed(settings => settings.LinkLossFlattenAfter = 3 * Second);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.OnLinkDown("cut");
            trading.Run();
            trading.Pass(5 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            ByHand();
            Stays();
        }

        private void ByHand()
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
        }

        private void Stays()
        {
            for (int i = 0; i < 10; i++)
            {
                trading.Requote();
                trading.Pass(Second);
            }
            Assert.AreEqual(1, trading.Position);
        }

        [Test]
        public void AReverseLeftByTheFlattenIsClosedWithACollar()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            // Flatten is asked while the target fills: its close order then sells one too many.
            trading.Desk.Kill("test");
            trading.Loop.RunAll();
            trading.Quote(5002.25, 5002.5);
            trading.Run();
            Assert.AreEqual(-1, trading.Position, "the platform's flatten reversed");
            for (int i = 0; i < 60; i++)
            {
                trading.Requote();
                trading.Pass(100 * TradingHarness.Milli);
            }
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            SimulatedOrder exit = trading.Platform.Orders.Single(order => order.Ticket.Purpose == OrderPurpose.Exit);
            Assert.AreEqual(OrderKind.Limit, exit.Ticket.Kind);
            Assert.AreEqual(TradingHarness.Price(5002.5 + 20 * 0.25), exit.LimitPrice);
        }

        [Test]
        public void AKillThatCannotCloseRaisesTheAlarmAndGoesOn()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.Faults.Rejects = ticket => true;
            trading.Desk.Kill("test");
            trading.Run();
            trading.Pass(7 * Second);
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.Alarm));
            StringAssert.Contains("ES 12-26 position 1", trading.Desk.Status.Alarm);
            string answer = null;
            trading.Desk.ClearKill(why => answer = why);
            trading.Run();
            Assert.IsNotNull(answer, "what is not flat cannot be cleared");

            trading.Platform.Faults.Rejects = ticket => false;
            trading.Requote();
            trading.Pass(25 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            Assert.IsNull(trading.Desk.Status.Alarm);
        }

        [Test]
        public void AKillWithoutAConnectionAlarmsAndClosesWhenItIsBack()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.SetConnected(false);
            trading.Desk.Kill("test");
            trading.Run();
            trading.Pass(7 * Second);
            StringAssert.Contains("connection is down", trading.Desk.Status.Alarm);
            trading.Platform.SetConnected(true);
            trading.Pass(25 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void TheLossOfTheDayKills()
        {
            Armed(settings =>
            {
                settings.StopTicks = 100;
                settings.MaxDailyLoss = 100;
            });
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Quote(4998.5, 4998.75);
            trading.Run();
            Assert.IsFalse(trading.Desk.Status.IsKilled, "87.50 lost");
            trading.Quote(4998.25, 4998.5);
            trading.Run();
            Assert.IsTrue(trading.Desk.Status.IsKilled, "100.00 lost");
        }

        [Test]
        public void ThePlatformsOwnCountOfTheLossCounts()
        {
            Armed(settings => settings.MaxDailyLoss = 100);
            trading.Desk.OnAccount(new AccountReport(TradingHarness.Account, -99.99, null, trading.Clock.Now));
            trading.Run();
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            trading.Desk.OnAccount(new AccountReport(TradingHarness.Account, null, -0.01, trading.Clock.Now));
            trading.Run();
            trading.Pass(500 * TradingHarness.Milli);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void ALostPlatformRefusesUntilReconciled()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.SetConnected(false);
            trading.Run();
            Assert.AreEqual(RiskRule.PlatformConnection, trading.Signal(Side.Buy).RefusedBy);
            // The stop fills while nobody is told.
            trading.Quote(4998, 4998.25);
            trading.Schedule.DropEvents();
            trading.Run();
            trading.Platform.SetConnected(true);
            trading.Loop.RunAll();
            trading.Run();
            trading.Pass(Second);
            Assert.AreEqual(RiskRule.Reconciliation, trading.Signal(Side.Buy).RefusedBy, "it may not show all yet");
            trading.Pass(Reconciler.Loading);
            trading.Requote();
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            Assert.AreEqual(2, trading.Sink.Executions.Count, "the missed fill came with the snapshot");
            Assert.IsTrue(trading.Desk.Status.IsReconciled);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
        }

        [Test]
        public void AnOrderThatVanishedDisarms()
        {
            Armed(settings => settings.EntryTimeout = 0);
            trading.Platform.Faults.LosesEvent = () => true;
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.Faults.LosesEvent = () => false;
            trading.Pass(7 * Second);
            Assert.IsFalse(trading.Desk.Status.IsArmed, "no answer to the submission");
            Assert.AreEqual(1, trading.Position, "it was filled all the same");
            trading.Pass(3 * Second);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining),
                "and found, and protected");
        }

        [Test]
        public void AStopThatEndsWithItsGroupIsReplacedOnlyIfTheTargetDoesNotFill()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            SimulatedOrder stop = trading.WorkingOf(OrderPurpose.StopLoss).Single();
            // Told before how the target ended: another stop now would be one too many if it was filled.
            trading.Platform.Faults.LosesEvent = () => true;
            OrderReport ended = stop.Report(trading.Clock.Now, OrderError.None, "OCO");
            ended.Status = OrderStatus.Cancelled;
            trading.Desk.OnOrder(ended);
            trading.Loop.RunAll();
            Assert.AreEqual(1, trading.Platform.Orders.Count(order => order.Ticket.Purpose == OrderPurpose.StopLoss));
            trading.Clock.Advance(450 * TradingHarness.Milli);
            trading.Timer();
            Assert.AreEqual(1, trading.Platform.Orders.Count(order => order.Ticket.Purpose == OrderPurpose.StopLoss));
            trading.Clock.Advance(50 * TradingHarness.Milli);
            trading.Timer();
            Assert.AreEqual(2, trading.Platform.Orders.Count(order => order.Ticket.Purpose == OrderPurpose.StopLoss),
                "no word of the target: the position must not stay without a stop");
        }

        [Test]
        public void AFillThatIsToldNowhereIsFoundByTheRoutineLook()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.Faults.LosesEvent = () => true;
            trading.Quote(4998, 4998.25);
            trading.Run();
            Assert.AreEqual(0, trading.Position, "the stop was filled, and nobody was told");
            trading.Platform.Faults.LosesEvent = () => false;
            Assert.AreEqual(1, trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            trading.Pass(11 * Second);
            Assert.AreEqual(0, trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            Assert.IsEmpty(trading.Desk.Core.Executor.Trades);
            Assert.AreEqual(2, trading.Sink.Executions.Count);
        }

        [Test]
        public void ClosingByHandTakesTheBracketAway()
        {
            Armed(settings => settings.OrderQuantity = 3);
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 2, 0, "by hand", "");
            trading.Run();
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
            Assert.IsEmpty(trading.Platform.Working);
            Assert.AreEqual(0, trading.Position);
        }

        [Test]
        public void AnAtmEntryHasNoBracketOfOursAndItsOrphansAreCancelled()
        {
            Armed(settings => settings.AtmTemplate = "MyAtm");
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual("MyAtm", trading.Platform.Orders.Single().Ticket.AtmTemplate);
            Assert.IsEmpty(trading.Platform.Working);
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.StopMarket, 1, TradingHarness.Price(4990), "Stop1", "atm1");
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "Close", "");
            trading.Run();
            Assert.AreEqual(0, trading.Position);
            trading.Pass(Second);
            Assert.AreEqual(1, trading.Platform.Working.Count(), "the ATM strategy gets its time");
            trading.Pass(2 * Second);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.OrphanCancelled));
        }

        [Test]
        public void ArmingIsRefusedWithAReason()
        {
            trading = new TradingHarness();
            StringAssert.Contains("not in accounts.simulation", trading.Arm(TradingMode.Simulation, "Other"));
            StringAssert.Contains("not in accounts.live", trading.Arm(TradingMode.Live, TradingHarness.Account, "x"));
            StringAssert.Contains("TRADE LIVE ON Live1", trading.Arm(TradingMode.Live, "Live1", "trade live on live1"));
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsNull(trading.Arm(TradingMode.Live, "Live1", "TRADE LIVE ON Live1"));
            Assert.AreEqual(TradingMode.Live, trading.Desk.Status.Mode);
        }

        [Test]
        public void ARehearsalSendsNothingToALiveAccount()
        {
            trading = new TradingHarness();
            Assert.IsNull(trading.Arm(TradingMode.Live, "Live1", "TRADE LIVE ON Live1"));
            foreach (Market market in new[] { Market.Recorded, Market.Simulated, Market.NotStated, (Market)9 })
            {
                Decision refused = trading.Signal(Side.Buy, signal => signal.Market = market);
                Assert.AreEqual(RiskRule.Market, refused.RefusedBy);
            }
            trading.Run();
            Assert.AreEqual(0, trading.Platform.Orders.Count());
            Assert.AreEqual(RiskRule.None, trading.Signal(Side.Buy).RefusedBy);
        }

        [Test]
        public void ArmingIsRefusedWhileSomethingOfOthersIsOpen()
        {
            trading = new TradingHarness();
            long order = trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument,
                OrderSide.Sell, OrderKind.Limit, 1, TradingHarness.Price(5100), "by hand", "");
            StringAssert.Contains("by hand", trading.Arm());
            trading.Platform.Cancel(TradingHarness.Account, order);
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 2, 0, "by hand", "");
            trading.Run();
            StringAssert.Contains("position of 2", trading.Arm());
        }

        [Test]
        public void OrphansOfAnEarlierRunAreCancelledWhenArming()
        {
            trading = new TradingHarness();
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.StopMarket, 1, TradingHarness.Price(4990), "TB-00000001-7-S1", "old");
            trading.Run();
            Assert.IsNull(trading.Arm());
            Assert.IsEmpty(trading.Platform.Working);
        }

        [Test]
        public void ThreeRejectedEntriesDisarm()
        {
            Armed();
            trading.Platform.Faults.Rejects = ticket => true;
            for (int i = 0; i < 3; i++)
            {
                Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
                trading.Run();
            }
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.AreEqual(RiskRule.Mode, trading.Signal(Side.Buy).RefusedBy);
        }

        [Test]
        public void WhatTheLinkKnowsIsForgottenWhenItIsLost()
        {
            Armed();
            trading.Desk.OnLinkDown("cut");
            trading.Desk.OnLinkUp(TradingHarness.Session);
            Assert.AreEqual(RiskRule.FeedHealth, trading.Signal(Side.Buy).RefusedBy);
        }

        [Test]
        public void AnOldClockComparisonRefuses()
        {
            Armed();
            // 500 s drift apart by 50 ms at most: that is the limit. A tick more is too much.
            Decision decision = trading.Signal(Side.Buy, signal => Later(signal, 500 * Second));
            Assert.AreNotEqual(RiskRule.ClockBound, decision.RefusedBy);
            decision = trading.Signal(Side.Buy, signal => Later(signal, 500 * Second + 10000));
            Assert.AreEqual(RiskRule.ClockBound, decision.RefusedBy);
            Assert.AreEqual(50 * TradingHarness.Milli + 1, decision.Measured);
        }

        [Test]
        public void ASinkThatThrowsStopsNothing()
        {
            trading = new TradingHarness();
            var audit = new AuditLog(trading.Folder + "-2", 1, path => new MemoryStream());
            var reports = new TradeReports(audit, new IDecisionSink[] { new ThrowingSink(), trading.Sink },
                () => trading.Clock.Now);
            reports.Decided(new Decision { Text = "heard" });
            Assert.AreEqual("heard", trading.Sink.Decisions.Last().Text);
            Assert.AreEqual(1, reports.SinkFailures);
        }

        [Test]
        public void WhatThrowsInsideKills()
        {
            Armed();
            trading.Signal(Side.Buy);
            trading.Run();
            trading.Desk.Core.Failed(new InvalidOperationException("test"));
            trading.Run();
            trading.Pass(3 * Second);
            Assert.IsTrue(trading.Desk.Status.IsKilled && trading.Desk.Status.IsFlatVerified);
        }

        private void Later(SignalNotice signal, long nanos)
        {
            trading.Clock.Advance(nanos);
            signal.ReceiveTime = trading.Clock.Now;
        }

        private void Armed(Action<TradingSettings> change = null)
        {
            trading = new TradingHarness(change);
            Assert.IsNull(trading.Arm());
        }

        private sealed class ThrowingSink : IDecisionSink
        {
            public void OnDecision(Decision decision)
            {
                throw new InvalidOperationException("test");
            }

            public void OnOrder(OrderReport order)
            {
            }

            public void OnExecution(ExecutionReport execution)
            {
            }

            public void OnPosition(PositionReport position)
            {
            }

            public void OnNotice(TradingNotice notice)
            {
            }
        }
    }
}
