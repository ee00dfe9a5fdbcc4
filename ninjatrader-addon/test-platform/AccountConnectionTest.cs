using System;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformTest
{
    /// <summary>Accounts are told of by several threads at once, come and go meanwhile, and may fail to answer.</summary>
    [TestFixture]
    public class AccountConnectionTest : StubFixture
    {
        private HeardEvents heard;
        private NinjaPlatform.NinjaPlatform platform;

        [SetUp]
        public void Begin()
        {
            heard = new HeardEvents();
            platform = new NinjaPlatform.NinjaPlatform(new LocalClock());
        }

        [TearDown]
        public void End()
        {
            platform.Stop();
            StubThreads.Settle();
        }

        [Test]
        public void WhoReadItBeforeItWasConnectedDoesNotHaveTheLastWord()
        {
            Set(ConnectionStatus.ConnectionLost);
            heard.BeforeConnection = () => Set(ConnectionStatus.Connected);
            platform.Start(heard);
            CollectionAssert.Contains(heard.Connections.Select(told => told.OrdersConnected), false);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
        }

        [Test]
        public void NorHasASnapshotOfBefore()
        {
            platform.Start(heard);
            Set(ConnectionStatus.ConnectionLost);
            heard.BeforeConnection = () => Set(ConnectionStatus.Connected);
            platform.RequestSnapshot(AccountName, 1);
            Assert.IsFalse(heard.Snapshots.Single().Connection.OrdersConnected);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
        }

        /// <summary>NinjaTrader's threads may be held up so long that it is back when they tell that it was lost.</summary>
        [Test]
        public void ALossThatIsToldLateIsToldAllTheSame()
        {
            platform.Start(heard);
            heard.Connections.Clear();
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            CollectionAssert.Contains(heard.Connections.Where(told => told.Account == AccountName)
                .Select(told => told.OrdersConnected), false);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
        }

        [TestCase("Another broker", 1)]
        [TestCase("Simulated broker", 0, Description = "a reconnect may bring other objects of the same account")]
        public void ANamesakeOfAnotherConnectionIsToldAsThatOnce(string connection, int times)
        {
            platform.Start(heard);
            var other = new Connection();
            other.Options.Name = connection;
            other.Set(ConnectionStatus.Disconnected, ConnectionStatus.Connected);
            Add(new Account(AccountName, other));
            StubPlatform.Connection.Set(ConnectionStatus.Disconnected, ConnectionStatus.Connected);
            other.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            other.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.Connected);
            other.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
            CollectionAssert.AreEqual(Enumerable.Repeat(connection, times),
                heard.Connections.Where(told => told.NowOf != null).Select(told => told.NowOf));
        }

        [Test]
        public void OnlyWhatStoodBeforeTheStartIsToldSo()
        {
            heard.BeforeConnection = () =>
            {
                Add(new Account("Sim102", StubPlatform.Connection));
                Set(ConnectionStatus.Connected);
            };
            platform.Start(heard);
            Assert.IsTrue(LastOf("Live1").StoodBefore);
            Assert.IsTrue(LastOf("Sim102").OrdersConnected);
            Assert.IsFalse(heard.Connections.Any(told => told.Account == "Sim102" && told.StoodBefore));
        }

        [Test]
        public void WhatIsConnectedWhileItStartsDidNotStandBefore()
        {
            Set(ConnectionStatus.ConnectionLost);
            StubPlatform.Subscribers.Joined = name =>
            {
                StubPlatform.Subscribers.Joined = other => { };
                StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            };
            platform.Start(heard);
            StubThreads.Settle();
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
            Assert.IsFalse(heard.Connections.Any(told => told.StoodBefore));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AnAccountThatDoesNotAnswerHidesNoOtherAndThrowsIntoNobody(bool isAtTheStart)
        {
            if (!isAtTheStart)
            {
                platform.Start(heard);
                heard.Connections.Clear();
            }
            Account.StatusFailure = new InvalidOperationException("it is being closed");
            if (isAtTheStart)
            {
                platform.Start(heard);
            }
            else
            {
                Set(ConnectionStatus.Connected);
            }
            StringAssert.Contains("Sim101: the state of NinjaTrader's account cannot be read: it is being closed",
                heard.Unreadable[0]);
            Assert.IsTrue(LastOf("Live1").OrdersConnected);
            Assert.IsNull(LastOf(AccountName));
            Assert.Throws<InvalidOperationException>(() => platform.RequestSnapshot(AccountName, 1));
            Account.StatusFailure = null;
            Set(ConnectionStatus.Connected);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
        }

        [Test]
        public void ANamesakeThatDoesNotAnswerHidesNotTheOneThatDoes()
        {
            Account.StatusFailure = new InvalidOperationException("it is gone");
            Add(new Account(AccountName, StubPlatform.Connection));
            platform.Start(heard);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
            platform.RequestSnapshot(AccountName, 1);
            Assert.IsTrue(heard.Snapshots.Single().Connection.OrdersConnected);
        }

        [Test]
        public void AnAccountWhoseEventsCannotBeJoinedIsJoinedWithTheNext()
        {
            StubPlatform.Subscribers.Joined = name =>
            {
                if (name == "Sim101.AccountItemUpdate")
                {
                    throw new InvalidOperationException("not now");
                }
            };
            platform.Start(heard);
            StringAssert.Contains("not now", heard.Unreadable.Single());
            Assert.IsTrue(LastOf("Live1").OrdersConnected);
            Assert.IsNull(LastOf(AccountName));
            StringAssert.DoesNotContain("Sim101", StubPlatform.Subscribers.ToString());
            StubPlatform.Subscribers.Joined = name => { };
            Set(ConnectionStatus.Connected);
            Assert.IsTrue(LastOf(AccountName).OrdersConnected);
            StringAssert.Contains("Sim101.OrderUpdate 1", StubPlatform.Subscribers.ToString());
        }

        /// <summary>NinjaTrader may hold a lock of its own while it is joined, and wait for ours in another thread.</summary>
        [Test]
        public void WhoJoinsHoldsUpNobodyAndStaysNotJoinedOnceItStopped()
        {
            bool hasStopped = false;
            StubPlatform.Subscribers.Joined = name =>
            {
                if (name == "Sim101.OrderUpdate")
                {
                    var stopping = new Thread(platform.Stop);
                    stopping.Start();
                    hasStopped = stopping.Join(PatienceMillis);
                }
            };
            platform.Start(heard);
            Assert.IsTrue(hasStopped);
            Assert.AreEqual("", StubPlatform.Subscribers.ToString());
            Assert.IsEmpty(heard.Connections);
        }

        [Test]
        public void NoSnapshotIsPromisedBeforeTheStartOrAfterTheEnd()
        {
            Assert.Throws<InvalidOperationException>(() => platform.RequestSnapshot(AccountName, 1));
            platform.Start(heard);
            platform.RequestSnapshot(AccountName, 2);
            platform.Stop();
            Assert.Throws<InvalidOperationException>(() => platform.RequestSnapshot(AccountName, 3));
            Assert.AreEqual(2, heard.Snapshots.Single().Request);
        }

        /// <summary>null: it was not told of.</summary>
        private ConnectionReport LastOf(string account) => heard.Connections.LastOrDefault(told => told.Account == account);

        private static void Add(Account account)
        {
            lock (NinjaTrader.Cbi.Account.All)
            {
                NinjaTrader.Cbi.Account.All.Add(account);
            }
        }

        private static void Set(ConnectionStatus status)
        {
            StubPlatform.Connection.Set(status, status);
            StubThreads.Settle();
        }
    }
}
