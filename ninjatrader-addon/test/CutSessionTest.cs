using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>
    /// A session that ends at any byte of the gateway's: the link comes back, resumes, and hands on every signal once and
    /// in order. Every 7th byte, or with TICKBRIDGE_LINK_FAULTS=full every one.
    /// </summary>
    [TestFixture]
    public class CutSessionTest : LinkFixture
    {
        private const ulong NewSignals = 4;
        private const int SampledStep = 7;
        private const int PatienceMillis = 20000;

        [Test]
        public void EverySignalComesOnceWhereverItIsCut()
        {
            bool isFull = Environment.GetEnvironmentVariable("TICKBRIDGE_LINK_FAULTS") == "full";
            var heard = new List<ulong>();
            var complete = new ManualResetEvent(false);
            ulong last = NewSignals;
            ulong end = ulong.MaxValue;
            Listener.WhenSignal = signal =>
            {
                heard.Add(signal.Number);
                if (signal.Number == Volatile.Read(ref end))
                {
                    complete.Set();
                }
            };
            Link.Start();
            int length = 1;
            for (int cut = 0; cut <= length; cut += isFull ? 1 : SampledStep)
            {
                byte[] session = Session(last);
                length = session.Length;
                Gateway.Send(session.Take(cut).ToArray());
                Gateway.Hangup();
                last += NewSignals;
            }
            Volatile.Write(ref end, last);
            Gateway.Send(Session(last));

            Assert.IsTrue(complete.WaitOne(PatienceMillis), "heard " + string.Join(" ", heard));
            CollectionAssert.AreEqual(Enumerable.Range(1, (int)last).Select(number => (ulong)number), heard);
            Assert.AreEqual(0, Link.Counters[LinkCounter.Holes]);
            Assert.AreEqual(0, Link.Counters[LinkCounter.MalformedFrames]);
        }

        /// <summary>The link's next connection, and all that it gets of a gateway with so many signals.</summary>
        private byte[] Session(ulong last)
        {
            Gateway.Accept().Challenge();
            ulong next = Math.Max(1, Gateway.NextSequence);
            var frames = new List<byte[]>
            {
                Gateway.Acceptance(next, last), FrameBuilder.InstrumentDefinition(next - 1)
            };
            for (ulong number = next; number <= last; number++)
            {
                frames.Add(FrameBuilder.Signal(number, number));
            }
            return FrameBuilder.Join(frames.ToArray());
        }
    }
}
