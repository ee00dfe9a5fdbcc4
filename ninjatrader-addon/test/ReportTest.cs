using System;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>Reports to a gateway of version 2: numbered, kept, sent again, settled, and lost only where it shows.</summary>
    [TestFixture]
    public class ReportTest : LinkFixture
    {
        private static readonly Func<ulong, OrderEvent> Order = number => new OrderEvent
        {
            Quantity = (int)number, ClientOrderId = "order-" + number, Account = "Sim101", Mode = TradingMode.Simulation
        };

        [Test]
        public void AReportIsSentAndSettled()
        {
            LogOnWithTerms();
            Assert.AreEqual(1, FirstOf(Gateway.ReadFrame(34)));
            Assert.IsTrue(Link.Reporter.Report(Order(1)));
            byte[] frame = Gateway.ReadFrame(30);

            Assert.AreEqual(1, BitConverter.ToUInt64(frame, 16), "number");
            Assert.AreEqual(1, BitConverter.ToUInt32(frame, 12), "flags");
            Assert.AreEqual(2, BitConverter.ToUInt16(frame, 10), "version");
            Assert.AreEqual(1, Link.Reporter.Counts.Waiting);
            Settle(frame, 1, 1);
            Assert.AreEqual(0, Link.Reporter.Counts.Waiting);
            Assert.AreEqual(1, Link.Reporter.Counts.Journalled);
            Assert.AreEqual(PeerRights.Trade, Link.Rights);
        }

        [Test]
        public void WhatIsNotSettledIsSentAgainAfterAReconnect()
        {
            for (ulong number = 1; number <= 3; number++)
            {
                Link.Reporter.Report(Order(number));
            }
            LogOnWithTerms();
            Assert.AreEqual(1, FirstOf(Gateway.ReadFrame(34)));
            byte[] first = Gateway.ReadFrame(30);
            byte[] second = Gateway.ReadFrame(30);
            Gateway.ReadFrame(30);
            Settle(first, 1, 1);
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            Gateway.Accept().Challenge(2).AcceptLogon(2, 1);
            Listener.Expect("connected 2");
            Gateway.Send(FrameBuilder.LinkTerms(1000000000, 2));

            byte[] stream = Gateway.ReadFrame(34);
            Assert.AreEqual(2, FirstOf(stream));
            Assert.AreEqual(1, BitConverter.ToUInt64(stream, 48), "acknowledged");
            byte[] again = Gateway.ReadFrame(30);
            Array.Clear(second, 24, 8);
            Array.Clear(again, 24, 8);
            Assert.AreEqual(Hex.Format(second), Hex.Format(again), "the same but for its send time");
            Assert.AreEqual(3, BitConverter.ToUInt64(Gateway.ReadFrame(30), 16));
        }

        [Test]
        public void RefusedAndUnjournalledReportsAreCountedApart()
        {
            LogOnWithTerms(1);
            Gateway.ReadFrame(34);
            Link.Reporter.Report(Order(1));
            Settle(Gateway.ReadFrame(30), 1, 2);
            Link.Reporter.Report(Order(2));
            Settle(Gateway.ReadFrame(30), 2, 3);
            Link.Reporter.Report(Order(3));
            Settle(Gateway.ReadFrame(30), 3, 999);

            Assert.AreEqual(1, Link.Reporter.Counts.NotPermitted);
            Assert.AreEqual(2, Link.Reporter.Counts.NotJournalled, "an outcome of a later version counts as not journalled");
            Assert.AreEqual(PeerRights.View, Link.Rights);
        }

        [Test]
        public void WithoutRoomAReportIsLostAndItsNumberSpent()
        {
            var outbox = new ReportOutbox(2, 77);
            Assert.IsTrue(outbox.Add(Order(1)));
            Assert.IsTrue(outbox.Add(Order(2)));
            Assert.IsFalse(outbox.Add(Order(3)));
            var writer = new FrameWriter();
            outbox.Write(writer, 0);
            outbox.Settle(1, ReportOutcome.Journalled);
            Assert.IsTrue(outbox.Add(Order(4)));
            writer.Clear();
            outbox.Write(writer, 0);

            Assert.AreEqual(4, FrameHeader.Sequence(writer.Buffer, 0));
            Assert.AreEqual(1, outbox.Counts.Lost);
            Assert.AreEqual(2, outbox.Counts.Waiting);
        }

        [Test]
        public void AnAcknowledgementOfWhatWasNotSentSettlesNothing()
        {
            var outbox = new ReportOutbox(8, 77);
            outbox.Add(Order(1));
            outbox.Settle(ulong.MaxValue, ReportOutcome.Journalled);

            Assert.AreEqual(1, outbox.Counts.Waiting);
        }

        [Test]
        public void WaitingForTheJournalEndsWithTheAcknowledgementOrTheConnection()
        {
            Link.Reporter.Report(Order(1));
            Assert.AreEqual(1, Link.SettleReports(int.MaxValue), "not connected: nothing can settle it");
            LogOnWithTerms();
            Gateway.ReadFrame(34);
            byte[] frame = Gateway.ReadFrame(30);
            Gateway.Send(FrameBuilder.ReportAcknowledgement(BitConverter.ToUInt64(frame, 32), 1, 1));
            while (Link.Reporter.Counts.Waiting > 0)
            {
                Link.SettleReports(int.MaxValue);
            }
            Assert.AreEqual(0, Link.SettleReports(0));
            Link.Reporter.Report(Order(2));
            Gateway.ReadFrame(30);
            Gateway.Hangup();
            Assert.AreEqual(1, Link.SettleReports(int.MaxValue), "the connection is gone");
        }

        [Test]
        public void AGatewayOfVersion1GetsNoReports()
        {
            Link.Reporter.Report(Order(1));
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1));
            Listener.Expect("signal 1 Unknown");

            Assert.AreEqual(1, Link.Reporter.Counts.Waiting);
            Link.Stop();
            Gateway.ReadFrame(5); // throws at anything before it but heartbeats and probes
        }

        [Test]
        public void LongAndForeignTextIsMadeToFit()
        {
            var outbox = new ReportOutbox(1, 77);
            outbox.Add(new PositionEvent { Account = "Kontö\n" + new string('x', 50), InstrumentName = null });
            var writer = new FrameWriter();
            outbox.Write(writer, 0);

            Assert.AreEqual("Kont??" + new string('x', 26), PaddedText.Read(writer.Buffer, 32 + 64, 32));
        }

        [TestCase(0, Market.NotStated)]
        [TestCase(1, Market.Live)]
        [TestCase(2, Market.Recorded)]
        [TestCase(3, Market.Simulated)]
        public void WhatTheSignalsAreOfIsForgottenWithTheConnection(byte market, Market expected)
        {
            LogOnWithTerms(2, market);
            Gateway.ReadFrame(34);
            Assert.AreEqual(expected, Link.Market);
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");
            Gateway.Accept().Challenge(2).AcceptLogon(1, 0);
            Listener.Expect("connected 1");
            Assert.AreEqual(Market.NotStated, Link.Market);
        }

        private void LogOnWithTerms(byte rights = 2, byte market = 1)
        {
            Link.Start();
            Gateway.Accept().Challenge(2).AcceptLogon(1, 0);
            Listener.Expect("connected 1");
            Gateway.Send(FrameBuilder.LinkTerms(1000000000, rights, market));
        }

        /// <summary>Acknowledges, and waits until the link has read it.</summary>
        private void Settle(byte[] report, ulong through, ushort outcome)
        {
            Gateway.Send(FrameBuilder.ReportAcknowledgement(BitConverter.ToUInt64(report, 32), through, outcome),
                FrameBuilder.Signal(through, through));
            Listener.Expect("signal " + through + " Unknown");
        }

        private static ulong FirstOf(byte[] reportStream) => BitConverter.ToUInt64(reportStream, 40);
    }
}
