using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>What a person can still read who looks late: why it was disarmed, what became of signals, what is open.</summary>
    [TestFixture]
    public class StatusTest
    {
        private const long Second = TradingHarness.Second;
        private string folder;
        private TradingHarness trading;

        [SetUp]
        public void NameFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
        }

        [TearDown]
        public void Close()
        {
            trading.Dispose();
        }

        private TradingStatus Status => trading.Desk.Status;

        [Test]
        public void TheReasonOfTheLastDisarmStaysUntilArmedAgain()
        {
            trading = new TradingHarness(null, null, folder);
            Assert.AreEqual("", Status.DisarmReason, "it never was armed");
            Assert.IsNull(trading.Arm());
            trading.Pass(Second);
            long then = trading.Clock.Now;
            trading.Desk.Disarm("the last window was closed");
            trading.Run();
            trading.Pass(Second);
            trading.Desk.Disarm("disarmed by hand, though it is");
            trading.Desk.Arm(TradingMode.DryRun, "", "", null);
            for (int i = 0; i < 1000; i++)
            {
                trading.Signal(Side.Buy);
            }
            Assert.AreEqual("the last window was closed " + then, Status.DisarmReason + " " + Status.DisarmedAt);
            Assert.IsNull(trading.Arm());
            Assert.AreEqual(" 0", Status.DisarmReason + " " + Status.DisarmedAt);
        }

        [Test]
        public void AKillOfOursIsTheReasonToo()
        {
            trading = new TradingHarness(null, null, folder);
            Assert.IsNull(trading.Arm());
            trading.Desk.Core.Kill("the loss of the day");
            trading.Run();
            Assert.AreEqual("kill switch: the loss of the day", Status.DisarmReason);
        }

        /// <summary>The one signal that passed stays, whatever else comes; and so do all that were refused, as a number.</summary>
        [Test]
        public void DecisionsAreCountedByWhatBecameOfThemAndKeepTheirLast()
        {
            trading = new TradingHarness(settings => settings.Rules = new[] { "book-imbalance" }, null, folder);
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            for (int i = 0; i < 1204; i++)
            {
                trading.Signal(Side.None);
            }
            for (int i = 0; i < 310; i++)
            {
                trading.Signal(Side.Sell, signal => signal.RuleName = "another");
            }
            Assert.AreEqual(1, Status.SignalsPassed);
            CollectionAssert.AreEqual(new[] { "1 None 1", "1204 SignalSide 1205", "310 RuleAllowed 1515" }, Status.Decisions.Select(
                one => one.Count + " " + one.Last.RefusedBy + " " + one.Last.SignalNumber));
            trading.Signal(Side.None);
            Assert.AreEqual("1205 SignalSide 1516", Status.Decisions.Where(one => one.Last.RefusedBy == RiskRule.SignalSide)
                .Select(one => one.Count + " " + one.Last.RefusedBy + " " + one.Last.SignalNumber).Single());
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            CollectionAssert.AreEqual(new[] { true, false, false, false }, Status.Decisions.Select(one => one.Last.IsSent),
                "what was sent comes first, apart from what would have been");
        }

        [Test]
        public void WhatAKillReachedIsNamedWithItsInstrumentsAndAccounts()
        {
            trading = new TradingHarness(settings => settings.Instruments = new[] { "ES", "NQ" }, null, folder);
            trading.Run();
            Assert.AreEqual("ES, NQ on Sim101, Live1", Status.Reach);
            Assert.AreEqual("", Status.Reached);
            trading.Platform.SetConnected(false);
            trading.Desk.Kill("the button");
            trading.Run();
            Assert.IsFalse(Status.IsFlatVerified);
            trading.Platform.SetConnected(true);
            trading.Pass(Reconciler.Loading + 3 * Second);
            Assert.IsTrue(Status.IsFlatVerified);
            Assert.AreEqual("ES, NQ on Sim101, Live1", Status.Reached);
            CollectionAssert.AreEquivalent(new[] { "Sim101", "Live1" }, trading.Sink.Notices.Where(notice =>
                notice.Kind == NoticeKind.Flat && notice.Text == "verified: no position and no working order in ES, NQ")
                .Select(notice => notice.Account));
        }

        [Test]
        public void AKillThatMayTouchNothingCallsNothingFlat()
        {
            trading = new TradingHarness(settings => settings.Instruments = new string[0], null, folder);
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy, OrderKind.Market, 1,
                0, "by hand", "");
            trading.Run();
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.IsTrue(Status.IsKilled);
            Assert.IsFalse(Status.IsFlatVerified);
            Assert.IsTrue(Status.HasNothingToFlatten);
            Assert.AreEqual(" ", Status.Reach + " " + Status.Reached);
            Assert.AreEqual(0, trading.Sink.Count(NoticeKind.Flat));
            Assert.AreEqual("nothing is in instruments of limits.txt: KILL closed nothing and looked at nothing; what is open, "
                + "close by hand", trading.Sink.Notices.Single(notice => notice.Kind == NoticeKind.Alarm).Text);
            string answer = "no answer";
            trading.Desk.ClearKill(why => answer = why);
            trading.Run();
            Assert.IsNull(answer);
        }

        [Test]
        public void WhatAnEarlierRunOpenedStaysClosableWithNothingInInstruments()
        {
            LeaveOpen(settings => settings.Instruments = new string[0]);
            StringAssert.Contains("ES", Status.Reach);
            trading.Desk.Kill("the button");
            trading.Run();
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(Status.IsFlatVerified);
            StringAssert.EndsWith(" on Sim101", Status.Reached, "Live1 was not looked at, and is not named");
        }

        [Test]
        public void APositionOfAnEarlierRunIsNamedWhileItsStopCoversIt()
        {
            LeaveOpen(null);
            Assert.IsNull(Status.Alarm);
            CollectionAssert.AreEqual(new[] { "Sim101 ES 12-26" }, Status.LeftOpen);
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, OrderKind.Market, 1,
                0, "by hand", "");
            trading.Run();
            trading.Pass(12 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(Status.LeftOpen);
        }

        /// <summary>A run ends with a position and its bracket; the next one begins.</summary>
        private void LeaveOpen(Action<TradingSettings> change)
        {
            var first = new TradingHarness(null, null, folder);
            Assert.IsNull(first.Arm());
            Assert.IsTrue(first.Signal(Side.Buy).IsSent);
            first.Run();
            Assert.AreEqual(1, first.Position);
            first.Stop();
            trading = new TradingHarness(change, null, folder, null, first);
            trading.Pass(Second);
        }
    }
}
