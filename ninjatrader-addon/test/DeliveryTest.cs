using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class DeliveryTest : LinkFixture
    {
        [Test]
        public void EveryKindOfMessageReachesTheListener()
        {
            LogOn();
            Gateway.Send(FrameBuilder.SignalDefinition(0), FrameBuilder.InstrumentDefinition(0),
                FrameBuilder.InstrumentState(0, 0, 1), FrameBuilder.Quote(0, 4), FrameBuilder.Signal(1, 1),
                FrameBuilder.InstrumentState(1, 2, 0), FrameBuilder.Trade(2, 6), FrameBuilder.Heartbeat(2),
                FrameBuilder.Signal(3, 2));

            Listener.Expect("rule 2 book-imbalance", "instrument ESZ5", "state NotYetKnown", "quote 4",
                "signal 1 Unknown",
                "state Trusted", "trade 6", "signal 2 Unknown");
            Assert.AreEqual(4, Link.Counters[LinkCounter.QuotesConflated]);
            Assert.AreEqual(6, Link.Counters[LinkCounter.TradesSkipped]);
            Assert.AreEqual(2, Link.Counters[LinkCounter.SignalsOfUnknownAge]);
        }

        [Test]
        public void ABodyIsTheFirst64BytesOfTheSignalAsSent()
        {
            byte[] body = new byte[64];
            Listener.WhenSignal = signal => signal.CopyBody(body, 0);
            LogOn();
            byte[] frame = FrameBuilder.Signal(1, 77, 0, 12345);
            Gateway.Send(frame);

            Listener.Expect("signal 77 Unknown");
            Assert.AreEqual(Hex.Format(frame.Skip(32).Take(64)), Hex.Format(body));
        }

        [Test]
        public void FramesInPiecesOfOneByteArriveWhole()
        {
            LogOn();
            foreach (byte b in FrameBuilder.Join(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(2, 2)))
            {
                Gateway.Send(new[] { b });
            }
            Listener.Expect("signal 1 Unknown", "signal 2 Unknown");
        }

        [Test]
        public void ABurstLargerThanTheBufferArrivesWholeAndInOrder()
        {
            const int count = 5000;
            LogOn();
            Gateway.Send(Enumerable.Range(1, count).Select(i => FrameBuilder.Signal((ulong)i, (ulong)i)).ToArray());
            for (int i = 1; i <= count; i++)
            {
                Listener.Expect("signal " + i + " Unknown");
            }
            Assert.AreEqual(0, Link.Counters[LinkCounter.Holes]);
        }

        [Test]
        public void UnknownMessagesAreSkippedAndCountedAndTheirNumbersAreNotMissed()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Frame(900, 1, 1, 0, w => w.Write(1L)), FrameBuilder.Signal(2, 1),
                FrameBuilder.Frame(901, 0, 2, 0, w => w.Write(1L)), FrameBuilder.Signal(3, 2));

            Listener.Expect("signal 1 Unknown", "signal 2 Unknown");
            Assert.AreEqual(2, Link.Counters[LinkCounter.FramesNotUnderstood]);
        }

        [Test]
        public void ASignalOfAnUnknownVenueIsCountedAndNotActedOn()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1, 0, 0, 9), FrameBuilder.Signal(2, 2));

            Listener.Expect("signal 2 Unknown");
            Assert.AreEqual(1, Link.Counters[LinkCounter.FramesNotUnderstood]);
        }

        [Test]
        public void FieldsAndBytesOfALaterVersionAreSkipped()
        {
            LogOn();
            byte[] longer = FrameBuilder.Frame(6, 0, 0, 0, w => w.Write(new byte[40]));
            byte[] signal = FrameBuilder.Join(FrameBuilder.Signal(1, 1), new byte[16]);
            signal[0] += 16;
            Gateway.Send(longer, signal, FrameBuilder.Signal(2, 2));

            Listener.Expect("signal 1 Unknown", "signal 2 Unknown");
        }

        [Test]
        public void AHoleIsReportedAtOnceAndTheFrameTaken()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(4, 4), FrameBuilder.Heartbeat(6));

            Listener.Expect("signal 1 Unknown", "gap 2-3 Unexplained", "signal 4 Unknown", "gap 5-6 Unexplained");
            Assert.AreEqual(2, Link.Counters[LinkCounter.Holes]);
            Assert.AreEqual(4, Link.Counters[LinkCounter.FramesInHoles]);
        }

        [Test]
        public void AfterAnUnexplainedHoleNoBookIsTrustedUntilItsStateComes()
        {
            string trust = "";
            Listener.WhenSignal = signal =>
                trust += Link.Reference.Instrument(Venue.Cme, FrameBuilder.Instrument).IsTrusted ? "yes " : "no ";
            LogOn();
            Gateway.Send(FrameBuilder.InstrumentDefinition(0), FrameBuilder.InstrumentState(0, 0, 0),
                FrameBuilder.Signal(1, 1), FrameBuilder.Signal(3, 3), FrameBuilder.InstrumentState(1, 4, 0),
                FrameBuilder.Signal(5, 5), FrameBuilder.InstrumentState(1, 7, 0), FrameBuilder.Signal(8, 8));

            Listener.Expect("instrument ESZ5", "state Trusted", "signal 1 Unknown", "gap 2-2 Unexplained",
                "signal 3 Unknown", "state Trusted", "signal 5 Unknown", "gap 6-6 Unexplained", "state Trusted",
                "signal 8 Unknown");
            Assert.AreEqual("yes no yes yes ", trust);
        }

        [Test]
        public void ADuplicateDoesNotFireTwice()
        {
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(1, 1), FrameBuilder.Signal(2, 2));

            Listener.Expect("signal 1 Unknown", "signal 2 Unknown");
            Assert.AreEqual(1, Link.Counters[LinkCounter.Duplicates]);
        }

        [Test]
        public void AnExceptionInTheListenerIsCountedAndDisturbsNothing()
        {
            Listener.WhenSignal = signal =>
            {
                if (signal.Number == 1)
                {
                    throw new InvalidOperationException("not today");
                }
            };
            LogOn();
            Gateway.Send(FrameBuilder.Signal(1, 1), FrameBuilder.Signal(2, 2));

            Listener.Expect("signal 2 Unknown");
            Assert.AreEqual(1, Link.Counters[LinkCounter.ListenerFailures]);
            Assert.AreEqual("not today", Link.LastListenerFailure.Message);
        }

        [Test]
        public void AgeAndDelayComeFromTheComparedClocks()
        {
            const long ahead = 7000000000;
            long start = Clock.Now;
            long age = 0;
            long bound = -1;
            Listener.WhenSignal = signal => Link.Clock.TryGetAge(signal.ReceiveTime, Clock.Now, out age, out bound);
            LogOn();
            AnswerProbe(ahead);
            // Sent 3 ms ago, received by the gateway 5 ms ago, on its own clock.
            Gateway.Send(FrameBuilder.Signal(1, 1, start + ahead - 3000000, start + ahead - 5000000));

            Listener.Expect("signal 1 InTime");
            Assert.AreEqual(ahead, Link.Clock.Current.Offset);
            Assert.AreEqual(5000000, age);
            Assert.AreEqual(0, bound);
            Assert.AreEqual(3000000, Link.Latencies.OneWay.Maximum);
            Assert.AreEqual(5000000, Link.Latencies.SignalAge.Maximum);
        }

        [Test]
        public void ASignalBeyondItsTimeToLiveIsMarkedAndCounted()
        {
            long start = Clock.Now;
            LogOn();
            AnswerProbe(0);
            Gateway.Send(FrameBuilder.Signal(1, 1, start, start - ScriptedGateway.TimeToLive),
                FrameBuilder.Signal(2, 2, start, start - ScriptedGateway.TimeToLive - 1));

            Listener.Expect("signal 1 InTime", "signal 2 TooLate");
            Assert.AreEqual(1, Link.Counters[LinkCounter.SignalsTooLate]);
        }

        [Test]
        public void ASignalFromTheFutureIsOfUnknownAge()
        {
            long start = Clock.Now;
            LogOn();
            AnswerProbe(0);
            Gateway.Send(FrameBuilder.Signal(1, 1, start, start), FrameBuilder.Signal(2, 2, start, start + 1));

            Listener.Expect("signal 1 InTime", "signal 2 Unknown");
            Assert.AreEqual(1, Link.Counters[LinkCounter.SignalsOfUnknownAge]);
        }

        [Test]
        public void AnInstrumentIsTrustedOnlyWhileTheGatewayStandsByIt()
        {
            string trust = "";
            Action look = () =>
            {
                InstrumentInfo instrument = Link.Reference.Instrument(Venue.Cme, FrameBuilder.Instrument);
                trust += instrument.IsTrusted ? "trusted " : instrument.State + " ";
            };
            Listener.WhenSignal = signal => look();
            Listener.WhenDisconnected = disconnection => look();
            LogOn();
            Gateway.Send(FrameBuilder.InstrumentDefinition(0), FrameBuilder.InstrumentState(0, 0, 2),
                FrameBuilder.Signal(1, 1), FrameBuilder.InstrumentState(1, 2, 0), FrameBuilder.Signal(3, 2),
                FrameBuilder.InstrumentState(1, 4, 200),
                FrameBuilder.Signal(5, 3), FrameBuilder.InstrumentState(1, 6, 0), FrameBuilder.Signal(7, 4));
            Listener.Expect("instrument ESZ5", "state SequenceGap", "signal 1 Unknown", "state Trusted",
                "signal 2 Unknown",
                "state 200", "signal 3 Unknown", "state Trusted", "signal 4 Unknown");
            Gateway.Hangup();
            Listener.Expect("disconnected ConnectionLost");

            // The last state was Trusted, and is not to be relied on.
            Assert.AreEqual("SequenceGap trusted 200 trusted Trusted ", trust);
        }

        [Test]
        public void AResumedStateIsHistoryAndDoesNotReplaceTheSnapshot()
        {
            bool trusted = true;
            Listener.WhenSignal = signal =>
                trusted = Link.Reference.Instrument(Venue.Cme, FrameBuilder.Instrument).IsTrusted;
            LogOn(5, 5);
            Gateway.Send(FrameBuilder.InstrumentState(0, 4, 2), FrameBuilder.InstrumentState(1, 5, 0),
                FrameBuilder.Signal(6, 1));

            Listener.Expect("state SequenceGap", "state Trusted resumed", "signal 1 Unknown");
            Assert.IsFalse(trusted);
        }
    }
}
