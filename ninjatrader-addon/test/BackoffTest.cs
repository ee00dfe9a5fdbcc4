using System;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>The waits of SPECIFICATION.md section 8.</summary>
    [TestFixture]
    public class BackoffTest
    {
        private readonly LinkOptions options = new LinkOptions();

        [Test]
        public void DoublesFrom100MillisecondsTo5Seconds()
        {
            var backoff = new Backoff(options);
            foreach (int expected in new[] { 100, 200, 400, 800, 1600, 3200, 5000, 5000 })
            {
                Assert.AreEqual(expected, backoff.After(DisconnectReason.ConnectFailed, TimeSpan.Zero)
                    .TotalMilliseconds);
            }
        }

        [Test]
        public void BeginsAnewOnlyAfterAConnectionThatHeld()
        {
            var backoff = new Backoff(options);
            backoff.After(DisconnectReason.ConnectFailed, TimeSpan.Zero);
            backoff.After(DisconnectReason.MalformedFrame, TimeSpan.FromSeconds(9.9));
            Assert.AreEqual(400, backoff.After(DisconnectReason.MalformedFrame, TimeSpan.Zero).TotalMilliseconds);
            Assert.AreEqual(100, backoff.After(DisconnectReason.ConnectionLost, TimeSpan.FromSeconds(10))
                .TotalMilliseconds);
        }

        [TestCase(DisconnectReason.LogonRejected)]
        [TestCase(DisconnectReason.GatewayNotAuthentic)]
        [TestCase(DisconnectReason.VersionNotSupported)]
        public void WhatAQuickRetryCannotCureWaitsLong(DisconnectReason reason)
        {
            Assert.AreEqual(TimeSpan.FromSeconds(5), new Backoff(options).After(reason, TimeSpan.Zero));
        }
    }
}
