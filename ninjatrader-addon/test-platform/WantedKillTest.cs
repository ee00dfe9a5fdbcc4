using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.Host;

namespace Tickbridge.PlatformTest
{
    /// <summary>A KILL is kept until it is done, and whoever presses or does it waits for no disk.</summary>
    [TestFixture]
    public class WantedKillTest
    {
        private const int PatienceMillis = 60000;

        private string folder;
        private List<string> fleeting;
        private List<string> lasting;
        private WantedKill kill;

        [SetUp]
        public void Open()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-nt-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            fleeting = new List<string>();
            lasting = new List<string>();
            kill = Another();
        }

        [TearDown]
        public void Close()
        {
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, true);
            }
        }

        [Test]
        public void ItIsKeptUntilTheLastOneIsDone()
        {
            kill.Look();
            long first = kill.Ask();
            long second = kill.Ask();
            kill.Keep();
            Kept(true);
            kill.Done(first);
            Kept(true);
            Assert.IsTrue(kill.IsWanted);
            kill.Done(second);
            Kept(false);
            Assert.IsFalse(kill.IsWanted);
            kill.Done(first);
            Kept(false);
            CollectionAssert.IsEmpty(fleeting.Concat(lasting));
        }

        [Test]
        public void AnotherFindsItAndDeletesItWhenItIsDone()
        {
            kill.Ask();
            kill.Keep();
            Kept(true);
            kill.HandedOver();
            Kept(true);
            Assert.IsFalse(kill.IsWanted);
            WantedKill next = Another();
            Assert.IsFalse(next.IsWanted);
            next.Look();
            Assert.IsTrue(next.IsWanted);
            next.Done(next.Last);
            Assert.IsTrue(next.WaitUntilKept(PatienceMillis));
            Kept(false);
        }

        [Test]
        public void AFolderThatIsGoneIsToldOnceAndKeepsNobodyFromIt()
        {
            kill.Look();
            Directory.Delete(folder);
            File.WriteAllText(folder, "no folder");
            long number = kill.Ask();
            kill.Keep();
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            StringAssert.Contains(folder, fleeting.Single());
            Assert.IsTrue(kill.IsWanted);
            kill.Done(number);
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            Assert.IsFalse(kill.IsWanted);
            CollectionAssert.IsEmpty(lasting, "there is no file that could bring it back");
            File.Delete(folder);
        }

        [Test]
        public void WhatCannotBeDeletedIsToldAndTriedAgain()
        {
            kill.Look();
            long number = kill.Ask();
            kill.Keep();
            Kept(true);
            Directory.Move(folder, folder + "-away");
            kill.Done(number);
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            StringAssert.Contains(FilePath, lasting.Single());
            Assert.IsFalse(kill.IsWanted);
            kill.Look();
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            Assert.AreEqual(2, lasting.Count, "tried again");
            Assert.IsFalse(kill.IsWanted, "it is known to be done");
            Directory.Move(folder + "-away", folder);
            Kept(true);
            kill.Keep();
            Kept(false);
        }

        [Test]
        public void NobodyWaitsForADiskThatHolds()
        {
            kill.Look();
            MakeFifo();
            // Whoever opens it to write is held until somebody reads.
            long number = kill.Ask();
            kill.Keep();
            Assert.IsFalse(kill.WaitUntilKept(50));
            Assert.IsTrue(kill.IsWanted);
            kill.Done(number);
            Assert.IsFalse(kill.IsWanted);
            Assert.AreEqual(number + 1, kill.Ask());
            Assert.AreEqual(number + 1, kill.Last);
            kill.Keep();
            kill.Done(number + 1);
            using (var reader = Process.Start(new ProcessStartInfo("cat", FilePath)
            {
                UseShellExecute = false, RedirectStandardOutput = true
            }))
            {
                StringAssert.Contains("KILL was pressed", reader.StandardOutput.ReadToEnd());
                reader.WaitForExit();
            }
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            Assert.IsFalse(File.Exists(FilePath), "done meanwhile");
        }

        private string FilePath => Path.Combine(folder, WantedKill.FileName);

        private WantedKill Another() => new WantedKill(folder, fleeting.Add, lasting.Add);

        private void Kept(bool isThere)
        {
            Assert.IsTrue(kill.WaitUntilKept(PatienceMillis));
            Assert.AreEqual(isThere, File.Exists(FilePath));
        }

        private void MakeFifo()
        {
            try
            {
                using (Process made = Process.Start(new ProcessStartInfo("mkfifo", FilePath) { UseShellExecute = false }))
                {
                    made.WaitForExit();
                    Assert.AreEqual(0, made.ExitCode);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Ignore("needs mkfifo, for a disk that holds");
            }
        }
    }
}
