using System.IO;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// What the audit log writes: every line on the disk at once, a file a day, one chain through all of them.
    /// </summary>
    [TestFixture]
    public class AuditLogTest : AuditFixture
    {
        [Test]
        public void EveryLineIsOnDiskAtOnceAndChained()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
                Notice(log, Now + 1, "tab\tand line\nbreak");
                string[] lines = File.ReadAllLines(TodaysFile);
                Assert.AreEqual(3, lines.Length, "header and two lines, before the log is closed");
                StringAssert.Contains("text=tab and line break\t", lines[2]);
                AuditCheck check = AuditCheck.File(TodaysFile);
                Assert.IsTrue(check.IsWhole, check.Problem);
                Assert.AreEqual(3, check.LastNumber);
                Assert.AreEqual(log.LastHash, check.LastHash);
            }
        }

        [Test]
        public void ARestartGoesOnInTheSameFileAndChain()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            using (AuditLog log = Started())
            {
                Notice(log, Now, "second");
            }
            AuditCheck check = AuditCheck.File(TodaysFile);
            Assert.IsTrue(check.IsWhole, check.Problem);
            Assert.AreEqual(3, check.Lines);
            Assert.AreEqual(1, Directory.GetFiles(Folder, "*.log").Length);
        }

        [Test]
        public void ADayIsAFileAndTheChainGoesOn()
        {
            string hash;
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
                hash = log.LastHash;
                Notice(log, Now + Day, "next day");
                Notice(log, Now + Day - 1, "told late");
            }
            string next = Path.Combine(Folder, "tickbridge-audit-20241123.log");
            string[] lines = File.ReadAllLines(next);
            StringAssert.Contains("previousHash=" + hash, lines[0]);
            Assert.AreEqual(3, lines.Length);
            Assert.IsTrue(AuditCheck.File(next).IsWhole);
        }

        [Test]
        public void AFillIsOfTheDayOnWhichItIsHeard()
        {
            using (AuditLog log = Started())
            {
                log.Heard(new ExecutionReport { ExecutionId = "x", Time = Now + Day }, Now);
                Notice(log, Now, "next");
            }
            Assert.AreEqual(1, Directory.GetFiles(Folder, "*.log").Length);
            string[] lines = File.ReadAllLines(TodaysFile);
            StringAssert.Contains("\t2024-11-22T15:00:00.0000000Z\texecution\t", lines[1]);
            StringAssert.Contains("\ttime=2024-11-23T15:00:00.0000000Z\t", lines[1]);
        }

        [Test]
        public void ADamagedFileIsLeftAndAnotherBegun()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            File.AppendAllText(TodaysFile, "3\t2024-half a line");
            string damaged = File.ReadAllText(TodaysFile);
            using (AuditLog log = Started())
            {
                StringAssert.Contains("line 3: the line is not whole", log.Damage);
                Notice(log, Now, "second");
                Assert.IsTrue(log.IsWritable);
            }
            Assert.AreEqual(damaged, File.ReadAllText(TodaysFile));
            string second = Path.Combine(Folder, "tickbridge-audit-20241122.002.log");
            Assert.IsTrue(AuditCheck.File(second).IsWhole);
        }

        [Test]
        public void AnotherWhoWritesTheSameLogIsRefused()
        {
            using (Started())
            {
                using (var second = new AuditLog(Folder, 1))
                {
                    second.Start(Now);
                    Assert.IsFalse(second.IsWritable);
                    second.Recover(Now);
                    Assert.IsFalse(second.IsWritable);
                }
            }
            Started().Dispose();
        }
    }
}
