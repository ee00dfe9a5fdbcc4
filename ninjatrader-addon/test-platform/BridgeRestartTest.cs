using System;
using System.IO;
using System.Reflection;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformTest
{
    /// <summary>What a bridge hands on when it is begun anew, and what it begins anew.</summary>
    [TestFixture]
    public class BridgeRestartTest : StubFixture
    {
        private const string Limits = "instruments = ES\naudit.free.mb = 1\n";

        private string data;
        private Bridge bridge;

        [SetUp]
        public void WriteFiles()
        {
            data = Path.Combine(Folder, "Tickbridge");
            Directory.CreateDirectory(data);
            Write("limits.txt", Limits);
            Write("link.key", new string('a', 64));
            Write("connection.txt", "host = 127.0.0.1\nport = 1\n");
        }

        [Test]
        public void AKillThatNobodyCouldActOnOutlivesNinjaTrader()
        {
            Write("limits.txt", "instrument = ES\n");
            Begin();
            Assert.IsNotNull(bridge.Failure);
            bridge.Kill();
            Assert.IsTrue(bridge.Read().IsKillWaiting);
            bridge.Stop();

            Write("limits.txt", Limits);
            Begin();
            Eventually(() => bridge.Read().Trading.IsKilled, () => "not killed");
            StringAssert.Contains("the kill button", bridge.Read().Trading.KillReason);
            Eventually(() => !bridge.Read().IsKillWaiting, () => "it waits still");
            Eventually(() => !File.Exists(Path.Combine(data, WantedKill.FileName)), () => "done once");
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void AWaitingKillIsSeenOnceItsFolderCanBeReached()
        {
            // Documents may be on a network that is not there yet when NinjaTrader starts.
            string there = data;
            data = Path.Combine(Folder, "away", "Tickbridge");
            File.WriteAllText(Path.GetDirectoryName(data), "no folder");
            Begin();
            Assert.IsNotNull(bridge.Failure);
            Assert.IsFalse(bridge.Read().IsKillWaiting, "nobody knows yet");
            File.Delete(Path.GetDirectoryName(data));
            Directory.CreateDirectory(Path.GetDirectoryName(data));
            Directory.Move(there, data);
            Write(WantedKill.FileName, "KILL was pressed\n");
            Assert.IsNull(bridge.Connect("127.0.0.1", "1", ""));
            Eventually(() => bridge.Read().Trading.IsKilled, () => "not killed");
            Eventually(() => !File.Exists(Path.Combine(data, WantedKill.FileName)), () => "it waits still");

            // What is found later is not pressed: it is done already, or of another NinjaTrader.
            Eventually(() => bridge.Read().Trading.IsFlatVerified, () => "not flat");
            bridge.ClearKill();
            Eventually(() => !bridge.Read().Trading.IsKilled, () => "not released");
            Assert.IsNull(bridge.Connect("127.0.0.1", "1", ""));
            Assert.IsFalse(bridge.Read().IsKillWaiting);
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void NothingRunsWhereItCannotBeToldWhetherAKillWaits()
        {
            Directory.CreateDirectory(Path.Combine(data, WantedKill.FileName));
            Begin();
            StringAssert.Contains("cannot tell whether a KILL waits", bridge.Failure);
            Assert.IsNull(bridge.Read().Trading);
            Directory.Delete(Path.Combine(data, WantedKill.FileName));
            Assert.IsNull(bridge.Connect("127.0.0.1", "1", ""));
            Assert.IsFalse(bridge.Read().IsKillWaiting);
            Assert.IsTrue(bridge.Stop());
        }

        /// <summary>It would leave into NinjaTrader, and what it had begun would run with no link, for ever.</summary>
        [Test]
        public void WhateverEndsTheStartIsToldAndLeavesNothingHalfBegun()
        {
            var platform = new HeldPlatform(new NinjaPlatform.NinjaPlatform(new LocalClock()))
            {
                StartFailure = new NullReferenceException("something of NinjaTrader's")
            };
            bridge = new Bridge(data, () => platform);
            bridge.Start();
            Assert.AreEqual("something of NinjaTrader's", bridge.Failure);
            Assert.IsNull(bridge.Read().Trading);
            Assert.AreEqual("", StubPlatform.Subscribers.ToString());
            platform.StartFailure = null;
            bridge.Start();
            Assert.IsNull(bridge.Failure);
            Assert.IsNotNull(bridge.Read().Trading);
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void TheLatchDoesNotDependOnTheAuditLogsFolder()
        {
            Begin();
            bridge.Kill();
            Eventually(() => bridge.Read().Trading.IsKilled, () => "not killed");
            Assert.IsTrue(bridge.Stop());
            Write("limits.txt", Limits + "audit.folder = another\n");
            Begin();
            Eventually(() => bridge.Read().Trading.IsKilled, () => "not killed");
            StringAssert.Contains("the kill button", bridge.Read().Trading.KillReason);
            Assert.IsTrue(File.Exists(Path.Combine(data, KillRecord.FileName)));
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void ConnectReadsTheWallClockAnewAndStartDoesNot()
        {
            object before = Setting();
            Begin();
            Assert.AreSame(before, Setting());
            Assert.IsNull(bridge.Connect("127.0.0.1", "1", ""));
            Assert.AreNotSame(before, Setting());
            Assert.IsTrue(bridge.Stop());
        }

        private void Begin()
        {
            bridge = new Bridge(data, () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            bridge.Start();
        }

        private void Write(string file, string text)
        {
            File.WriteAllText(Path.Combine(data, file), text);
        }

        /// <summary>What clocks that are made now go by.</summary>
        private static object Setting() => typeof(LocalClock).GetField("setting", BindingFlags.NonPublic
            | BindingFlags.Instance).GetValue(new LocalClock());
    }
}
