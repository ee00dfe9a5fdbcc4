using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What a check of the audit log finds: whatever was changed, taken out or left half written.</summary>
    [TestFixture]
    public class AuditCheckTest : AuditFixture
    {
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
            string cut = Path.Combine(Folder, "cut");
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
    }
}
