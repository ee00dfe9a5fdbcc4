using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>
    /// Writes down what it hears, as one word list an event, for the test's thread to take one by one.
    /// </summary>
    public sealed class RecordingListener : ILinkListener
    {
        /// <summary>Against a hang, not part of any assertion about time.</summary>
        private const int PatienceMillis = 20000;

        private const int RepeatMillis = 10;

        private readonly BlockingCollection<string> events = new BlockingCollection<string>();

        /// <summary>Called with each signal on the link thread, before it is written down.</summary>
        public Action<Signal> WhenSignal { get; set; } = signal => { };

        /// <summary>Called with each disconnection on the link thread, before it is written down.</summary>
        public Action<Disconnection> WhenDisconnected { get; set; } = disconnection => { };

        /// <summary>Message of the last disconnection.</summary>
        public string LastMessage { get; private set; }

        /// <summary>Wait before the next attempt, of the last disconnection.</summary>
        public TimeSpan? LastRetry { get; private set; }

        /// <summary>Takes the next event, which must be this one.</summary>
        public void Expect(params string[] expected)
        {
            foreach (string next in expected)
            {
                string heard;
                Assert.IsTrue(events.TryTake(out heard, PatienceMillis), "nothing heard, expected: " + next);
                Assert.AreEqual(next, heard);
            }
        }

        /// <summary>Repeats an action until something is heard, which must be this.</summary>
        public void ExpectAfterRepeating(Action action, string expected)
        {
            string heard = null;
            for (int waited = 0; heard == null && waited < PatienceMillis; waited += RepeatMillis)
            {
                action();
                events.TryTake(out heard, RepeatMillis);
            }
            Assert.AreEqual(expected, heard);
        }

        /// <summary>What was heard and not yet taken.</summary>
        public IEnumerable<string> Rest => events.ToArray();

        public void OnConnected(LogonAccepted logon)
        {
            events.Add("connected " + logon.NextSequence);
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            LastMessage = disconnection.Message;
            LastRetry = disconnection.RetryIn;
            WhenDisconnected(disconnection);
            events.Add("disconnected " + disconnection.Reason);
        }

        public void OnRejected(RejectReason reason, string text)
        {
            events.Add("rejected " + reason + " " + text);
        }

        public void OnSignal(Signal signal)
        {
            WhenSignal(signal);
            events.Add("signal " + signal.Number + (signal.IsResumed ? " resumed " : " ") + signal.Timeliness);
        }

        public void OnQuote(Quote quote)
        {
            events.Add("quote " + quote.Conflated);
        }

        public void OnTrade(Trade trade)
        {
            events.Add("trade " + trade.Skipped);
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
            events.Add("instrument " + instrument.Symbol);
        }

        public void OnInstrumentState(InstrumentState state)
        {
            events.Add("state " + state.State + (state.IsResumed ? " resumed" : ""));
        }

        public void OnSignalDefinition(SignalDefinition definition)
        {
            events.Add("rule " + definition.Rule + " " + definition.Name);
        }

        public void OnGap(SequenceRange gap)
        {
            events.Add("gap " + gap);
        }
    }
}
