using System;
using System.Collections.Generic;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class LogonProofTest
    {
        private static IEnumerable<Vector> Vectors => VectorFile.Read("logon.txt");

        [TestCaseSource("Vectors")]
        public void ProofsAreThoseOfTheVector(Vector vector)
        {
            byte[] key = Hex.Parse(vector["key"]);
            byte[] serverNonce = Hex.Parse(vector["serverNonce"]);
            byte[] clientNonce = Hex.Parse(vector["clientNonce"]);
            var name = new byte[LinkProtocol.NameLength];
            PaddedText.Write(vector["clientName"], name, 0, name.Length);

            Assert.AreEqual(vector["clientProof"],
                Hex.Format(LogonProof.OfClient(key, serverNonce, clientNonce, name)));
            Assert.AreEqual(vector["gatewayProof"],
                Hex.Format(LogonProof.OfGateway(key, clientNonce, serverNonce, ulong.Parse(vector["session"]))));
        }

        [Test]
        public void EveryByteCountsInTheComparison()
        {
            var one = new byte[32];
            for (int i = 0; i < one.Length; i++)
            {
                var other = new byte[32];
                other[i] = 0x10;
                Assert.IsFalse(LogonProof.Equal(one, other), "byte " + i);
            }
            Assert.IsTrue(LogonProof.Equal(one, new byte[32]));
            Assert.IsFalse(LogonProof.Equal(one, new byte[31]));
        }

        [Test]
        public void NoncesDiffer()
        {
            Assert.AreNotEqual(LogonProof.NewNonce(), LogonProof.NewNonce());
        }

        [Test]
        public void TheKeyIsHexadecimalTextWithSpaceAround()
        {
            string digits = string.Concat(System.Linq.Enumerable.Repeat("0aF1", 16));

            Assert.AreEqual(digits.ToLowerInvariant(), Hex.Format(PreSharedKey.Parse(" " + digits + "\r\n")));
        }

        [TestCase("00", "2 characters")]
        [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0", "65 characters")]
        [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1x", "character 63 or 64")]
        [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e+f", "character 63 or 64")]
        [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d 11f", "character 61 or 62")]
        public void ABadKeyIsRefusedWithoutQuotingIt(string text, string says)
        {
            var refused = Assert.Throws<FormatException>(() => PreSharedKey.Parse(text));
            StringAssert.Contains(says, refused.Message);
            StringAssert.DoesNotContain("1d", refused.Message);
        }
    }
}
