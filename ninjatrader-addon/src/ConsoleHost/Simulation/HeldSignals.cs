using System;
using System.Collections.Generic;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Stands between the link and trading and can hold signals back while everything else goes on: so they come late,
    /// after the link is lost, of another market, or the wrong way round, which no link that keeps its rules would do. Any thread.
    /// </summary>
    internal sealed class HeldSignals : ITradingDesk
    {
        private readonly object access = new object();
        private readonly ITradingDesk inner;
        private readonly List<SignalNotice> held = new List<SignalNotice>();
        private bool isHolding;

        public HeldSignals(ITradingDesk inner)
        {
            this.inner = inner;
        }

        public TradingStatus Status => inner.Status;

        /// <summary>Signals held now.</summary>
        public int Count
        {
            get
            {
                lock (access)
                {
                    return held.Count;
                }
            }
        }

        public void Hold()
        {
            lock (access)
            {
                isHolding = true;
            }
        }

        /// <summary>Lets go on what is held.</summary>
        /// <param name="backwards">the last first</param>
        /// <param name="market">what they are then of; null: what the gateway said</param>
        public void Release(bool backwards, Market? market = null)
        {
            lock (access)
            {
                isHolding = false;
                held.ForEach(signal => signal.Market = market ?? signal.Market);
                if (backwards)
                {
                    held.Reverse();
                }
                held.ForEach(inner.OnSignal);
                held.Clear();
            }
        }

        public void OnSignal(SignalNotice signal)
        {
            lock (access)
            {
                if (isHolding)
                {
                    held.Add(signal);
                    return;
                }
            }
            inner.OnSignal(signal);
        }

        public void Arm(Core.Trading.TradingMode mode, string account, string confirmation, Action<string> answered)
        {
            inner.Arm(mode, account, confirmation, answered);
        }

        public void Disarm(string reason)
        {
            inner.Disarm(reason);
        }

        public void Kill(string reason)
        {
            inner.Kill(reason);
        }

        public void ClearKill(Action<string> answered)
        {
            inner.ClearKill(answered);
        }

        public void OnInstrument(Venue venue, ulong key, string symbol)
        {
            inner.OnInstrument(venue, key, symbol);
        }

        public void OnInstrumentState(Venue venue, ulong key, BookState state)
        {
            inner.OnInstrumentState(venue, key, state);
        }

        public void OnLinkUp(ulong session)
        {
            inner.OnLinkUp(session);
        }

        public void OnLinkDown(string reason)
        {
            inner.OnLinkDown(reason);
        }
    }
}
