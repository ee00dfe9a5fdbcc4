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

        /// <summary>560 signals a second for a minute, as a gateway's demonstration sends them.</summary>
        [Test]
        public void HoweverManySignalsAreDecidedWhatAPersonMustReadStays()
        {
            notices.OnNotice(new TradingNotice(NoticeKind.Disarmed, 0, "Sim101", "", "the last Tickbridge window was closed"));
            for (ulong i = 0; i < 33600; i++)
            {
                notices.OnDecision(new Decision { SignalNumber = i, Instrument = "ES 12-26", Mode = Mode.Simulation,
                    RefusedBy = RiskRule.Mode, Text = "not armed" });
            }
            CollectionAssert.AreEqual(new[] { "Disarmed Sim101: the last Tickbridge window was closed" },
                log.Lines().Select(line => line.Text));
        }

        [Test]
        public void BeingDisarmedIsAWarning()
        {
            notices.OnNotice(new TradingNotice(NoticeKind.Disarmed, 0, "Sim101", "", "three entries were rejected"));
            Assert.AreEqual(Weight.Warning, log.Lines()[0].Weight);
        }
    }
}
