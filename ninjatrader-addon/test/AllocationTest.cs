using System;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>
    /// The read path must not allocate: a garbage collection is a pause between a signal and its order.
    /// </summary>
    [TestFixture]
    public class AllocationTest
    {
        private const int Frames = 4000000;

        [Test]
        public void DecodingMillionsOfFramesCausesNoGarbageCollection()
        {
            var clock = new FakeClock();
            var state = new LinkState(1);
            var listener = new Adder();
            var delivery = new FrameDelivery(state, new GuardedListener(listener, state.Counters), clock);
            state.Sequence.LoggedOn(1, 1);
            state.Clock.Add(clock.Now, clock.Now, clock.Now, clock.Now);
            var received = new FrameBuffer();
            byte[] signal = FrameBuilder.Signal(1, 1, clock.Now, clock.Now);
            byte[] quote = FrameBuilder.Quote(0, 0);
            byte[] trade = FrameBuilder.Trade(0, 0);
            Run(1000, received, delivery, signal, quote, trade, 1);

            // What others left in the nursery is not ours.
            GC.Collect();
            int before = GC.CollectionCount(0);
            Run(Frames, received, delivery, signal, quote, trade, 1001);

            // One byte a frame would fill the 4 MB nursery once; an object of 16 bytes 16 times.
            Assert.AreEqual(0, GC.CollectionCount(0) - before);
            Assert.AreEqual(Frames + 1000, listener.Signals);
            Assert.AreEqual(Frames + 1000, listener.Others / 2);
            Assert.AreEqual(0, state.Sequence.Holes);
        }

        private static void Run(int count, FrameBuffer received, FrameDelivery delivery, byte[] signal, byte[] quote,
            byte[] trade, ulong first)
        {
            for (ulong i = first; i < first + (ulong)count; i++)
            {
                LittleEndian.WriteUInt64(signal, 16, i);
                LittleEndian.WriteUInt64(quote, 16, i);
                LittleEndian.WriteUInt64(trade, 16, i);
                Put(received, signal);
                Put(received, quote);
                Put(received, trade);
                while (received.Next() == FrameStatus.Accept)
                {
                    // Plain ifs, because assertions allocate; the counts at the end tell.
                    if (delivery.CheckSequence(received.Bytes, received.Frame))
                    {
                        delivery.Deliver(received.Bytes, received.Frame, 0);
                    }
                }
                received.Compact();
            }
        }

        private static void Put(FrameBuffer received, byte[] frame)
        {
            Buffer.BlockCopy(frame, 0, received.Bytes, received.End, frame.Length);
            received.Added(frame.Length);
        }

        private sealed class Adder : ILinkListener
        {
            public long Signals { get; private set; }

            public long Others { get; private set; }

            public long Sum { get; private set; }

            public void OnSignal(Signal signal)
            {
                Signals++;
                Sum += signal.BidPrice + signal.Value + (long)signal.Number + signal.Rule + (int)signal.Side;
            }

            public void OnQuote(Quote quote)
            {
                Others++;
                Sum += quote.AskPrice + quote.AskQuantity + (int)quote.State;
            }

            public void OnTrade(Trade trade)
            {
                Others++;
                Sum += trade.Price + trade.Quantity;
            }

            public void OnConnected(LogonAccepted logon)
            {
            }

            public void OnDisconnected(Disconnection disconnection)
            {
            }

            public void OnRejected(RejectReason reason, string text)
            {
            }

            public void OnInstrument(InstrumentDefinition instrument)
            {
            }

            public void OnInstrumentState(InstrumentState state)
            {
            }

            public void OnSignalDefinition(SignalDefinition definition)
            {
            }

            public void OnGap(SequenceRange gap)
            {
            }
        }
    }
}
