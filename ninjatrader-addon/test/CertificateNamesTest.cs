using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>Which hosts a certificate is for, from bytes as RFC 5280 and X.690 lay them out.</summary>
    [TestFixture]
    public class CertificateNamesTest
    {
        // SEQUENCE of dNSName gw.example, iPAddress 192.0.2.10, iPAddress ::1, and a URI that names no host.
        private static readonly byte[] Names = new byte[] { 0x30, 12 + 6 + 18 + 4, 0x82, 10 }
            .Concat("gw.example".Select(c => (byte)c)).Concat(new byte[] { 0x87, 4, 192, 0, 2, 10 })
            .Concat(new byte[] { 0x87, 16 }).Concat(new byte[15]).Concat(new byte[] { 1 })
            .Concat(new byte[] { 0x86, 2, (byte)'a', (byte)':' }).ToArray();

        [TestCase("gw.example", true)]
        [TestCase("GW.Example.", true)]
        [TestCase("192.0.2.10", true)]
        [TestCase("::1", true)]
        [TestCase("a.gw.example", false)]
        [TestCase("example", false)]
        [TestCase("192.0.2.1", false)]
        [TestCase("", false)]
        public void OnlyWholeNamesCount(string host, bool isIncluded)
        {
            Assert.AreEqual(isIncluded, new CertificateNames(Names).Include(host));
        }

        [Test]
        public void WhatIsCutOffOrClaimsTooMuchNamesNobodyElse()
        {
            for (int length = 0; length < Names.Length; length++)
            {
                Assert.AreEqual("none", new CertificateNames(Names.Take(length).ToArray()).ToString());
            }
            byte[] longer = Names.ToArray();
            longer[3] = 0x84;
            Assert.IsFalse(new CertificateNames(longer).Include("gw.example"));
        }
    }
}
