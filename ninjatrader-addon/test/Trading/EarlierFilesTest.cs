using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// What a run knows of those before it: their files are read once, and to their end unless somebody waits.
    /// </summary>
    [TestFixture]
    public class EarlierFilesTest : AuditFixture
    {
        [Test]
        public void AStartReadsTodaysFileOnce()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now - Day, "yesterday, and it is in today's");
            }
            using (AuditLog log = Started())
            {
                Assert.AreEqual(1, log.FilesRead);
                Notice(log, Now, "goes on");
                Notice(log, Now + Day, "tomorrow");
                Assert.AreEqual(1, log.FilesRead);
            }
            using (var log = new AuditLog(Folder, 1))
            {
                log.Start(Now + Day);
                Assert.AreEqual(2, log.FilesRead);
            }
            Assert.AreEqual(2, Directory.GetFiles(Folder, "*.log").Length);
        }

        [Test]
        public void AFileThatCannotBeReadIsNotReadAgainWithEachLine()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            using (new FileStream(TodaysFile, FileMode.Open, FileAccess.Read, FileShare.None))
            using (var log = new AuditLog(Folder, 1))
            {
                log.Start(Now);
                Assert.IsFalse(log.IsWritable);
                Assert.AreEqual(1, log.FilesRead);
                for (int i = 0; i < 5; i++)
                {
                    Notice(log, Now + i * Second, "a stop's fill");
                }
                Assert.AreEqual(1, log.FilesRead);
                Assert.AreEqual(0, log.Lost, "another part takes it");
            }
        }

        [Test]
        public void KillDoesNotWaitUntilALongLogIsReadAndThenNoEntryPasses()
        {
            WriteDecisions(EarlierFiles.PatientLines);
            using (var trading = new TradingHarness(null, null, Folder, whileStarting: desk => desk.Kill("the button")))
            {
                Assert.IsTrue(trading.Desk.Status.IsKilled);
                StringAssert.Contains("KILL or the end came before all was read", trading.Audit.Failure);
                Assert.AreEqual(0, trading.Audit.Lost, "another part takes what becomes of it");
                trading.Desk.ClearKill(null);
                trading.Run();
                StringAssert.Contains("earlier runs wrote; press Connect", trading.Arm());
                trading.Stop();
                using (var next = new AuditLog(Folder, 1))
                {
                    next.Start(trading.Clock.Now);
                    Assert.IsTrue(next.IsWritable, next.Failure);
                    Assert.AreEqual("", next.Damage);
                    Assert.AreEqual(2, next.FilesRead);
                    Assert.AreEqual(SignalNovelty.Duplicate, next.History.Handled.Take(7, (ulong)EarlierFiles.PatientLines, 7));
                }
            }
        }

        [TestCase(-20, -400)]
        [TestCase(-420, -420)]
        public void ARunThatDoesNotKnowTheEarlierLossDoesNotMakeItGood(double told, double expected)
        {
            var loss = new DateTime(2024, 11, 22);
            WriteDecisions(EarlierFiles.PatientLines);
            using (AuditLog log = Started())
            {
                Assert.IsTrue(log.Realized("Sim101", loss, -400, Now, false));
            }
            using (var log = new AuditLog(Folder, 1))
            {
                log.Hurry();
                log.Start(Now);
                Assert.IsNull(log.History.Realized("Sim101", loss));
                Assert.IsTrue(log.Realized("Sim101", loss, told, Now, false));
            }
            using (AuditLog log = Started())
            {
                Assert.AreEqual(expected, log.History.Realized("Sim101", loss));
                Assert.IsTrue(log.Realized("Sim101", loss, -100, Now, false));
            }
            using (AuditLog log = Started())
            {
                Assert.AreEqual(-100, log.History.Realized("Sim101", loss), "who knows all has the last word");
                Assert.AreEqual("", log.Damage);
            }
        }

        [Test]
        public void AShortLogIsReadToItsEndWhoeverWaits()
        {
            WriteDecisions(EarlierFiles.PatientLines - 2);
            using (var log = new AuditLog(Folder, 1))
            {
                log.Hurry();
                log.Start(Now);
                Assert.IsTrue(log.IsWritable, log.Failure);
            }
            using (AuditLog log = Started())
            {
                log.Hurry();
                Notice(log, Now, "when all is read it changes nothing");
                Assert.IsTrue(log.IsWritable);
            }
            Assert.AreEqual(1, Directory.GetFiles(Folder, "*.log").Length);
        }

        [Test]
        public void ManyPartsOfADayDoNotHideWhatTheFirstTells()
        {
            var loss = new DateTime(2024, 11, 22);
            using (AuditLog log = Started())
            {
                Assert.IsTrue(log.Realized("Sim101", loss, -400, Now, false));
            }
            for (int part = 1; part <= 5; part++)
            {
                // As starts leave it that could not read it.
                string file = Directory.GetFiles(Folder, "*.log").OrderBy(name => name.Length).ThenBy(name => name).Last();
                File.AppendAllText(file, "half a line");
                using (AuditLog log = Started())
                {
                    Notice(log, Now, "part " + part);
                    Assert.AreEqual(-400, log.History.Realized("Sim101", loss));
                }
            }
            Assert.AreEqual(6, Directory.GetFiles(Folder, "*.log").Length);
            using (AuditLog log = Started())
            {
                for (int day = 1; day <= 3; day++)
                {
                    Notice(log, Now + day * Day, "a day later");
                }
            }
            using (var log = new AuditLog(Folder, 1))
            {
                log.Start(Now + 3 * Day);
                Assert.AreEqual(3, log.FilesRead);
                Assert.IsNull(log.History.Realized("Sim101", loss));
            }
        }

        [Test]
        public void OfDecisionsTheHistoryKeepsWhatTheLedgerCanHold()
        {
            using (AuditLog log = Started())
            {
                for (ulong i = 1; i <= 5000; i++)
                {
                    log.Decided(new Decision { Time = Now, Session = 7, SignalNumber = i });
                }
            }
            using (AuditLog log = Started())
            {
                Assert.AreEqual(SignalNovelty.OutOfSequence, log.History.Handled.Take(7, 1, 7));
                Assert.AreEqual(SignalNovelty.Duplicate, log.History.Handled.Take(7, 4999, 7));
                Assert.AreEqual(SignalNovelty.Duplicate, log.History.Handled.Take(7, 5000, 7));
                Assert.AreEqual(SignalNovelty.New, log.History.Handled.Take(7, 5001, 7));
            }
        }

        /// <summary>And the header.</summary>
        private void WriteDecisions(long count)
        {
            using (AuditLog log = Started())
            {
                for (long i = 1; i <= count; i++)
                {
                    log.Decided(new Decision { Time = Now, Session = 7, SignalNumber = (ulong)i });
                }
            }
        }
    }
}
