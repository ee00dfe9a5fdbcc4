using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// What becomes of a log that cannot be written: no entry passes, every further line is tried, the lost are told.
    /// </summary>
    [TestFixture]
    public class AuditFailureTest : AuditFixture
    {
        [Test]
        public void AFullDiskMakesItUnwritableUntilItWrites()
        {
            var disk = new FullDisk(400);
            using (var log = new AuditLog(Folder, 1, path => disk))
            {
                log.Start(Now);
                while (log.IsWritable)
                {
                    Notice(log, Now, "more");
                }
                StringAssert.Contains("No space left", log.Failure);
                long whole = disk.Length;
                Assert.AreEqual((byte)'\n', disk.ToArray()[whole - 1], "half a line was taken back");
                log.Recover(Now);
                Assert.IsFalse(log.IsWritable, "still full");
                disk.Capacity = 4000;
                log.Recover(Now);
                Assert.IsTrue(log.IsWritable);
            }
        }

        [Test]
        public void AFullDiskStopsTrading()
        {
            var disk = new FullDisk(1000000);
            using (var trading = new TradingHarness(null, null, Folder, path => disk))
            {
                Assert.IsNull(trading.Arm());
                disk.Capacity = (int)disk.Length + 10;
                Decision decision = trading.Signal(Side.Buy);
                trading.Run();
                Assert.IsFalse(decision.IsSent);
                Assert.AreEqual(RiskRule.AuditLog, decision.RefusedBy);
                Assert.IsEmpty(trading.Platform.Orders);
                Assert.IsFalse(trading.Desk.Status.IsArmed);
                StringAssert.Contains("audit log", trading.Arm());
            }
        }

        [Test]
        public void AfterOneFailedWriteEveryLineIsTriedAndTheLostAreCounted()
        {
            var disk = new FullDisk(1000000);
            using (var log = new AuditLog(Folder, 1, path => disk))
            {
                log.Start(Now);
                disk.Capacity = (int)disk.Length + 10;
                Notice(log, Now, "lost one");
                Notice(log, Now, "lost two");
                Assert.AreEqual(2, log.Lost);
                disk.Capacity = 1000000;
                Notice(log, Now, "the stop's fill");
                Assert.AreEqual(0, log.Lost);
                Assert.IsFalse(log.IsWritable, "no entry passes until a person arms anew");
            }
            string[] lines = Encoding.UTF8.GetString(disk.ToArray()).TrimEnd('\n').Split('\n');
            Assert.AreEqual(3, lines.Length);
            StringAssert.Contains("\tlost\tlines=2\ttext=No space left", lines[1]);
            StringAssert.Contains("the stop's fill", lines[2]);
            File.WriteAllBytes(TodaysFile, disk.ToArray());
            Assert.IsTrue(AuditCheck.File(TodaysFile).IsWhole);
        }

        [Test]
        public void AFileThatNeverWorksAgainIsOpenedAnew()
        {
            int opened = 0;
            var whole = new FullDisk(1000000);
            using (var log = new AuditLog(Folder, 1, path => ++opened == 1 ? new FullDisk(200) : whole))
            {
                log.Start(Now);
                Notice(log, Now, "lost");
                Notice(log, Now + 1, "lost");
                Assert.AreEqual(1, opened, "not at each line");
                Notice(log, Now + Second, "lost, and then it is closed");
                Notice(log, Now + Second + 1, "written");
                Assert.AreEqual(2, opened);
                Assert.AreEqual(0, log.Lost);
            }
            StringAssert.Contains("\tlost\tlines=3\t", Encoding.UTF8.GetString(whole.ToArray()));
        }

        [Test]
        public void WhatFailedLeavesAWholeFileOnTheDiskAndTheNextRunGoesOnInIt()
        {
            bool fails = false;
            using (var log = new AuditLog(Folder, 1, path => new FailingFile(path, () => fails)))
            {
                log.Start(Now);
                fails = true;
                Notice(log, Now, "lost");
                Notice(log, Now + Second, "lost");
                Notice(log, Now + 2 * Second, "lost");
                fails = false;
                Notice(log, Now + 3 * Second, "written");
            }
            using (AuditLog log = Started())
            {
                Notice(log, Now + 4 * Second, "next run");
            }
            AuditCheck check = AuditCheck.File(TodaysFile);
            Assert.IsTrue(check.IsWhole, check.Problem);
            Assert.AreEqual(4, check.Lines, "header, lost, written, next run");
            Assert.AreEqual(1, Directory.GetFiles(Folder, "*.log").Length);
        }

        [Test]
        public void LowSpaceRefusesEntriesAndGoesOnWriting()
        {
            using (var log = new AuditLog(Folder, long.MaxValue))
            {
                log.Start(Now);
                Assert.IsFalse(log.IsWritable);
                Notice(log, Now, "the loss of the day");
                Assert.AreEqual(0, log.Lost);
            }
            StringAssert.Contains("the loss of the day", File.ReadAllText(TodaysFile));
        }

        [Test]
        public void TooLittleFreeSpaceIsAsGoodAsNone()
        {
            using (var log = new AuditLog(Folder, long.MaxValue))
            {
                log.Start(Now);
                StringAssert.Contains("audit.free.mb", log.Failure);
            }
        }

        [Test]
        public void AFolderThatCannotBeMadeIsAFailureNotAnException()
        {
            File.WriteAllText(Folder, "a file");
            try
            {
                using (var log = new AuditLog(Folder, 1))
                {
                    log.Start(Now);
                    Assert.IsFalse(log.IsWritable);
                }
            }
            finally
            {
                File.Delete(Folder);
            }
        }

        [Test]
        public void WhatIsOpenWithoutARecordIsAnAlarmThoughNothingIsArmed()
        {
            var disk = new FullDisk(1000000);
            using (var trading = new TradingHarness(null, null, Folder, path => disk))
            {
                Assert.IsNull(trading.Arm());
                trading.Signal(Side.Buy);
                trading.Run();
                trading.Desk.Disarm("by hand");
                trading.Run();
                Assert.IsNull(trading.Desk.Status.AuditFailure);
                disk.Capacity = (int)disk.Length + 10;
                trading.Quote(4990, 4990.25);
                trading.Run();
                trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                    OrderKind.Market, 1, 0, "by hand", "");
                trading.Desk.Kill("the button");
                trading.Loop.RunAll();
                trading.Timer();
                StringAssert.Contains("No space left", trading.Desk.Status.AuditFailure);
                StringAssert.Contains("without a record", trading.Desk.Status.Alarm);
                disk.Capacity = 1000000;
                trading.Run();
                trading.Pass(3 * Second);
                string log = Encoding.UTF8.GetString(disk.ToArray());
                StringAssert.Contains("\tlost\tlines=", log);
                StringAssert.Contains("\tflatten\t", log.Substring(log.IndexOf("\tlost\t", StringComparison.Ordinal)));
                Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
                Assert.IsNull(trading.Desk.Status.Alarm);
                Assert.AreEqual(1, trading.Sink.Notices.Count(notice => notice.Text.Contains("no entry passes")));
                Assert.AreEqual(1, trading.Sink.Notices.Count(notice => notice.Text.Contains("written again")));
            }
        }

        /// <summary>A file on the disk whose writes fail in the middle of a line while a test wants that.</summary>
        private sealed class FailingFile : FileStream
        {
            private readonly Func<bool> fails;

            public FailingFile(string path, Func<bool> fails)
                : base(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1)
            {
                this.fails = fails;
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                base.Write(buffer, offset, fails() ? count / 2 : count);
                if (fails())
                {
                    throw new IOException("broken");
                }
            }
        }

        /// <summary>Writes what fits, as a disk does, and then fails.</summary>
        private sealed class FullDisk : MemoryStream
        {
            public FullDisk(int capacity)
            {
                Capacity = capacity;
            }

            public new int Capacity { get; set; }

            public override void Write(byte[] buffer, int offset, int count)
            {
                int fits = (int)Math.Min(count, Capacity - Length);
                base.Write(buffer, offset, fits);
                if (fits < count)
                {
                    throw new IOException("No space left on device");
                }
            }

            public override void SetLength(long value)
            {
                base.SetLength(value);
                Position = value;
            }

            protected override void Dispose(bool disposing)
            {
            }
        }
    }
}
