using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>Sealed frames: SPECIFICATION.md section 4a, held to the vectors and to .NET's own HMAC.</summary>
    [TestFixture]
    public class SealTest
    {
        private static IEnumerable<Vector> Frames => VectorFile.Read("seal.txt").Where(vector => vector.Has("hex"));

        private static IEnumerable<Vector> Keys => VectorFile.Read("seal.txt").Where(vector => !vector.Has("hex"));

        [TestCaseSource("Keys")]
        public void KeysAndProofsAreThoseOfTheVector(Vector vector)
        {
            byte[] key = Hex.Parse(vector["key"]);
            byte[] serverNonce = Hex.Parse(vector["serverNonce"]);
            byte[] clientNonce = Hex.Parse(vector["clientNonce"]);
            var name = new byte[LinkProtocol.NameLength];
            PaddedText.Write(vector["clientName"], name, 0, name.Length);
            byte[] challenge = Hex.Parse(vector["challenge"]);
            byte[] logon = Hex.Parse(vector["logon"]);
            Assert.AreEqual(vector["clientProof"], Hex.Format(logon.Skip(80).Take(32)));
            Array.Clear(logon, 80, 32);
            byte[] transcript = LogonProof.Transcript(challenge, logon);
            var keys = new SealKeys(key, serverNonce, clientNonce, transcript);

            Assert.AreEqual(vector["transcript"], Hex.Format(transcript));
            Assert.AreEqual(vector["gatewayKey"], Hex.Format(keys.Gateway));
            Assert.AreEqual(vector["clientKey"], Hex.Format(keys.Client));
            Assert.AreEqual(vector["clientProof"], Hex.Format(LogonProof.OfClient(key, serverNonce, clientNonce, name, transcript)));
            Assert.AreEqual(vector["gatewayProof"],
                Hex.Format(LogonProof.OfGateway(key, clientNonce, serverNonce, ulong.Parse(vector["session"]), transcript)));
        }

        [TestCaseSource("Frames")]
        public void FramesAreThoseOfTheVector(Vector vector)
        {
            byte[] key = Hex.Parse(vector["key"]);
            byte[] plain = Hex.Parse(vector["plain"]);
            ulong number = ulong.Parse(vector["number"]);
            var frame = new byte[plain.Length + LinkProtocol.TagLength];
            plain.CopyTo(frame, 0);

            Assert.AreEqual(frame.Length, new FrameTag(key, number).Close(frame, 0));
            Assert.AreEqual(vector["hex"], Hex.Format(frame));
            Assert.IsTrue(new FrameTag(key, number).IsIntact(frame, 0));
            Assert.IsFalse(new FrameTag(key, number + 1).IsIntact(frame, 0));
        }

        [Test]
        public void TagsAreThoseOfTheFrameworksHmac()
        {
            var random = new Random(7);
            for (int i = 0; i < 2000; i++)
            {
                var key = new byte[1 + random.Next(64)];
                random.NextBytes(key);
                var frame = new byte[FrameHeader.Length + 8 * random.Next(122) + LinkProtocol.TagLength];
                random.NextBytes(frame);
                int plain = frame.Length - LinkProtocol.TagLength;
                FrameHeader.Write(frame, 0, plain - FrameHeader.Length, TemplateId.Signal, 3, 1);
                var number = (ulong)random.Next();
                new FrameTag(key, number).Close(frame, 0);
                using (var hmac = new HMACSHA256(key))
                {
                    byte[] expected = hmac.ComputeHash(BitConverter.GetBytes(number).Concat(frame.Take(plain)).ToArray());
                    CollectionAssert.AreEqual(expected.Take(LinkProtocol.TagLength), frame.Skip(plain), "frame of " + plain);
                }
            }
        }

        [Test]
        public void EveryBitCounts()
        {
            byte[] frame = Hex.Parse(Frames.First()["hex"]);
            byte[] key = Hex.Parse(Frames.First()["key"]);
            // The length's own bits: what is whole then is another frame.
            for (int bit = 32; bit < frame.Length * 8; bit++)
            {
                frame[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.IsFalse(new FrameTag(key).IsIntact(frame, 0), "bit " + bit);
                frame[bit / 8] ^= (byte)(1 << bit % 8);
            }
            Assert.IsTrue(new FrameTag(key).IsIntact(frame, 0));
        }

        [Test]
        public void SealingAllocatesNothing()
        {
            byte[] frame = Hex.Parse(Frames.First()["hex"]);
            var closing = new FrameTag(frame);
            var opening = new FrameTag(frame);
            // What others left in the nursery is not ours.
            GC.Collect();
            int collections = GC.CollectionCount(0);
            int intact = 0;
            for (int i = 0; i < 200000; i++)
            {
                FrameHeader.Write(frame, 0, 8, TemplateId.Heartbeat, 3, i);
                closing.Close(frame, 0);
                intact += opening.IsIntact(frame, 0) ? 1 : 0;
            }
            Assert.AreEqual(200000, intact);
            Assert.AreEqual(collections, GC.CollectionCount(0));
        }
    }
}
