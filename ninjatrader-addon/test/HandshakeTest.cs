using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>A TLS handshake with who never ends it.</summary>
    [TestFixture]
    public class HandshakeTest
    {
        /// <summary>Against a hang, not part of any assertion about time.</summary>
        private const int PatienceMillis = 60000;

        private TcpListener gateway;
        private RecordingListener heard;
        private LinkOptions options;

        [SetUp]
        public void Open()
        {
            gateway = new TcpListener(IPAddress.Loopback, 0);
            gateway.Start();
            heard = new RecordingListener();
            options = new LinkOptions
            {
                Port = ((IPEndPoint)gateway.LocalEndpoint).Port,
                Tls = ThrowawayIdentity.Make(),
                LogonTimeout = TimeSpan.FromHours(1)
            };
        }

        [TearDown]
        public void Close()
        {
            gateway.Stop();
        }

        [Test]
        public void StopEndsOneThatIsNotAnswered()
        {
            using (var link = new LinkClient(options, heard))
            {
                link.Start();
                using (Socket peer = AcceptHello())
                {
                    Assert.IsTrue(link.Stop());
                    heard.Expect("disconnected Stopped");
                }
            }
        }

        /// <summary>Each byte comes in time; what they say never ends.</summary>
        [Test]
        public void OneThatGoesOnAndOnIsTooLate()
        {
            options.LogonTimeout = TimeSpan.FromSeconds(1);
            options.FirstRetry = options.LongestRetry = TimeSpan.FromHours(1);
            using (var link = new LinkClient(options, heard))
            {
                link.Start();
                using (Socket peer = AcceptHello())
                {
                    Assert.IsTrue(DripUntilItIsClosed(peer), "it was never closed");
                    heard.Expect("disconnected LogonTimeout");
                    StringAssert.Contains("TLS: no answer within 1 s", heard.LastMessage);
                }
            }
        }

        [Test]
        public void WhatIsReleasedIsNotClosedAndWhatIsClosedIsNotReleased()
        {
            using (var stop = new ManualResetEvent(false))
            using (var kept = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            using (var ended = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                var first = new HandshakeLimit(kept, TimeSpan.FromHours(1), stop);
                var second = new HandshakeLimit(ended, TimeSpan.FromHours(1), stop);
                Assert.IsTrue(first.Release());
                stop.Set();
                Assert.IsTrue(SpinWait.SpinUntil(() => second.IsStopped, PatienceMillis));
                Assert.IsFalse(second.Release());
                Assert.IsFalse(second.IsLate || first.IsStopped || first.IsLate);
                kept.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            }
        }

        /// <summary>Takes the link's connection, and waits until it shakes hands.</summary>
        private Socket AcceptHello()
        {
            IAsyncResult waiting = gateway.BeginAcceptSocket(null, null);
            Assert.IsTrue(waiting.AsyncWaitHandle.WaitOne(PatienceMillis), "no connection came");
            Socket peer = gateway.EndAcceptSocket(waiting);
            peer.ReceiveTimeout = PatienceMillis;
            var hello = new byte[4096];
            Assert.Greater(peer.Receive(hello), 0);
            Assert.AreEqual(22, hello[0], "a record of a handshake");
            return peer;
        }

        private static bool DripUntilItIsClosed(Socket peer)
        {
            // A record as long as one may be, of a server's hello that is longer still.
            byte[] beginning = { 22, 3, 3, 0x40, 0, 2, 0, 0x80, 0 };
            const int patience = 10000;
            for (int i = 0; i < patience; i++)
            {
                try
                {
                    peer.Send(i < beginning.Length ? new[] { beginning[i] } : new byte[1]);
                    if (peer.Poll(PatienceMillis * 1000 / patience, SelectMode.SelectRead) && peer.Receive(new byte[1]) == 0)
                    {
                        return true;
                    }
                }
                catch (SocketException)
                {
                    return true;
                }
            }
            return false;
        }
    }
}
