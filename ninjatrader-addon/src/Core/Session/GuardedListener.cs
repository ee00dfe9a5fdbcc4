using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Stands between the link and a listener whose code is not ours: an exception in it must neither end the link's
    /// thread nor pass unseen.
    /// </summary>
    internal sealed class GuardedListener : ILinkListener
    {
        private readonly ILinkListener listener;
        private readonly LinkCounters counters;
        private Exception lastFailure;

        public GuardedListener(ILinkListener listener, LinkCounters counters)
        {
            this.listener = listener;
            this.counters = counters;
        }

        /// <summary>Any thread; null: none yet.</summary>
        public Exception LastFailure => Volatile.Read(ref lastFailure);

        public void OnConnected(LogonAccepted logon)
        {
            try { listener.OnConnected(logon); } catch (Exception e) { Failed(e); }
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            try { listener.OnDisconnected(disconnection); } catch (Exception e) { Failed(e); }
        }

        public void OnRejected(RejectReason reason, string text)
        {
            try { listener.OnRejected(reason, text); } catch (Exception e) { Failed(e); }
        }

        public void OnSignal(Signal signal)
        {
            try { listener.OnSignal(signal); } catch (Exception e) { Failed(e); }
        }

        public void OnQuote(Quote quote)
        {
            try { listener.OnQuote(quote); } catch (Exception e) { Failed(e); }
        }

        public void OnTrade(Trade trade)
        {
            try { listener.OnTrade(trade); } catch (Exception e) { Failed(e); }
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
            try { listener.OnInstrument(instrument); } catch (Exception e) { Failed(e); }
        }

        public void OnInstrumentState(InstrumentState state)
        {
            try { listener.OnInstrumentState(state); } catch (Exception e) { Failed(e); }
        }

        public void OnSignalDefinition(SignalDefinition definition)
        {
            try { listener.OnSignalDefinition(definition); } catch (Exception e) { Failed(e); }
        }

        public void OnGap(SequenceRange gap)
        {
            try { listener.OnGap(gap); } catch (Exception e) { Failed(e); }
        }

        private void Failed(Exception failure)
        {
            counters.Increment(LinkCounter.ListenerFailures);
            Volatile.Write(ref lastFailure, failure);
        }
    }
}
