using System.IO;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>How the disk is asked to keep the log: nobody waits for it, and what it fails at is told.</summary>
    [TestFixture]
    public class AuditDiskTest : AuditFixture
    {
        [Test]
        public void ADiskThatTakesItsTimeHoldsNobodyUpAndShowsWhenItTakesTooMuch()
        {
            using (var gate = new System.Threading.ManualResetEvent(false))
            {
                long now = 0;
                string kept = "";
                using (var disk = new AuditDisk(path =>
                {
                    gate.WaitOne();
                    kept = path;
                }, () => now))
                {
                    Assert.IsNull(disk.Ask("a"));
                    now = 9999;
                    Assert.IsNull(disk.Ask("b"));
                    now = 10000;
                    StringAssert.Contains("10 s", disk.Ask("b"));
                    gate.Set();
                    disk.Settle();
                    Assert.AreEqual("a", kept);
                    Assert.IsNull(disk.Stuck);
                    Assert.IsNull(disk.Ask("b"));
                    disk.Settle();
                    Assert.AreEqual("b", kept);
                }
            }
        }

        [Test]
        public void WhatTheDiskDidNotKeepIsTold()
        {
            using (var disk = new AuditDisk(path => { throw new IOException("gone"); }, () => 0))
            {
                Assert.IsNull(disk.Ask("a"));
                disk.Settle();
                Assert.AreEqual("gone", disk.Ask("a"));
            }
        }

        [Test]
        public void TheDiskIsAskedThroughAnOpeningOfItsOwn()
        {
            using (AuditLog log = Started())
            {
                using (var disk = new AuditDisk(Folder, 1))
                {
                    disk.Ask(TodaysFile);
                    Notice(log, Now, "written meanwhile");
                    disk.Settle();
                    Assert.IsNull(disk.Ask(TodaysFile));
                    disk.Settle();
                    Assert.IsTrue(log.IsWritable);
                }
            }
            Assert.IsTrue(AuditCheck.File(TodaysFile).IsWhole);
        }

        [Test]
        public void WhatTheDiskFailedAtBeforeIsNotToldOnceMoreAfterArmingAnew()
        {
            using (AuditLog log = Started())
            {
                string moved = Path.Combine(Folder, "moved");
                File.Move(TodaysFile, moved);
                log.Sync();
                log.SettleDisk();
                log.Sync();
                Assert.IsFalse(log.IsWritable);
                log.SettleDisk();
                File.Move(moved, TodaysFile);
                log.Recover(Now);
                Assert.IsTrue(log.IsWritable, log.Failure);
                log.Sync();
                Assert.IsTrue(log.IsWritable, log.Failure);
                log.SettleDisk();
                log.Sync();
                Assert.IsTrue(log.IsWritable, log.Failure);
            }
        }

        [Test]
        public void AnOpeningThatIsDeadIsLetGoAndMadeAnew()
        {
            using (AuditLog log = Started())
            {
                using (var disk = new AuditDisk(Folder, 1))
                {
                    disk.Ask(TodaysFile);
                    disk.Settle();
                    KillOpening(disk);
                    Assert.IsNull(disk.Ask(TodaysFile), "it was well before");
                    disk.Settle();
                    Assert.IsNotNull(disk.Ask(TodaysFile));
                    disk.Settle();
                    Assert.IsNull(disk.Ask(TodaysFile));
                    disk.Settle();
                    KillOpening(disk);
                    string next = Path.Combine(Folder, "next");
                    File.WriteAllText(next, "");
                    disk.Ask(next);
                    disk.Settle();
                    Assert.IsNotNull(disk.Ask(next), "what the last file held may not be kept");
                    disk.Settle();
                    Assert.IsNull(disk.Ask(next));
                    disk.Settle();
                }
            }
        }

        [TestCase(@"\\server\share", @"\\server\share\")]
        [TestCase(@"\\server\share\audit\", @"\\server\share\audit\")]
        [TestCase(@"C:\audit", null)]
        [TestCase("/audit", null)]
        public void RoomOnAShareIsAskedForAsOneOnADriveCannotBe(string path, string asked)
        {
            string drive = null;
            string share = null;
            FreeSpace.Of(path, one => (drive = one).Length, one => (share = one).Length);
            Assert.AreEqual(asked, share);
            Assert.AreEqual(asked == null ? path : null, drive);
        }

        /// <summary>As when a network's disk was away.</summary>
        private static void KillOpening(AuditDisk disk)
        {
            var kept = (FileStream)typeof(AuditDisk).GetField("kept", System.Reflection.BindingFlags.Instance
                | System.Reflection.BindingFlags.NonPublic).GetValue(disk);
            kept.SafeFileHandle.Dispose();
        }
    }
}
