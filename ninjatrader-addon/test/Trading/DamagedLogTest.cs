using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// The loss of the day and the signals that were handled outlive what people, editors, clocks and disks do to the audit
    /// log's files; and what may not be known, a person is told before anything is traded.
    /// </summary>
    [TestFixture]
    public class DamagedLogTest
    {
        private const long Second = TradingHarness.Second;
        private const long Day = 24 * 3600 * Second;
        private const double Limit = 400;

        private string folder;
        private TradingHarness trading;

        [SetUp]
        public void Begin()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            trading = null;
        }

        [TearDown]
        public void End()
        {
            trading?.Dispose();
        }

        [TestCase(" - Copy.log")]
        [TestCase(" (2).log")]
        [TestCase(".1.log")]
        [TestCase(".copy.log")]
        [TestCase(".log.log")]
        public void ACopyOfTheLogDoesNotTakeTheLossBack(string name)
        {
            Start();
            Lose();
            string log = Log();
            File.Copy(log, log.Replace(".log", name));
            Lose();
            Assert.AreEqual(-625, Realized);
            trading.Stop();
            Restart();
            Assert.AreEqual(-625, Realized);
            Assert.IsNull(trading.Desk.Status.Alarm);
            Assert.IsNull(trading.Arm());
            RefusesAll();
        }

        [Test]
        public void LogsOfAClockThatWasAheadDoNotHideTodays()
        {
            Start();
            DateTime today = AuditLine.ToUtc(trading.Clock.Now).Date;
            for (int ahead = 2; ahead <= 5; ahead++)
            {
                File.WriteAllText(Path.Combine(folder, AuditFiles.Name(today.AddDays(ahead), 1)), "");
            }
            Lose();
            Lose();
            trading.Stop();
            Restart();
            Assert.AreEqual(-625, Realized);
            Assert.IsNull(trading.Desk.Status.Alarm, "they are none of ours");
            Assert.IsNull(trading.Arm());
            RefusesAll();
        }

        [Test]
        public void ADamagedLineIsToldBeforeAnythingIsTradedAndWhatStandsBehindItCounts()
        {
            LoseTwiceAndStop();
            byte[] bytes = File.ReadAllBytes(Log());
            bytes[bytes.Length / 4] ^= 1;
            File.WriteAllBytes(Log(), bytes);
            Restart();
            IsToldAndKnown();
        }

        [Test]
        public void AnEditorsByteOrderMarkAndLineEndsDoNotTakeTheLossBack()
        {
            LoseTwiceAndStop();
            string text = File.ReadAllText(Log());
            File.WriteAllText(Log(), text.Replace("\n", "\r\n"), new System.Text.UTF8Encoding(true));
            Restart();
            IsToldAndKnown();
        }

        [Test]
        public void ALogThatIsCutInItsLastLineKeepsIt()
        {
            LoseTwiceAndStop();
            string text = File.ReadAllText(Log());
            int last = text.LastIndexOf("\trealized\t", StringComparison.Ordinal);
            File.WriteAllText(Log(), text.Substring(0, text.IndexOf('\n', last)));
            Restart();
            IsToldAndKnown();
        }

        [Test]
        public void WhereTheLossItselfIsGoneAPersonHasTheLastWordInEachRunOfThatDayAndTheNext()
        {
            LoseTwiceAndStop();
            File.WriteAllText(Log(), File.ReadAllText(Log()).Replace("\trealized\t", "\treal?zed\t"));
            Restart();
            Assert.AreEqual(0, Realized, "nobody knows it");
            StringAssert.Contains("compare the loss of the day with NinjaTrader's, and arm once more", trading.Arm());
            Assert.IsFalse(Signal().IsSent, "it is not armed");
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(Signal().IsSent);
            trading.Run();
            trading.Desk.Kill("flat");
            trading.Run();
            trading.Pass(2 * Second);
            trading.Desk.ClearKill(null);
            trading.Run();
            trading.Stop();
            Restart(Day);
            StringAssert.Contains("arm once more", trading.Arm());
            trading.Stop();
            Restart(Day);
            Assert.IsNull(trading.Desk.Status.Alarm, "that was the day before yesterday");
            Assert.IsNull(trading.Arm());
        }

        [Test]
        public void WhatIsDoubtfulCanOnlyMakeTradingStricter()
        {
            var history = new AuditHistory();
            history.Take(AuditTime(0, "realized\taccount=Sim101\tday=2026-11-23\trealized=-300"));
            history.Take(AuditTime(0, "decision\tsession=7\tsignal=4\tpassed=yes"));
            history.TakeDoubtful(AuditTime(0, "realized\taccount=Sim101\tday=2026-11-23\trealized=900"));
            history.TakeDoubtful(AuditTime(0, "realized\taccount=Sim101\tday=2026-11-23\trealized=NaN"));
            history.TakeDoubtful("\uFEFF" + AuditTime(59, "realized\taccount=Live1\tday=2026-11-23\trealized=-20"));
            history.TakeDoubtful(AuditTime(59, "decision\tsession=7\tsignal=5\tpassed=yes"));
            history.TakeDoubtful("9\t2096-01-01T00:00:00.0000000Z\tdecision\tsession=7\tsignal=6\tpassed=yes");
            history.TakeDoubtful("decision");
            history.TakeDoubtful("\0\0\0");
            var today = new DateTime(2026, 11, 23);
            Assert.AreEqual(-300, history.Realized("Sim101", today));
            Assert.AreEqual(-20, history.Realized("Live1", today));
            Assert.AreEqual(3, history.Passed.Count(), "a time that is wrong makes none forgotten");
            Assert.AreEqual(SignalNovelty.Duplicate, history.Handled.Take(7, 6, 7));
            history.TakeDoubtful(AuditTime(59, "realized\taccount=Sim101\tday=2026-11-23\trealized=-450.5"));
            Assert.AreEqual(-450.5, history.Realized("Sim101", today));
        }

        private static string AuditTime(int second, string rest) => "9\t2026-11-23T15:00:" + second.ToString("00")
            + ".0000000Z\t" + rest;

        private double Realized => trading.Desk.Core.State.Book(TradingHarness.Account).Profit.Realized;

        private void IsToldAndKnown()
        {
            Assert.AreEqual(-625, Realized);
            StringAssert.Contains("the audit log of today or yesterday was damaged (tickbridge-audit-", trading.Desk.Status.Alarm);
            Assert.IsTrue(trading.Sink.Notices.Any(notice => notice.Kind == NoticeKind.Alarm
                && notice.Text == trading.Desk.Status.Alarm), "in the log too");
            StringAssert.Contains("arm once more", trading.Arm());
            Assert.IsNotNull(trading.Desk.Status.Alarm);
            Assert.IsFalse(Signal().IsSent, "it is not armed");
            Assert.IsNull(trading.Arm());
            trading.Pass(Second);
            Assert.IsNull(trading.Desk.Status.Alarm);
            Assert.IsTrue(trading.Sink.Notices.Any(notice => notice.Text.StartsWith("armed by a person who was told",
                StringComparison.Ordinal)));
            RefusesAll();
        }

        private void RefusesAll()
        {
            Assert.AreEqual(RiskRule.DailyLoss, Signal().RefusedBy);
            Assert.AreEqual(RiskRule.Duplicate, Signal(1).RefusedBy, "handled before the restart");
        }

        private Decision Signal(ulong number = 0)
        {
            trading.Requote();
            trading.Run();
            return trading.Signal(Side.Buy, signal => signal.Number = number == 0 ? signal.Number : number);
        }

        private void Start()
        {
            trading = new TradingHarness(settings => settings.MaxDailyLoss = 1000, null, folder);
        }

        /// <summary>312.50, by the stop.</summary>
        private void Lose()
        {
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(Signal().IsPassed);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
            double bid = trading.LastQuote.Bid / 1e9;
            trading.Quote(bid - 6, bid - 5.75);
            trading.Run();
            trading.Pass(2 * Second);
            Assert.AreEqual(0, trading.Position);
        }

        private void LoseTwiceAndStop()
        {
            Start();
            Lose();
            Lose();
            trading.Stop();
        }

        /// <summary>NinjaTrader has forgotten what was realized, as after a reconnect.</summary>
        private void Restart(long later = 0)
        {
            trading.Clock.Advance(later);
            trading = new TradingHarness(settings =>
                {
                    settings.MaxDailyLoss = Limit;
                    // It would, with the first quote: here it is asked what the gate says.
                    settings.LossKills = false;
                }, null, folder, null, trading, between => between.Snapshot = snapshot =>
                {
                    snapshot.Money = new AccountReport(snapshot.Account, 0, 0, snapshot.Connection.Time);
                    return snapshot;
                });
            trading.Pass(Second);
        }

        private string Log() => Directory.GetFiles(folder, "*.log").OrderBy(name => name.Length).First();
    }
}
