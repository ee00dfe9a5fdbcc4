using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What a run leaves behind, and what the next one makes of it.</summary>
    [TestFixture]
    public class RestartTest
    {
        private const long Second = TradingHarness.Second;
        private string folder;
        private TradingHarness first;
        private TradingHarness second;

        [SetUp]
        public void NameFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            second = null;
        }

        [TearDown]
        public void Close()
        {
            (second ?? first).Dispose();
        }

        [Test]
        public void KillAfterARestartClosesWhatTheEarlierRunOpened()
        {
            Trade();
            first.Stop();
            Assert.AreEqual(1, first.Position);
            Restart();
            second.Desk.Kill("the button");
            second.Run();
            second.Pass(3 * Second);
            Assert.AreEqual(0, second.Position);
            Assert.IsEmpty(second.Platform.Working);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void KillWithNothingArmedClosesEveryListedAccount()
        {
            first = new TradingHarness(null, null, folder);
            ByHand("Live1", OrderSide.Sell, 2);
            first.Desk.Kill("the button");
            first.Run();
            Assert.IsFalse(first.Desk.Status.IsFlatVerified && first.Platform.Position("Live1",
                TradingHarness.Instrument) != 0);
            first.Pass(3 * Second);
            Assert.AreEqual(0, first.Platform.Position("Live1", TradingHarness.Instrument));
            Assert.IsTrue(first.Desk.Status.IsFlatVerified);
            Assert.IsNull(Clear(first));
        }

        [Test]
        public void KillBeforeThePlatformToldAnythingWaitsForItAndVerifiesNothing()
        {
            Trade();
            first.Stop();
            first.Platform.SetConnected(false);
            Restart();
            second.Desk.Kill("the button");
            second.Pass(2 * Second);
            Assert.IsFalse(second.Desk.Status.IsFlatVerified);
            StringAssert.Contains("Sim101", Clear(second));
            second.Pass(5 * Second);
            Assert.IsNotNull(second.Desk.Status.Alarm);
            second.Platform.SetConnected(true);
            second.Pass(2 * Second);
            Assert.AreEqual(0, second.Position, "what is seen is closed at once");
            Assert.IsFalse(second.Desk.Status.IsFlatVerified, "it may not show all yet");
            second.Pass(Reconciler.Loading);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void ARestartInTheMiddleOfAKillGoesOnWithIt()
        {
            Trade();
            first.Platform.Faults.Rejects = ticket => true;
            first.Desk.Kill("the loss of the day");
            first.Run();
            first.Stop();
            Assert.AreEqual(1, first.Position);
            first.Platform.Faults.Rejects = ticket => false;
            Restart();
            second.Pass(8 * Second);
            Assert.IsTrue(second.Desk.Status.IsKilled);
            StringAssert.Contains("the loss of the day", second.Desk.Status.KillReason);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AVerifiedLatchStaysLatchedAndTouchesNothingAnyMore()
        {
            Trade();
            first.Desk.Kill("test");
            first.Run();
            first.Pass(3 * Second);
            Assert.IsTrue(first.Desk.Status.IsFlatVerified);
            first.Stop();
            ByHand(TradingHarness.Account, OrderSide.Buy, 1);
            Restart();
            second.Pass(5 * Second);
            Assert.IsTrue(second.Desk.Status.IsKilled);
            StringAssert.Contains("the kill switch is pulled; press Release kill first", second.Arm());
            Assert.AreEqual(1, second.Position, "what a person opened since is his");
            Assert.IsFalse(second.Desk.Status.IsFlatVerified, "and is open");
            StringAssert.Contains("not verified to be flat yet: Sim101", Clear(second));
            ByHand(TradingHarness.Account, OrderSide.Sell, 1);
            second.Pass(Second);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
            Assert.IsNull(Clear(second));
            second.Stop();
            Restart();
            Assert.IsFalse(second.Desk.Status.IsKilled);
        }

        [Test]
        public void WhatAVerifiedLatchLeftIsCalledFlatOnlyOnceThisRunLookedAtIt()
        {
            Trade();
            first.Desk.Kill("test");
            first.Run();
            first.Pass(3 * Second);
            Assert.IsTrue(first.Desk.Status.IsFlatVerified);
            first.Stop();
            // The platform's own closing order fills a second time.
            first.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, OrderKind.Market,
                1, LinkProtocol.NullPrice, "Close", "");
            first.Run();
            first.Platform.SetConnected(false);
            Restart();
            second.Pass(12 * Second);
            Assert.IsFalse(second.Desk.Status.IsFlatVerified);
            CollectionAssert.AreEquivalent(new[] { "Sim101", "Live1" }, second.Desk.Status.NotLookedAt);
            CollectionAssert.AreEquivalent(new[] { "Sim101", "Live1" }, second.Desk.Status.OpenSince);
            StringAssert.Contains("not verified to be flat yet: Sim101, Live1", Clear(second));
            second.Platform.SetConnected(true);
            second.Pass(Reconciler.Loading + Second);
            Assert.IsFalse(second.Desk.Status.IsFlatVerified);
            Assert.IsEmpty(second.Desk.Status.NotLookedAt);
            StringAssert.Contains("not verified to be flat yet: Sim101", Clear(second));
            second.Desk.Kill("the button");
            second.Requote();
            second.Pass(3 * Second);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
            Assert.IsNull(Clear(second));
        }

        [Test]
        public void AKillWithNoAccountConnectedIsAnAlarmAndClosesOnceOneIs()
        {
            first = new TradingHarness(null, null, folder);
            first.Platform.SetConnected(false);
            ByHand(TradingHarness.Account, OrderSide.Buy, 1);
            first.Stop();
            Restart();
            CollectionAssert.AreEquivalent(new[] { "Sim101", "Live1" }, second.Desk.Status.Unconnected);
            second.Desk.Kill("the button");
            second.Run();
            second.Pass(3 * Second);
            CollectionAssert.AreEquivalent(new[] { "Sim101", "Live1" }, second.Desk.Status.NotLookedAt);
            Assert.IsEmpty(second.Desk.Status.Reached);
            second.Pass(Reconciler.Loading);
            StringAssert.StartsWith("KILL closed nothing, since no account is connected", second.Desk.Status.Alarm);
            Assert.AreEqual(1, second.Sink.Count(NoticeKind.Alarm));
            second.Platform.SetConnected(true);
            second.Requote();
            second.Pass(Reconciler.Loading + 3 * Second);
            Assert.IsNull(second.Desk.Status.Alarm);
            Assert.IsEmpty(second.Desk.Status.Unconnected);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnAccountThatIsNotThereIsNamedAndDoesNotKeepTheLatch()
        {
            first = new TradingHarness(settings => settings.LiveAccounts = new[] { "Gone" }, null, folder);
            first.Desk.Kill("the button");
            first.Run();
            first.Pass(3 * Second);
            Assert.IsTrue(first.Desk.Status.IsFlatVerified);
            CollectionAssert.AreEqual(new[] { "Gone" }, first.Desk.Status.NotLookedAt);
            Assert.IsNull(Clear(first));
        }

        [Test]
        public void AKillOfOursWithNothingTradedOnCallsNothingFlatAndCanBeReleased()
        {
            first = new TradingHarness(null, null, folder);
            ByHand(TradingHarness.Account, OrderSide.Buy, 1);
            first.Desk.Core.Kill("internal");
            first.Run();
            first.Pass(3 * Second);
            Assert.AreEqual(1, first.Position, "a person's");
            Assert.IsFalse(first.Desk.Status.IsFlatVerified);
            Assert.IsTrue(first.Desk.Status.HasNothingToFlatten);
            Assert.IsNull(Clear(first));
        }

        [Test]
        public void AKillOfOursDoesNotTouchAnAccountThatWasNotTradedOn()
        {
            Trade();
            ByHand("Live1", OrderSide.Buy, 2);
            first.Desk.Core.Kill("internal");
            first.Run();
            first.Pass(3 * Second);
            Assert.AreEqual(0, first.Position);
            Assert.AreEqual(2, first.Platform.Position("Live1", TradingHarness.Instrument));
            Assert.IsTrue(first.Desk.Status.IsFlatVerified);
            first.Desk.Kill("the button, though it is latched");
            first.Run();
            first.Pass(3 * Second);
            Assert.AreEqual(0, first.Platform.Position("Live1", TradingHarness.Instrument));
        }

        [Test]
        public void APositionWithoutItsStopIsAnAlarmAtTheStartAndOneWithItIsNot()
        {
            Trade();
            first.Stop();
            Restart();
            second.Pass(Second);
            Assert.IsNull(second.Desk.Status.Alarm, "its stop covers it");
            Assert.IsTrue(second.Sink.Notices.Any(notice => notice.Text.Contains("covered by its stop")));
            Assert.AreEqual(1, second.Desk.Status.Positions.Count, "the window shows it");
            second.Stop();
            CancelAll();
            Restart();
            second.Pass(Second);
            StringAssert.Contains("position of 1 ES 12-26 of an earlier run without a stop", second.Desk.Status.Alarm);
            Assert.AreEqual(1, second.Sink.Count(NoticeKind.Alarm));
            ByHand(TradingHarness.Account, OrderSide.Sell, 1);
            second.Pass(11 * Second);
            Assert.IsNull(second.Desk.Status.Alarm, "closed by hand");
        }

        [TestCase("ES 03-27")]
        [TestCase("NQ")]
        public void AContractThatTheSettingsNameNoMoreIsStillOurs(string instruments)
        {
            Trade(settings => settings.Instruments = new[] { "ES 12-26" });
            first.Stop();
            CancelAll();
            for (int i = 0; i < 2; i++)
            {
                Restart(settings => settings.Instruments = new[] { instruments });
                second.Pass(12 * Second);
                StringAssert.Contains("position of 1 ES 12-26 of an earlier run without a stop", second.Desk.Status.Alarm);
                StringAssert.Contains("position of 1", second.Arm());
                second.Stop();
                Assert.IsTrue(File.Exists(Path.Combine(folder, KillRecord.FileName)));
            }
            Restart(settings => settings.Instruments = new[] { instruments });
            second.Desk.Kill("the button");
            second.Run();
            second.Pass(3 * Second);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
            Assert.IsNull(Clear(second));
            second.Pass(11 * Second);
            Assert.IsNull(second.Desk.Status.Alarm);
            ByHand(TradingHarness.Account, OrderSide.Buy, 1);
            Assert.IsNull(second.Arm(), "what a person opens there from now on is his own");
            second.Desk.Kill("the button");
            second.Run();
            second.Pass(3 * Second);
            Assert.AreEqual(1, second.Position);
            second.Stop();
            StringAssert.DoesNotContain("12-26", File.ReadAllText(Path.Combine(folder, KillRecord.FileName)));
        }

        [Test]
        public void AnUnfinishedFlatteningKnowsItsInstrumentsAfterARestart()
        {
            first = new TradingHarness(settings => settings.Instruments = new[] { "ES 12-26" }, null, folder);
            ByHand("Live1", OrderSide.Buy, 2);
            first.Platform.Faults.Rejects = ticket => true;
            first.Desk.Kill("the button");
            first.Run();
            first.Stop();
            first.Platform.Faults.Rejects = ticket => false;
            Restart(settings => settings.Instruments = new[] { "ES 03-27" });
            second.Pass(10 * Second);
            Assert.AreEqual(0, second.Platform.Position("Live1", TradingHarness.Instrument));
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void OrdersOfAnEarlierRunBringTheirInstrumentWithThem()
        {
            Trade();
            first.Stop();
            File.Delete(Path.Combine(folder, KillRecord.FileName));
            CancelAll();
            first.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, OrderKind.Limit,
                1, TradingHarness.Price(5010), "TB-00000007-1-T1", "");
            first.Run();
            Restart(settings => settings.Instruments = new[] { "NQ" });
            StringAssert.Contains("position of 1 ES 12-26 of an earlier run without a stop", second.Desk.Status.Alarm);
            second.Desk.Kill("the button");
            second.Run();
            second.Pass(3 * Second);
            Assert.AreEqual(0, second.Position);
            Assert.IsTrue(second.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnAccountThatIsNotConnectedIsNotSeenFlat()
        {
            Trade();
            first.Stop();
            first.Platform.SetConnected(false);
            second = new TradingHarness(null, null, folder, null, first, between => between.Snapshot = snapshot =>
            {
                snapshot.Positions = new PositionReport[0];
                snapshot.Orders = new OrderReport[0];
                return snapshot;
            });
            Assert.IsNotNull(second.Arm());
            second.Pass(11 * Second);
            Assert.IsTrue(File.Exists(Path.Combine(folder, KillRecord.FileName)));
            second.Stop();
            Assert.IsTrue(File.Exists(Path.Combine(folder, KillRecord.FileName)));
        }

        [Test]
        public void ARecordWithoutInstrumentsIsTakenUp()
        {
            Trade();
            first.Stop();
            CancelAll();
            File.WriteAllText(Path.Combine(folder, KillRecord.FileName),
                "# Tickbridge writes this: what a restart must not forget.\narmed = Sim101\n");
            Restart();
            StringAssert.Contains("without a stop", second.Desk.Status.Alarm);
            Assert.IsFalse(second.Desk.Status.IsKilled);
        }

        [Test]
        public void ALinkThatStaysAwayClosesWhatAnEarlierRunLeft()
        {
            Trade();
            first.Stop();
            Restart(settings => settings.LinkLossFlattenAfter = 3 * Second);
            second.Desk.OnLinkDown("cut");
            second.Pass(6 * Second);
            Assert.AreEqual(0, second.Position);
        }

        [Test]
        public void ARecordThatCannotBeReadCountsAsLatched()
        {
            first = new TradingHarness(null, null, folder);
            first.Stop();
            File.WriteAllText(Path.Combine(folder, KillRecord.FileName), "garbage");
            Restart();
            Assert.IsTrue(second.Desk.Status.IsKilled);
            StringAssert.Contains(KillRecord.FileName, second.Desk.Status.KillReason);
        }

        [Test]
        public void ARecordThatCannotBeWrittenRefusesToArm()
        {
            first = new TradingHarness(null, null, folder);
            Directory.CreateDirectory(Path.Combine(folder, KillRecord.FileName + ".new"));
            StringAssert.Contains(KillRecord.FileName, first.Arm());
            Assert.IsFalse(first.Desk.Status.IsArmed);
            Assert.AreEqual(1, first.Sink.Count(NoticeKind.Alarm));
        }

        [Test]
        public void NothingIsKeptOfARunThatEndedFlat()
        {
            Trade();
            first.Quote(5002.25, 5002.5);
            first.Run();
            Assert.AreEqual(0, first.Position);
            first.Stop();
            Assert.IsFalse(File.Exists(Path.Combine(folder, KillRecord.FileName)));
        }

        [Test]
        public void StoppingWithAnEntryInFlightLeavesNoPositionWithoutItsStop()
        {
            int open = 0;
            for (int seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                first = new TradingHarness(settings => settings.OrderQuantity = 3, random, null,
                    path => new MemoryStream());
                first.Platform.Faults.FillOf = quantity => random.Next(1, quantity + 1);
                Assert.IsNull(first.Arm());
                first.Signal(random.Next(2) == 0 ? Side.Buy : Side.Sell);
                for (int steps = random.Next(12); steps > 0; steps--)
                {
                    first.Schedule.Step();
                    if (random.Next(2) == 0)
                    {
                        first.Loop.RunOne();
                    }
                }
                first.Stop();
                first.Run();
                int stops = first.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining);
                Assert.AreEqual(Math.Abs(first.Position), stops, "seed " + seed);
                Assert.IsEmpty(first.WorkingOf(OrderPurpose.Entry), "seed " + seed);
                open += first.Position == 0 ? 0 : 1;
                Directory.Delete(first.Folder, true);
            }
            Assert.Greater(open, 100, "hardly any run had something open");
            first = new TradingHarness();
        }

        [Test]
        public void AnEndWithoutAnswerClosesAndSaysSo()
        {
            Trade(fill: false);
            first.Between.Order = order => null;
            first.Between.Execution = execution => null;
            first.Between.Snapshotting = account => { throw new IOException("no answer"); };
            first.Run();
            Assert.AreEqual(1, first.Position);
            first.Stop();
            first.Run();
            Assert.AreEqual(0, first.Position, "the platform was asked to close it");
            Assert.IsTrue(first.Sink.Notices.Any(notice => notice.Kind == NoticeKind.Alarm
                && notice.Text.Contains("not covered by a stop")));
        }

        private void Trade(bool fill = true)
        {
            Trade(null, fill);
        }

        private void Trade(Action<TradingSettings> change, bool fill = true)
        {
            first = new TradingHarness(change, null, folder);
            Assert.IsNull(first.Arm());
            Assert.IsTrue(first.Signal(Side.Buy).IsSent);
            if (fill)
            {
                first.Run();
                Assert.AreEqual(1, first.Position);
            }
        }

        private void Restart(Action<TradingSettings> change = null)
        {
            second = new TradingHarness(change, null, folder, null, second ?? first);
            second.Pass(Second);
        }

        private void CancelAll()
        {
            TradingHarness trading = second ?? first;
            foreach (SimulatedOrder order in trading.Platform.Working.ToArray())
            {
                trading.Platform.Cancel(TradingHarness.Account, order.Ticket.Handle);
            }
            trading.Run();
        }

        private void ByHand(string account, OrderSide side, int quantity)
        {
            TradingHarness trading = second ?? first;
            trading.Platform.PlaceForeign(account, TradingHarness.Instrument, side, OrderKind.Market, quantity, 0,
                "by hand", "");
            trading.Run();
        }

        private static string Clear(TradingHarness trading)
        {
            string answer = "no answer";
            trading.Desk.ClearKill(why => answer = why);
            trading.Run();
            return answer;
        }
    }
}
