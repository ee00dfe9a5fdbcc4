using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class LogonTest : LinkFixture
    {
        private const string CertificateWanted = ". Where the gateway wants a certificate a key is of no use: copy NAME.p12 "
            + "and ca.pem of its operator into Tickbridge's folder, then press Connect";

        [Test]
        public void ProvesTheKeyAndAsksForWhatComesFromNowOn()
        {
            LogOn();

            Assert.AreEqual(0, Gateway.ResumeSession);
            Assert.AreEqual(0, Gateway.NextSequence);
        }

        [Test]
        public void AsksForAllThatTheGatewayHasWhenToldTo()
        {
            Options.FirstSequence = 1;
            LogOn();

            Assert.AreEqual(0, Gateway.ResumeSession);
            Assert.AreEqual(1, Gateway.NextSequence);
        }

        [Test]
        public void ARefusalIsReportedAndNotRetriedQuickly()
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().Challenge().Send(FrameBuilder.LogonRejected(1, "the key of test does not fit"));

            Listener.Expect("rejected AuthenticationFailed the key of test does not fit (nothing proves that the gateway said so)",
                "disconnected LogonRejected");
            Assert.AreEqual(TimeSpan.FromHours(1), Listener.LastRetry);
            StringAssert.Contains("the key of test does not fit (nothing proves", Listener.LastMessage);
            Assert.IsFalse(Link.IsLoggedOn);
        }

        [Test]
        public void AGatewayThatDoesNotHoldTheKeyIsNotListenedTo()
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().Challenge();
            Gateway.Send(Gateway.WrongAcceptance(), FrameBuilder.Signal(1, 1), FrameBuilder.InstrumentState(1, 2, 0));

            Listener.Expect("disconnected GatewayNotAuthentic");
            Gateway.ReadEnd();
            Assert.AreEqual(TimeSpan.FromHours(1), Listener.LastRetry);
            StringAssert.Contains("key", Listener.LastMessage);
            Assert.IsEmpty(Listener.Rest.ToArray());
            Assert.AreEqual(0, Link.Counters[LinkCounter.Signals]);
        }

        [Test]
        public void NothingIsTakenBeforeTheGatewayHasProvedItself()
        {
            Link.Start();
            Gateway.Accept().Challenge().Send(FrameBuilder.Signal(1, 1));

            Listener.Expect("disconnected UnexpectedMessage");
            Assert.AreEqual(0, Link.Counters[LinkCounter.Signals]);
        }

        [Test]
        public void ASecondChallengeDoesNotBelongThere()
        {
            Link.Start();
            Gateway.Accept().Challenge().Send(FrameBuilder.Challenge(new byte[32]));

            Listener.Expect("disconnected UnexpectedMessage");
        }

        [TestCase(4, 9, "update the add-on")]
        [TestCase(0, 0, "update the gateway")]
        public void WithoutACommonVersionItSaysWhichSideToUpdate(int minimum, int maximum, string says)
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            Gateway.Accept().Send(FrameBuilder.Challenge(new byte[32], minimum, maximum));

            Listener.Expect("disconnected VersionNotSupported");
            StringAssert.Contains(says, Listener.LastMessage);
            Assert.AreEqual(TimeSpan.FromHours(1), Listener.LastRetry);
        }

        [Test]
        public void ALaterGatewayThatStillSpeaksOurVersionIsFine()
        {
            Link.Start();
            Gateway.Accept().Send(FrameBuilder.Challenge(new byte[32], 1, 7));
            byte[] logon = Gateway.ReadFrame(2);

            Assert.AreEqual(3, BitConverter.ToUInt16(logon, 10), "version in the header");
        }

        [Test]
        public void AFrameWithoutASealIsRefusedWhereFramesAreSealed()
        {
            Link.Start();
            byte[] challenge = FrameBuilder.Challenge(new byte[32], 3, 3);
            challenge[36] = (byte)FrameSeal.HmacSha256;
            Gateway.Accept().Send(challenge);
            Gateway.ReadFrame(2);
            Gateway.Send(FrameBuilder.InstrumentState(0, 1, 0));

            Listener.Expect("disconnected GatewayNotAuthentic");
            StringAssert.Contains("not sealed with our key", Listener.LastMessage);
        }

        [Test]
        public void ASealThatIsNotKnownIsNotTakenForNone()
        {
            Options.RejectedRetry = TimeSpan.FromHours(1);
            Link.Start();
            byte[] challenge = FrameBuilder.Challenge(new byte[32], 3, 3);
            challenge[36] = 2;
            Gateway.Accept().Send(challenge);

            Listener.Expect("disconnected VersionNotSupported");
            StringAssert.Contains("update it", Listener.LastMessage);
        }

        [Test]
        public void AGatewayThatSaysNothingIsGivenUp()
        {
            Link.Start();
            Gateway.Accept();

            // The system accepts a connection before the link's thread knows, so one step of the clock could come too
            // early.
            Listener.ExpectAfterRepeating(() => Clock.Advance(5000000000), "disconnected LogonTimeout");
            StringAssert.Contains("no challenge within 5 s: is this port a Tickbridge gateway's?", Listener.LastMessage);
            StringAssert.EndsWith(CertificateWanted, Listener.LastMessage);
        }

        /// <summary>A gateway that waits for TLS gives up after as long as we do: whoever is first, the cause is said.</summary>
        [Test]
        public void AGatewayThatHangsUpWithoutAChallengeMayWantACertificate()
        {
            Link.Start();
            Gateway.Accept();
            Gateway.Hangup();

            Listener.Expect("disconnected ConnectionLost");
            StringAssert.EndsWith("connection lost: the gateway closed it without a word" + CertificateWanted,
                Listener.LastMessage);
        }

        [Test]
        public void WhatIsLostAfterTheChallengeIsNotForWantOfACertificate()
        {
            Link.Start();
            Gateway.Accept().Challenge();
            Gateway.Hangup();

            Listener.Expect("disconnected ConnectionLost");
            Assert.IsFalse(Listener.LastMessage.Contains("certificate"), Listener.LastMessage);
        }

        [Test]
        public void AGatewayThatDoesNotAnswerTheLogonIsGivenUp()
        {
            Link.Start();
            Gateway.Accept().Challenge();
            Clock.Advance(5000000000);

            Listener.Expect("disconnected LogonTimeout");
            StringAssert.Contains("no answer to our logon within 5 s", Listener.LastMessage);
        }

        [Test]
        public void WhereNobodyListensItSaysSoAndTriesAgain()
        {
            var unused = new TcpListener(IPAddress.Loopback, 0);
            unused.Start();
            int port = ((IPEndPoint)unused.LocalEndpoint).Port;
            unused.Stop();
            Options.Port = port;
            Link.Start();

            Listener.Expect("disconnected ConnectFailed", "disconnected ConnectFailed");
            // Not the system's words, which are in the system's language.
            StringAssert.Contains("gateway 127.0.0.1:" + port + ": refused: the machine answers, but nothing listens",
                Listener.LastMessage);
        }

        [Test]
        public void ANameWithoutAddressIsReported()
        {
            Options.Host = "no-such-host.invalid";
            Link.Start();

            Listener.Expect("disconnected ConnectFailed");
            StringAssert.Contains("no-such-host.invalid:", Listener.LastMessage);
            StringAssert.EndsWith("no address is known for that name", Listener.LastMessage);
        }

        [Test]
        public void MissingOptionsAreRefusedBeforeAnythingStarts()
        {
            Assert.Throws<ArgumentException>(() => new LinkClient(new LinkOptions { Port = 1 }, Listener));
            Assert.Throws<ArgumentException>(() => new LinkClient(new LinkOptions { Key = new byte[32] }, Listener));
            var tooLong = Assert.Throws<ArgumentException>(() => new LinkClient(
                new LinkOptions { Port = 1, Key = new byte[32], ClientName = new string('x', 33) }, Listener));
            StringAssert.Contains("33 characters", tooLong.Message);
        }
    }
}
