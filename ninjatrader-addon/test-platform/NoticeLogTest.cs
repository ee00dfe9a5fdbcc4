using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Mode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.PlatformTest
{
    /// <summary>What trading does, in the words of the window's log.</summary>
    [TestFixture]
    public class NoticeLogTest
    {
        private EventLog log;
        private NoticeLog notices;

        [SetUp]
        public void Open()
        {
            log = new EventLog();
            notices = new NoticeLog(log);
        }

        [Test]
        public void NoNoticeIsShownByTheNameOfItsKindInOneWord()
        {
            foreach (NoticeKind kind in Enum.GetValues(typeof(NoticeKind)))
            {
                notices.OnNotice(new TradingNotice(kind, 0, "Sim101", "ES 12-26", kind + "?"));
            }
            string[] shown = log.Lines().Select(line => line.Text).ToArray();
            foreach (string word in new[] { "LinkRestored", "LinkLost", "KillCleared", "ArmingRefused", "OrphanCancelled",
                "PlatformLost", "PlatformRestored", "Mismatch" })
            {
                Assert.IsFalse(shown.Any(text => text.StartsWith(word + " ")), word);
            }
            CollectionAssert.Contains(shown, "NinjaTrader lost Sim101 ES 12-26: PlatformLost?");
        }

        /// <summary>The link's line says that it stands, the answer to a button what became of it: once is enough.</summary>
        [TestCase(NoticeKind.LinkRestored)]
        [TestCase(NoticeKind.LinkLost)]
        [TestCase(NoticeKind.Armed)]
        [TestCase(NoticeKind.ArmingRefused)]
        [TestCase(NoticeKind.KillCleared)]
        public void WhatIsToldElsewhereIsNotToldTwice(NoticeKind kind)
        {
            notices.OnNotice(new TradingNotice(kind, 0, "Sim101", "", "text"));
            Assert.IsEmpty(log.Lines());
        }

        [TestCase(Mode.DryRun, Weight.Information)]
        [TestCase(Mode.Simulation, Weight.Warning)]
        [TestCase(Mode.Live, Weight.Warning)]
        public void ARefusalIsAWarningWhereSomethingWouldHaveBeenSent(Mode mode, Weight expected)
        {
            notices.OnDecision(new Decision { SignalNumber = 7, Instrument = "ES 12-26", Mode = mode,
                RefusedBy = RiskRule.TradingHours, Text = "outside" });
            Assert.AreEqual("Signal 7 ES 12-26: refused by TradingHours, outside", log.Lines()[0].Text);
            Assert.AreEqual(expected, log.Lines()[0].Weight);
        }

        [Test]
        public void BeingDisarmedIsAWarning()
        {
            notices.OnNotice(new TradingNotice(NoticeKind.Disarmed, 0, "Sim101", "", "three entries were rejected"));
            Assert.AreEqual(Weight.Warning, log.Lines()[0].Weight);
        }
    }
}
