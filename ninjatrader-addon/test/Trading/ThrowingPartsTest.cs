using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>
    /// What throws where nothing may, in the platform or in us: no position is left without its stop, and kill works.
    /// </summary>
    [TestFixture]
    public class ThrowingPartsTest : TradingFaultFixture
    {
        [TestCase(true)]
        [TestCase(false)]
        public void AnEntryWhoseSubmissionThrowsIsProtectedAndKillWorks(bool brokerHasIt)
        {
            Armed();
            Trading.Between.Submitting = (tickets, goOn) =>
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
            Trading.Platform.Faults.RefusesCancel = () => true;
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Platform.Faults.RefusesCancel = () => false;
            Trading.Pass(8 * Second);
            Assert.AreEqual(brokerHasIt ? 1 : 0, Trading.Position);
            Assert.AreEqual(Trading.Position, Trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining));
            Assert.IsFalse(Trading.Desk.Status.IsArmed, "nobody knows whether the order is there");
            KillAndVerify();
        }

        [Test]
        public void AStopWhoseSubmissionThrowsKills()
        {
            Armed();
            Trading.Between.Submitting = (tickets, goOn) =>
            {
                if (tickets[0].Purpose == OrderPurpose.StopLoss)
                {
                    throw new InvalidOperationException("test");
                }
                goOn();
            };
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Pass(8 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
        }

        [Test]
        public void APartThatThrowsAtEachTimerClosesEverythingAndStopsNoOther()
        {
            Armed(null, TradingMode.Live, "Live1");
            Trading.Signal(Side.Buy);
            Trading.Run();
            Assert.AreEqual(1, Trading.Platform.Position("Live1", TradingHarness.Instrument));
            Trading.Desk.AttachRights(() => { throw new InvalidOperationException("test"); });
            Trading.Run();
            Trading.Timer();
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, Trading.Platform.Position("Live1", TradingHarness.Instrument));
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
            StringAssert.Contains("the right to trade", Trading.Desk.Status.Alarm);
            Assert.AreEqual(1, Trading.Sink.Count(NoticeKind.Alarm), "told once, not with each timer");
            string audit = string.Concat(Directory.GetFiles(Trading.Folder, "*.log").Select(file =>
            {
                using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                {
                    return new StreamReader(stream).ReadToEnd();
                }
            }));
            StringAssert.Contains("internal error in the right to trade", audit);
            Trading.Desk.AttachRights(() => PeerRights.Trade);
            string answer = "none";
            Trading.Desk.ClearKill(why => answer = why);
            Trading.Run();
            Assert.IsNull(answer);
            Assert.IsNull(Trading.Desk.Status.Alarm);
        }

        [Test]
        public void APlatformThatThrowsOnEverythingStillGetsAKillLatchedAlarmedAndShown()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Between.Flattening = (account, instrument, goOn) => { throw new InvalidOperationException("test"); };
            Trading.Between.Submitting = (tickets, goOn) => { throw new InvalidOperationException("test"); };
            Trading.Between.Snapshotting = account => { throw new InvalidOperationException("test"); };
            Trading.Between.Contract = instrument => { throw new InvalidOperationException("test"); };
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(7 * Second);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.IsFalse(Trading.Desk.Status.IsFlatVerified);
            Assert.IsNotNull(Trading.Desk.Status.Alarm);
            Trading.Between.Flattening = (account, instrument, goOn) => goOn();
            Trading.Between.Submitting = (tickets, goOn) => goOn();
            Trading.Between.Snapshotting = account => { };
            Trading.Requote();
            Trading.Pass(30 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnAnswerThatThrowsStopsNoDisarmingAndNoKill()
        {
            Armed();
            Trading.Signal(Side.Buy);
            Trading.Run();
            Trading.Desk.Disarm("test");
            Trading.Desk.Arm(TradingMode.Simulation, TradingHarness.Account, null,
                why => { throw new InvalidOperationException("test"); });
            Trading.Loop.RunAll();
            Trading.Desk.Kill("the button");
            Trading.Run();
            Trading.Pass(3 * Second);
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AnErrorOfOursWhileAnAccountIsBeingArmedGivesThatUp(bool isReleased)
        {
            Trading = new TradingHarness();
            Trading.Platform.Faults.HoldsAnswers = () => true;
            string answer = "none";
            Trading.Desk.Arm(TradingMode.Simulation, TradingHarness.Account, null, why => answer = why);
            Trading.Run();
            Trading.Desk.Core.Failed(new InvalidOperationException("test"));
            Trading.Platform.Faults.HoldsAnswers = () => false;
            string cleared = "none";
            if (isReleased)
            {
                Trading.Desk.ClearKill(why => cleared = why);
                Trading.Run();
                Assert.IsNull(cleared);
            }
            Trading.Platform.Answer();
            Trading.Run();
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.AreEqual(!isReleased, Trading.Desk.Status.IsKilled);
            StringAssert.Contains("internal error", answer);
        }
    }
}
