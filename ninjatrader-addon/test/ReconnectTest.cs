using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class ReconnectTest : LinkFixture
    {
        [Test]
        public void CutInTheMiddleOfAFrameItResumesAndLosesNothing()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(2, 2).Take(50).ToArray());
            Listener.Expect("signal 1 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            StringAssert.Contains("in the middle of a frame", Listener.LastMessage);

            LogOnAgain(2, 3);
            Assert.AreEqual(ScriptedGateway.Session, Gateway.ResumeSession);
            Assert.AreEqual(2, Gateway.NextSequence);
            Gateway.Send(FrameBuilder.Signal(2, 2), FrameBuilder.Signal(3, 3), FrameBuilder.Signal(4, 4));

            Listener.Expect("signal 2 resumed Unknown", "signal 3 resumed Unknown", "signal 4 Unknown");
            Assert.AreEqual(0, Link.Counters[LinkCounter.Holes]);
            Assert.AreEqual(1, Link.Counters[LinkCounter.Disconnects]);
            Assert.AreEqual(2, Link.Counters[LinkCounter.SignalsResumed]);
        }

        [Test]
        public void WhatTheGatewaySaysWillNotComeIsReportedWithItsReason()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1));
            Listener.Expect("signal 1 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            LogOnAgain(2, 9);
            Gateway.Send(FrameBuilder.SequenceGap(2, 4, 2, 4), FrameBuilder.SequenceGap(5, 8, 1, 8),
                FrameBuilder.Signal(9, 9));

            Listener.Expect("gap 2-4 NotRetained", "gap 5-8 Expired", "signal 9 resumed Unknown");
            Assert.AreEqual(2, Link.Counters[LinkCounter.Gaps]);
            Assert.AreEqual(7, Link.Counters[LinkCounter.FramesInGaps]);
            Assert.AreEqual(0, Link.Counters[LinkCounter.Holes]);
        }

        [Test]
        public void AnotherRunOfTheGatewayIsReportedAndCountsFromOne()
        {
            LogOn();
            Gateway.Send(FrameBuilder.InstrumentDefinition(0), FrameBuilder.Signal(1, 1));
            Listener.Expect("instrument ESZ5", "signal 1 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            bool forgotten = false;
            Listener.WhenSignal = signal =>
                forgotten = Link.Reference.Instrument(Venue.Cme, FrameBuilder.Instrument) == null;
            LogOnAgain(1, 1, 99);
            Gateway.Send(FrameBuilder.SequenceGap(2, ulong.MaxValue, 3, 0), FrameBuilder.Signal(1, 1));

            Listener.Expect("gap 2-? OtherSession", "signal 1 resumed Unknown");
            Assert.IsTrue(forgotten, "reference data of the other session");
        }

        [Test]
        public void ALogoutOfTheGatewayIsReportedWithReasonAndText()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Logout(4, "65536 bytes wait for test", 0));

            Listener.Expect("disconnected LoggedOut");
            StringAssert.Contains("PeerTooSlow 65536 bytes wait for test", Listener.LastMessage);
            LogOnAgain(1, 0);
        }

        [Test]
        public void FramesThatWereTakenAreNotTakenAgainAsNewOnes()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(2, 2));
            Listener.Expect("signal 1 Unknown", "signal 2 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            Gateway.Accept().Challenge().AcceptLogon(2, 2).Send(FrameBuilder.Signal(2, 2));

            Listener.Expect("disconnected UnexpectedMessage");
            StringAssert.Contains("go on with frame 2 of a run of which this add-on has every frame below 3", Listener.LastMessage);
            Assert.AreEqual(2, Link.Counters[LinkCounter.Signals]);
            Gateway.Hangup();
            LogOnAgain(3, 2);
        }

        [TestCase("00000000", "frame length 0,")]
        [TestCase("18000000", "frame length 24,")]
        [TestCase("ffffffff", "frame length 4294967295,")]
        [TestCase("08040000", "frame length 1032,")]
        [TestCase("24000000", "frame length 36,")]
        [TestCase("2800000008000600 0000010000000000 0000000000000000 0000000000000000", "schema id 0, expected 21603")]
        [TestCase("2800000010000600 6354010000000000 0000000000000000 0000000000000000",
            "block of 16 bytes in a frame of 40")]
        [TestCase("4800000028001400 6354010001000000 0100000000000000 0000000000000000" +
            "0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000",
            "block of 40 bytes in a frame of 72, expected at least 72")]
        public void AMalformedFrameEndsTheConnectionWithOneClearMessage(string hex, string says)
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), Hex.Parse(hex));

            byte[] logout = Gateway.ReadFrame(5);
            // It must shut its output down by itself, or the Logout could be lost in a reset.
            Gateway.ReadEnd();
            Gateway.Hangup();
            Listener.Expect("signal 1 Unknown", "disconnected MalformedFrame");
            Assert.AreEqual(3, BitConverter.ToUInt16(logout, 32), "reason MALFORMED_FRAME");
            StringAssert.Contains(says, Listener.LastMessage);
            Assert.AreEqual(1, Link.Counters[LinkCounter.MalformedFrames]);
            LogOnAgain(2, 1);
            Assert.AreEqual(2, Gateway.NextSequence);
        }

        [Test]
        public void BytesOfAnotherProtocolInPlaceOfAChallengeAreNamedForWhatTheyAre()
        {
            Link.Start();
            Gateway.Accept().Send(System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n        "));

            Listener.Expect("disconnected MalformedFrame");
            StringAssert.Contains("frame length 1347703880, allowed are multiples of 8 from 32 to 1024",
                Listener.LastMessage);
        }

        [TestCase(1)]
        [TestCase(2)]
        [TestCase(3)]
        [TestCase(4)]
        [TestCase(7)]
        public void AMessageThatDoesNotBelongThereEndsTheConnection(int templateId)
        {
            LogOn();
            Gateway.Send(FrameBuilder.Frame((ushort)templateId, 0, 0, 0, w => w.Write(new byte[120])));

            byte[] logout = Gateway.ReadFrame(5);
            Gateway.Hangup();
            Listener.Expect("disconnected UnexpectedMessage");
            Assert.AreEqual(6, BitConverter.ToUInt16(logout, 32), "reason UNEXPECTED_MESSAGE");
        }

        [Test]
        public void ASilentGatewayIsLoggedOutAfterThreeIntervals()
        {
            LogOn();
            Gateway.ReadFrame(7);
            Clock.Advance(3 * ScriptedGateway.Heartbeat - 1);
            Gateway.ReadFrame(6);
            Assert.IsEmpty(Listener.Rest.ToArray());
            Clock.Advance(1);

            byte[] logout = Gateway.ReadFrame(5);
            Gateway.Hangup();
            Assert.AreEqual(5, BitConverter.ToUInt16(logout, 32), "reason PEER_SILENT");
            Listener.Expect("disconnected GatewaySilent");
        }

        [Test]
        public void AnyFrameIsASignOfLife()
        {
            LogOn();
            for (ulong i = 1; i <= 5; i++)
            {
                Clock.Advance(2 * ScriptedGateway.Heartbeat);
                Gateway.Send(FrameBuilder.Signal(i, i));
                Listener.Expect("signal " + i + " Unknown");
            }
        }

        [Test]
        public void HeartbeatsAreSentEveryIntervalAndCounted()
        {
            LogOn();
            for (ulong i = 1; i <= 5; i++)
            {
                Clock.Advance(ScriptedGateway.Heartbeat);
                Assert.AreEqual(i, BitConverter.ToUInt64(Gateway.ReadFrame(6), 32));
                Gateway.Send(FrameBuilder.Heartbeat(0));
                Gateway.Send(FrameBuilder.Quote(0, (uint)i));
                Listener.Expect("quote " + i);
            }
        }

        [Test]
        public void EightQuickProbesThenOneASecond()
        {
            LogOn();
            long start = Clock.Now;
            for (int i = 0; i < 8; i++)
            {
                Assert.AreEqual(start + i * 125000000L, BitConverter.ToInt64(Gateway.ReadFrame(7), 40));
                Clock.Advance(i < 7 ? 125000000 : 1000000000);
            }
            Assert.AreEqual(start + 1875000000L, BitConverter.ToInt64(Gateway.ReadFrame(7), 40));
        }
    }
}
