using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What the link tells beside signals: whether it stands, what it may, its instruments and how far their books can be
    /// trusted; brought into the state, then shown to those who act on it. Trading thread.
    /// </summary>
    internal sealed class LinkIntake
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly SignalDecider decider;
        private readonly BracketExecutor executor;
        private readonly LinkWatch watch;

        public LinkIntake(TradingState state, ITradeSupervisor supervisor, SignalDecider decider,
            BracketExecutor executor, LinkWatch watch)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.decider = decider;
            this.executor = executor;
            this.watch = watch;
        }

        public void AttachClock(ClockSynchroniser clock)
        {
            state.Clocks = clock;
        }

        public void AttachRights(Func<PeerRights> rights)
        {
            state.RightsSource = rights;
        }

        public void AttachMarket(Func<Market> market)
        {
            state.MarketSource = market;
        }

        public void OnInstrument(Venue venue, string symbol)
        {
            PlatformInstrument instrument = decider.Find(venue, symbol);
            if (instrument != null && instrument.IsAllowed)
            {
                state.Contract(instrument.Name);
            }
        }

        public void OnInstrumentState(Venue venue, ulong key, BookState book)
        {
            state.BookStates[new KeyValuePair<Venue, ulong>(venue, key)] = book;
        }

        public void OnLinkUp(ulong session)
        {
            state.LinkSession = session;
            state.LinkLostAt = 0;
            watch.OnRestored();
            supervisor.Notice(NoticeKind.LinkRestored, null, "", "session " + session);
        }

        public void OnLinkDown(string reason)
        {
            state.BookStates.Clear();
            if (!state.LinkSession.HasValue)
            {
                return;
            }
            state.LinkSession = null;
            state.LinkLostAt = supervisor.Now;
            watch.OnLost();
            supervisor.Notice(NoticeKind.LinkLost, null, "", reason);
            executor.CancelEntries();
        }
    }
}
