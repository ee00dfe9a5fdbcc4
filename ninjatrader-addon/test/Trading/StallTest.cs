using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>The trading thread is held up by the disk or the platform.</summary>
    [TestFixture]
    public class StallTest
    {
        private const int PatienceMillis = 20000;

        private long now;
        private StallWatch watch;

        [SetUp]
        public void Open()
        {
            now = 1;
            watch = new StallWatch(() => now);
        }

        [Test]
        public void AThreadThatComesRoundIsFineAndOneThatDoesNotIsAnAlarm()
        {
            now = 100000;
            Assert.IsNull(watch.Alarm, "it has not begun");
            watch.Round();
            now += 999;
            Assert.IsNull(watch.Alarm);
            now += 1;
            StringAssert.Contains("not answered for 1 s: KILL could not act", watch.Alarm);
            watch.Round();
            Assert.IsNull(watch.Alarm);
            watch.Ended();
            now += 100000;
            Assert.IsNull(watch.Alarm, "it has ended");
        }

        [Test]
        public void AKillThatIsNotTakenIsAnAlarmThoughTheThreadComesRound()
        {
            watch.KillAsked();
            now += 900;
            watch.KillAsked();
            watch.Round();
            now += 100;
            StringAssert.Contains("KILL was pressed and does not act", watch.Alarm);
            watch.KillTaken();
            Assert.IsNotNull(watch.Alarm, "the second waits still");
            watch.KillTaken();
            Assert.IsNull(watch.Alarm);
        }

        [Test]
        public void ADeskThatThePlatformHoldsShowsItsStatusWithAnAlarm()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            using (var gate = new ManualResetEvent(false))
            using (var held = new ManualResetEvent(false))
            {
                var platform = new InterposedPlatform(new SimulatedPlatform(new LocalClock(), new ImmediateSchedule(),
                    TradingHarness.Account));
                platform.Snapshotting = account =>
                {
                    held.Set();
                    gate.WaitOne(PatienceMillis);
                };
                var desk = new TradingDesk(new TradingSettings { Instruments = new[] { "ES" }, AuditMinimumFree = 1 }, platform,
                    folder, new IDecisionSink[0]);
                desk.Start();
                Assert.IsTrue(held.WaitOne(PatienceMillis));
                desk.Kill("the button");
                Assert.IsTrue(SpinWait.SpinUntil(() => desk.Stall != null, PatienceMillis));
                StringAssert.Contains("KILL was pressed and does not act", desk.Status.Alarm);
                Assert.IsFalse(desk.Status.IsKilled, "what is shown is the last picture");
                gate.Set();
                Assert.IsTrue(SpinWait.SpinUntil(() => desk.Stall == null && desk.Status.IsKilled, PatienceMillis));
                desk.Stop();
                Assert.IsNull(desk.Stall);
            }
            Directory.Delete(folder, true);
        }

        [Test]
        public void WhatComesAfterTheEndIsNotDone()
        {
            using (var trading = new TradingHarness())
            {
                Assert.IsNull(trading.Arm());
                trading.Signal(Side.Buy);
                trading.Run();
                Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count());
                trading.Stop();
                bool isDone = false;
                trading.Desk.Kill("after the end", () => isDone = true);
                trading.Run();
                Assert.IsFalse(isDone, "who keeps it gives it to the next run");
                Assert.IsFalse(trading.Desk.Status.IsKilled);
                Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count(), "no stop without its position");
                Assert.AreEqual(1, trading.Position);
            }
        }

        [Test]
        public void SignalsThatWaitAreBoundedAndWhatIsDroppedIsTold()
        {
            using (var trading = new TradingHarness())
            {
                for (ulong number = 1; number <= WaitingSignals.Limit + 7; number++)
                {
                    trading.Desk.OnSignal(new SignalNotice { Session = TradingHarness.Session, Number = number });
                }
                trading.Run();
                Assert.AreEqual(WaitingSignals.Limit, trading.Sink.Decisions.Count);
                Assert.IsTrue(trading.Sink.Notices.Any(notice => notice.Text.StartsWith("7 signals came while",
                    StringComparison.Ordinal)));
                trading.Timer();
                Assert.AreEqual(7, trading.Desk.Status.SignalsDropped);
                trading.Signal(Side.Buy, signal => signal.Number = 20000);
                Assert.AreEqual(WaitingSignals.Limit + 1, trading.Sink.Decisions.Count, "room again");
            }
        }

        [Test]
        public void ASignalThatThrowsLeavesItsPlaceToTheNext()
        {
            using (var trading = new TradingHarness())
            {
                trading.Loop.OnFailure = trading.Desk.Core.Failed;
                bool throws = true;
                trading.Desk.AttachRights(() =>
                {
                    if (throws)
                    {
                        throw new InvalidOperationException("nobody answers");
                    }
                    return PeerRights.Trade;
                });
                for (ulong number = 1; number <= WaitingSignals.Limit; number++)
                {
                    trading.Desk.OnSignal(new SignalNotice { Session = TradingHarness.Session, Number = number });
                }
                trading.Run();
                Assert.IsEmpty(trading.Sink.Decisions);
                throws = false;
                trading.Signal(Side.Buy, signal => signal.Number = 20000);
                Assert.AreEqual(1, trading.Sink.Decisions.Count);
            }
        }

        [Test]
        public void AThreadThatIsHeldTooLongLetsGoOfTheAuditLogAtItsEndAndWritesNoRecord()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            string record = Path.Combine(folder, KillRecord.FileName);
            using (var gate = new ManualResetEvent(false))
            using (var held = new ManualResetEvent(false))
            {
                var platform = new InterposedPlatform(new SimulatedPlatform(new LocalClock(), new ImmediateSchedule(),
                    TradingHarness.Account));
                platform.Snapshotting = account =>
                {
                    held.Set();
                    gate.WaitOne(PatienceMillis);
                };
                var settings = new TradingSettings { Instruments = new[] { "ES" }, AuditMinimumFree = 1 };
                var desk = new TradingDesk(settings, platform, folder, new IDecisionSink[0]) { EndMillis = 200 };
                desk.Start();
                Assert.IsTrue(held.WaitOne(PatienceMillis));
                bool isLatched = false;
                bool isAsked = false;
                platform.Flattening = (account, instrument, goOn) => isAsked = true;
                desk.Kill("too late", () => isLatched = true);
                desk.Arm(Core.Trading.TradingMode.DryRun, "", "", why => isAsked = true);
                Assert.IsFalse(desk.Stop(), "it is held");
                gate.Set();
                using (var audit = new AuditLog(folder, 1))
                {
                    Assert.IsTrue(SpinWait.SpinUntil(() =>
                    {
                        audit.Start(new LocalClock().Now);
                        return audit.IsWritable;
                    }, PatienceMillis), audit.Failure);
                }
                Assert.IsFalse(File.Exists(record), "it would undo what the run after it writes");
                Assert.IsFalse(isLatched, "the kill is for the run after it");
                Assert.IsFalse(desk.Status.IsKilled);
                Assert.IsFalse(isAsked, "nothing that was posted is done any more");
            }
            Directory.Delete(folder, true);
        }
    }
}
