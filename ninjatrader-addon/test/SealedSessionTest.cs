using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>Whole sessions with a gateway that seals, made of .NET's own HMAC: SPECIFICATION.md section 4a.</summary>
    [TestFixture]
    public class SealedSessionTest : LinkFixture
    {
        private void LogOnSealed()
        {
            Link.Start();
            Gateway.Accept().SealingChallenge().AcceptLogon();
            Listener.Expect("connected 1");
            Assert.IsTrue(Gateway.IsProved);
        }

        [Test]
        public void FramesAreTakenAndAnsweredSealed()
        {
            LogOnSealed();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Frame(999, 0, 1, 0, w => w.Write(1UL)), FrameBuilder.Quote(1, 0));
            Listener.Expect("signal 1 Unknown", "quote 0");
            AnswerProbe(0, 1);
            Gateway.Send(FrameBuilder.Signal(2, 2));
            Listener.Expect("signal 2 " + Timeliness.TooLate);
            Assert.AreEqual(1, Link.Counters[LinkCounter.FramesNotUnderstood]);
        }

        [Test]
        public void GoesOnWhereItWasWithNewKeys()
        {
            LogOnSealed();
            Gateway.Send(FrameBuilder.Signal(1, 1));
            Listener.Expect("signal 1 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            Gateway.Accept().SealingChallenge().AcceptLogon(2, 1);
            Listener.Expect("connected 2");
            Assert.AreEqual(2, Gateway.NextSequence);
            Assert.IsTrue(Gateway.IsProved);
        }

        private static readonly KeyValuePair<string, Func<ScriptedGateway, byte[][]>>[] Attacks =
        {
            Attack("not sealed", gateway => new[] { FrameBuilder.Signal(1, 1) }),
            Attack("played again", gateway =>
            {
                byte[] frame = gateway.Sealed(FrameBuilder.Heartbeat(0));
                return new[] { frame, frame };
            }),
            Attack("one left out", gateway =>
            {
                gateway.Sealed(FrameBuilder.Heartbeat(0));
                return new[] { gateway.Sealed(FrameBuilder.Signal(1, 1)) };
            }),
            Attack("two exchanged", gateway =>
            {
                byte[] first = gateway.Sealed(FrameBuilder.Heartbeat(0));
                return new[] { gateway.Sealed(FrameBuilder.Signal(1, 1)), first };
            }),
            Attack("our own sent back", gateway => { gateway.ReadFrame(7); return new[] { gateway.LastRead }; }),
            Attack("an unknown message altered", gateway =>
            {
                byte[] frame = gateway.Sealed(FrameBuilder.Frame(999, 0, 0, 0, w => w.Write(1UL)));
                frame[35] ^= 1;
                return new[] { frame };
            }),
            // All that can be told of it before its seal is that it has a length.
            Attack("another schema", gateway =>
            {
                byte[] frame = gateway.Sealed(FrameBuilder.Heartbeat(0));
                frame[8] ^= 1;
                return new[] { frame };
            }),
            Attack("a block of another length", gateway =>
            {
                byte[] frame = gateway.Sealed(FrameBuilder.Heartbeat(0));
                frame[4] = 0;
                return new[] { frame };
            }),
            Attack("a tag inside the block", gateway =>
            {
                byte[] frame = gateway.Sealed(FrameBuilder.Heartbeat(0));
                frame[4] += 8;
                return new[] { frame };
            })
        };

        private static KeyValuePair<string, Func<ScriptedGateway, byte[][]>> Attack(string name,
            Func<ScriptedGateway, byte[][]> frames) => new KeyValuePair<string, Func<ScriptedGateway, byte[][]>>(name, frames);

        private static IEnumerable<string> AttackNames => Attacks.Select(attack => attack.Key);

        [TestCaseSource("AttackNames")]
        public void WhatIsNotTheNextFrameEndsTheConnection(string name)
        {
            LogOnSealed();
            byte[][] frames = Attacks.Single(attack => attack.Key == name).Value(Gateway);
            Gateway.SendAsIs(frames);

            Assert.AreEqual(10, BitConverter.ToUInt16(Gateway.ReadFrame(5), 32), "BROKEN_SEAL");
            Gateway.Hangup();
            Listener.Expect("disconnected BrokenSeal");
            StringAssert.Contains("its seal is broken", Listener.LastMessage);
            Assert.AreEqual(1, Link.Counters[LinkCounter.BrokenSeals]);
            Assert.AreEqual(0, Link.Counters[LinkCounter.MalformedFrames]);
            Assert.AreEqual(0, Link.Counters[LinkCounter.Signals]);
        }

        /// <summary>Frames of the connection before, in the same session.</summary>
        [Test]
        public void WhatAnotherConnectionSealedIsNotTaken()
        {
            LogOnSealed();
            byte[] old = Gateway.Sealed(FrameBuilder.Signal(1, 1));
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            Gateway.Accept().SealingChallenge().AcceptLogon();
            Listener.Expect("connected 1");
            Gateway.SendAsIs(old);

            Gateway.ReadFrame(5);
            Gateway.Hangup();
            Listener.Expect("disconnected BrokenSeal");
            Assert.AreEqual(0, Link.Counters[LinkCounter.Signals]);
        }

        /// <summary>Somebody in between alters what the gateway said of itself; the gateway notices, as does the add-on.</summary>
        [TestCase(34, TestName = "the highest version")]
        [TestCase(80, TestName = "the name")]
        [TestCase(24, TestName = "the header's time")]
        public void AChallengeThatWasAlteredMakesBothProofsWrong(int at)
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().SealingChallenge(challenge => challenge[at] ^= 1 << 3);
            Assert.IsFalse(Gateway.IsProved);
            Gateway.AcceptLogon();

            Listener.Expect("disconnected GatewayNotAuthentic");
        }

        [Test]
        public void AGatewayThatDoesNotHoldTheKeyIsToldOfAsSuch()
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().SealingChallenge().ForgetTheKey();
            Gateway.AcceptLogon().Send(FrameBuilder.Signal(1, 1));

            Listener.Expect("disconnected GatewayNotAuthentic");
            StringAssert.Contains("compare the key files", Listener.LastMessage);
            Assert.AreEqual(TimeSpan.FromHours(1), Listener.LastRetry);
            Assert.AreEqual(0, Link.Counters[LinkCounter.Signals]);
            Assert.IsEmpty(Listener.Rest.ToArray());
        }
    }
}
