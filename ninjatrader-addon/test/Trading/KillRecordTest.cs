using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What a restart must not forget: as Windows may leave its file, and with two who would write it.</summary>
    [TestFixture]
    public class KillRecordTest
    {
        private const long Second = TradingHarness.Second;
        private const string Heading = "# Tickbridge writes this: what a restart must not forget.\n";
        private const string Latched = Heading + "killed = the button\nflattening = Sim101\tES\n";

        private string folder;
        private string record;

        [SetUp]
        public void MakeFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            record = Path.Combine(folder, KillRecord.FileName);
        }

        [TearDown]
        public void DeleteFolder()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, true);
            }
        }

        /// <summary>ReplaceFile may end so, says its documentation: ERROR_UNABLE_TO_MOVE_REPLACEMENT.</summary>
        [Test]
        public void AKillThatStandsInTheNewFileAloneIsNotForgotten()
        {
            File.WriteAllText(record + ".new", Latched);
            using (var trading = new TradingHarness(null, null, folder))
            {
                Assert.IsTrue(trading.Desk.Status.IsKilled);
                StringAssert.Contains("the button", trading.Desk.Status.KillReason);
                trading.Pass(12 * Second);
                Assert.IsTrue(trading.Desk.Status.IsFlatVerified, trading.Desk.Status.Alarm);
            }
        }

        [TestCase(Heading + "killed = the but")]
        [TestCase(Heading + "armed = Sim1")]
        [TestCase("")]
        public void ANewFileThatIsNotWholeCountsAsAKillAndIsKept(string half)
        {
            File.WriteAllText(record + ".new", half);
            using (var trading = new TradingHarness(null, null, folder))
            {
                Assert.IsTrue(trading.Desk.Status.IsKilled);
                StringAssert.Contains("cannot tell whether the kill switch was pulled", trading.Desk.Status.KillReason);
                Assert.AreEqual(half, File.ReadAllText(record + ".bad"));
            }
        }

        [Test]
        public void WhatIsReplacedKeepsANameAndNothingIsLeftWhenNothingIsOpen()
        {
            File.WriteAllText(record, Heading + "armed = Sim101\tES\n");
            File.WriteAllText(record + ".new", "of a try that failed");
            var kept = new KillRecord(folder, folder);
            kept.Load();
            Assert.IsNull(kept.KillReason, "the file itself counts");
            Assert.IsNull(kept.Save("the button", new RecordLine[0]));
            Assert.AreEqual(Heading + "killed = the button\n", File.ReadAllText(record));
            Assert.AreEqual(Heading + "armed = Sim101\tES\n", File.ReadAllText(record + ".old"));
            File.WriteAllText(record + ".new", "of a try that failed");
            Assert.IsNull(kept.Save(null, new RecordLine[0]));
            Assert.IsEmpty(Directory.GetFiles(folder, "*.txt*"));
            kept.Close();
        }

        [Test]
        public void ASecondNinjaTraderReadsTheRecordOfTheFirstAndWritesNothing()
        {
            using (var first = new TradingHarness(null, null, folder))
            {
                Assert.IsNull(first.Arm());
                string armed = File.ReadAllText(record);
                StringAssert.Contains("armed = Sim101", armed);
                using (var second = new TradingHarness(null, null, folder))
                {
                    second.Pass(5 * Second);
                    Assert.AreEqual(armed, File.ReadAllText(record));
                    Assert.IsTrue(second.Sink.Notices.Any(notice => notice.Text.Contains("another NinjaTrader, or a run of this "
                        + "one that has not ended, writes it")));
                    Assert.IsNotNull(second.Arm());
                    bool isKept = false;
                    second.Desk.Kill("the button", () => isKept = true);
                    second.Run();
                    Assert.IsTrue(second.Desk.Status.IsKilled);
                    Assert.IsFalse(isKept, "who keeps the KILL gives it to the next run");
                    StringAssert.Contains("a restart would forget what is open and killed", string.Join("\n",
                        second.Sink.Notices.Where(notice => notice.Kind == NoticeKind.Alarm).Select(notice => notice.Text)));
                    second.Stop();
                    Assert.AreEqual(armed, File.ReadAllText(record));
                    first.Signal(Side.Buy);
                    first.Run();
                    first.Pass(3 * Second);
                    StringAssert.Contains("working = Sim101", File.ReadAllText(record));
                    first.Stop();
                }
            }
        }

        [Test]
        public void WhoHasClosedItWritesNothingAndTheNextDoes()
        {
            var before = new KillRecord(folder, folder);
            before.Load();
            Assert.IsNull(before.Save("the button", new RecordLine[0]));
            before.Close();
            StringAssert.Contains("this run has ended", before.Save(null, new RecordLine[0]));
            var next = new KillRecord(folder, folder);
            next.Load();
            Assert.IsNull(next.Obstacle);
            Assert.AreEqual("the button", next.KillReason);
            Assert.IsNull(next.Save("the loss", new RecordLine[0]));
            Assert.AreEqual(Heading + "killed = the loss\n", File.ReadAllText(record));
            next.Close();
        }
    }
}
