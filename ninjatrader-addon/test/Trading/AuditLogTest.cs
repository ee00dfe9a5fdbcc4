using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    [TestFixture]
    public class AuditLogTest
    {
        // 2024-11-22T15:00:00Z
        private const long Now = 1732287600000000000;
        private const long Day = 86400000000000;
        private const long Second = 1000000000;

        private string folder;

        [SetUp]
        public void Open()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
        }

        [TearDown]
        public void Close()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, true);
            }
        }

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
        public void TheHashIsPlainSha256OverTheHashBeforeAndTheLine()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            string[] lines = File.ReadAllLines(TodaysFile);
            string before = lines[0].Substring(lines[0].LastIndexOf('\t') + 1);
            int end = lines[1].LastIndexOf('\t');
            using (var sha = System.Security.Cryptography.SHA256.Create())
            {
                byte[] digest = sha.ComputeHash(System.Text.Encoding.UTF8.GetBytes(before + "\n"
                    + lines[1].Substring(0, end)));
                Assert.AreEqual(BitConverter.ToString(digest).Replace("-", "").ToLowerInvariant(),
                    lines[1].Substring(end + 1));
            }
        }

        [Test]
        public void AnyChangedByteShows()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
                Notice(log, Now, "second");
            }
            byte[] whole = File.ReadAllBytes(TodaysFile);
            for (int i = 0; i < whole.Length; i++)
            {
                byte[] damaged = (byte[])whole.Clone();
                damaged[i] ^= 1;
                File.WriteAllBytes(TodaysFile, damaged);
                Assert.IsFalse(AuditCheck.File(TodaysFile).IsWhole, "byte " + i);
            }
        }

        [Test]
        public void ALineTakenOutShows()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
                Notice(log, Now, "second");
            }
            string[] lines = File.ReadAllLines(TodaysFile);
            File.WriteAllText(TodaysFile, lines[0] + "\n" + lines[2] + "\n");
            AuditCheck check = AuditCheck.File(TodaysFile);
            Assert.AreEqual(2, check.BadLine);
            Assert.AreEqual("number 3 follows 1", check.Problem);
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
            Assert.AreEqual(1, Directory.GetFiles(folder, "*.log").Length);
        }

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
            using (var log = new AuditLog(folder, 1))
            {
                log.Start(Now + Day);
                Assert.AreEqual(2, log.FilesRead);
            }
            Assert.AreEqual(2, Directory.GetFiles(folder, "*.log").Length);
        }

        [Test]
        public void AFileThatCannotBeReadIsNotReadAgainWithEachLine()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            using (new FileStream(TodaysFile, FileMode.Open, FileAccess.Read, FileShare.None))
            using (var log = new AuditLog(folder, 1))
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
            WriteDecisions(AuditLog.PatientLines);
            using (var trading = new TradingHarness(null, null, folder, whileStarting: desk => desk.Kill("the button")))
            {
                Assert.IsTrue(trading.Desk.Status.IsKilled);
                StringAssert.Contains("KILL or the end came before all was read", trading.Audit.Failure);
                Assert.AreEqual(0, trading.Audit.Lost, "another part takes what becomes of it");
                trading.Desk.ClearKill(null);
                trading.Run();
                StringAssert.Contains("earlier runs wrote; press Connect", trading.Arm());
                trading.Stop();
                using (var next = new AuditLog(folder, 1))
                {
                    next.Start(trading.Clock.Now);
                    Assert.IsTrue(next.IsWritable, next.Failure);
                    Assert.AreEqual("", next.Damage);
                    Assert.AreEqual(2, next.FilesRead);
                    Assert.AreEqual(SignalNovelty.Duplicate, next.History.Handled.Take(7, (ulong)AuditLog.PatientLines, 7));
                }
            }
        }

        [TestCase(-20, -400)]
        [TestCase(-420, -420)]
        public void ARunThatDoesNotKnowTheEarlierLossDoesNotMakeItGood(double told, double expected)
        {
            var loss = new DateTime(2024, 11, 22);
            WriteDecisions(AuditLog.PatientLines);
            using (AuditLog log = Started())
            {
                Assert.IsTrue(log.Realized("Sim101", loss, -400, Now, false));
            }
            using (var log = new AuditLog(folder, 1))
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
            WriteDecisions(AuditLog.PatientLines - 2);
            using (var log = new AuditLog(folder, 1))
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
            Assert.AreEqual(1, Directory.GetFiles(folder, "*.log").Length);
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
                string file = Directory.GetFiles(folder, "*.log").OrderBy(name => name.Length).ThenBy(name => name).Last();
                File.AppendAllText(file, "half a line");
                using (AuditLog log = Started())
                {
                    Notice(log, Now, "part " + part);
                    Assert.AreEqual(-400, log.History.Realized("Sim101", loss));
                }
            }
            Assert.AreEqual(6, Directory.GetFiles(folder, "*.log").Length);
            using (AuditLog log = Started())
            {
                for (int day = 1; day <= 3; day++)
                {
                    Notice(log, Now + day * Day, "a day later");
                }
            }
            using (var log = new AuditLog(folder, 1))
            {
                log.Start(Now + 3 * Day);
                Assert.AreEqual(3, log.FilesRead);
                Assert.IsNull(log.History.Realized("Sim101", loss));
            }
        }

        [Test]
        public void LinesAreCheckedWhereverABlockOfTheFileEndsInThem()
        {
            var random = new Random(5);
            using (AuditLog log = Started())
            {
                for (int i = 0; i < 400; i++)
                {
                    Notice(log, Now + i, new string("a\u00e4\u20ac"[i % 3], i == 77 ? 300000 : random.Next(3000)));
                }
            }
            string[] lines = File.ReadAllText(TodaysFile).Split('\n');
            AuditCheck check = AuditCheck.File(TodaysFile);
            Assert.IsTrue(check.IsWhole, check.Problem);
            Assert.AreEqual(401, check.Lines);
            Assert.AreEqual(lines[400].Substring(lines[400].LastIndexOf('\t') + 1), check.LastHash);
            byte[] whole = File.ReadAllBytes(TodaysFile);
            string cut = Path.Combine(folder, "cut");
            for (int i = 0; i < 40; i++)
            {
                int length = i < 20 ? (1 << 17) - 10 + i : random.Next(whole.Length);
                File.WriteAllBytes(cut, whole.Take(length).ToArray());
                int good = whole.Take(length).Count(one => one == '\n');
                check = AuditCheck.File(cut);
                Assert.AreEqual(good, check.Lines, "cut at " + length);
                Assert.AreEqual(whole[length - 1] == '\n', check.IsWhole, "cut at " + length);
                Assert.AreEqual(check.IsWhole ? 0 : good + 1, check.BadLine, "cut at " + length);
            }
        }

        [Test]
        public void WhatHasNoEndIsDamageHoweverLongItIs()
        {
            using (AuditLog log = Started())
            {
                Notice(log, Now, "first");
            }
            using (var file = new FileStream(TodaysFile, FileMode.Open))
            {
                file.SetLength(4L * AuditLineReader.LineLimit);
            }
            AuditCheck check = AuditCheck.File(TodaysFile);
            Assert.AreEqual(3, check.BadLine);
            Assert.AreEqual("the line is not whole", check.Problem);
            using (AuditLog log = Started())
            {
                StringAssert.Contains("line 3", log.Damage);
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
            string second = Path.Combine(folder, "tickbridge-audit-20241122.002.log");
            Assert.IsTrue(AuditCheck.File(second).IsWhole);
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
            string next = Path.Combine(folder, "tickbridge-audit-20241123.log");
            string[] lines = File.ReadAllLines(next);
            StringAssert.Contains("previousHash=" + hash, lines[0]);
            Assert.AreEqual(3, lines.Length);
            Assert.IsTrue(AuditCheck.File(next).IsWhole);
        }

        [Test]
        public void AFullDiskMakesItUnwritableUntilItWrites()
        {
            var disk = new FullDisk(400);
            using (var log = new AuditLog(folder, 1, path => disk))
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
            using (var trading = new TradingHarness(null, null, folder, path => disk))
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
            using (var log = new AuditLog(folder, 1, path => disk))
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
            using (var log = new AuditLog(folder, 1, path => ++opened == 1 ? new FullDisk(200) : whole))
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
            using (var log = new AuditLog(folder, 1, path => new FailingFile(path, () => fails)))
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
            Assert.AreEqual(1, Directory.GetFiles(folder, "*.log").Length);
        }

        [Test]
        public void LowSpaceRefusesEntriesAndGoesOnWriting()
        {
            using (var log = new AuditLog(folder, long.MaxValue))
            {
                log.Start(Now);
                Assert.IsFalse(log.IsWritable);
                Notice(log, Now, "the loss of the day");
                Assert.AreEqual(0, log.Lost);
            }
            StringAssert.Contains("the loss of the day", File.ReadAllText(TodaysFile));
        }

        [Test]
        public void AnotherWhoWritesTheSameLogIsRefused()
        {
            using (Started())
            {
                using (var second = new AuditLog(folder, 1))
                {
                    second.Start(Now);
                    Assert.IsFalse(second.IsWritable);
                    second.Recover(Now);
                    Assert.IsFalse(second.IsWritable);
                }
            }
            Started().Dispose();
        }

        [Test]
        public void WhatIsOpenWithoutARecordIsAnAlarmThoughNothingIsArmed()
        {
            var disk = new FullDisk(1000000);
            using (var trading = new TradingHarness(null, null, folder, path => disk))
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
                using (var disk = new AuditDisk(folder, 1))
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
                string moved = Path.Combine(folder, "moved");
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
        public void AFillIsOfTheDayOnWhichItIsHeard()
        {
            using (AuditLog log = Started())
            {
                log.Heard(new ExecutionReport { ExecutionId = "x", Time = Now + Day }, Now);
                Notice(log, Now, "next");
            }
            Assert.AreEqual(1, Directory.GetFiles(folder, "*.log").Length);
            string[] lines = File.ReadAllLines(TodaysFile);
            StringAssert.Contains("\t2024-11-22T15:00:00.0000000Z\texecution\t", lines[1]);
            StringAssert.Contains("\ttime=2024-11-23T15:00:00.0000000Z\t", lines[1]);
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

        [Test]
        public void AnOpeningThatIsDeadIsLetGoAndMadeAnew()
        {
            using (AuditLog log = Started())
            {
                using (var disk = new AuditDisk(folder, 1))
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
                    string next = Path.Combine(folder, "next");
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

        /// <summary>As when a network's disk was away.</summary>
        private static void KillOpening(AuditDisk disk)
        {
            var kept = (FileStream)typeof(AuditDisk).GetField("kept", System.Reflection.BindingFlags.Instance
                | System.Reflection.BindingFlags.NonPublic).GetValue(disk);
            kept.SafeFileHandle.Dispose();
        }

        [Test]
        public void TooLittleFreeSpaceIsAsGoodAsNone()
        {
            using (var log = new AuditLog(folder, long.MaxValue))
            {
                log.Start(Now);
                StringAssert.Contains("audit.free.mb", log.Failure);
            }
        }

        [Test]
        public void AFolderThatCannotBeMadeIsAFailureNotAnException()
        {
            File.WriteAllText(folder, "a file");
            try
            {
                using (var log = new AuditLog(folder, 1))
                {
                    log.Start(Now);
                    Assert.IsFalse(log.IsWritable);
                }
            }
            finally
            {
                File.Delete(folder);
            }
        }

        private string TodaysFile => Path.Combine(folder, "tickbridge-audit-20241122.log");

        private AuditLog Started()
        {
            var log = new AuditLog(folder, 1);
            log.Start(Now);
            Assert.IsTrue(log.IsWritable, log.Failure);
            return log;
        }

        private static void Notice(AuditLog log, long time, string text)
        {
            log.Noticed(new TradingNotice(NoticeKind.Warning, time, "Sim101", "", text));
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
