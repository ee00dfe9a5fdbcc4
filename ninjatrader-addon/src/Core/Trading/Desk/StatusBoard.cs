using System;
using System.Linq;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The picture of trading that is shown, made anew after whatever changed it: whole, and never one of what is not
    /// true any more. Trading thread; the picture itself is read on any.
    /// </summary>
    internal sealed class StatusBoard
    {
        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly InstrumentMap map;
        private readonly QuoteBoard quotes;
        private readonly SignalDecider decider;
        private readonly BracketExecutor executor;
        private readonly KillSwitch kill;
        private readonly Safeguard safeguard;
        private readonly AuditWatch auditWatch;
        private readonly Leftovers leftovers;
        private readonly RecordKeeper keeper;
        private readonly DamagedPast past;
        private TradingStatus status = new TradingStatus();
        private long passed;
        private long refused;
        private long dropped;
        private readonly DecisionTally tally = new DecisionTally();
        private Decision lastDecision;

        /// <summary>A decision was made that the status does not show yet.</summary>
        private bool isOld;

        public StatusBoard(TradingSettings settings, TradingState state, ITradeSupervisor supervisor, InstrumentMap map,
            QuoteBoard quotes, SignalDecider decider, BracketExecutor executor, KillSwitch kill, Safeguard safeguard,
            AuditWatch auditWatch, Leftovers leftovers, RecordKeeper keeper, DamagedPast past)
        {
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.map = map;
            this.quotes = quotes;
            this.decider = decider;
            this.executor = executor;
            this.kill = kill;
            this.safeguard = safeguard;
            this.auditWatch = auditWatch;
            this.leftovers = leftovers;
            this.keeper = keeper;
            this.past = past;
        }

        /// <summary>Any thread.</summary>
        public TradingStatus Status => Volatile.Read(ref status);

        /// <summary>Counts a decision, for the next picture.</summary>
        public void Decided(Decision decision)
        {
            passed += decision.IsPassed ? 1 : 0;
            refused += decision.IsPassed ? 0 : 1;
            tally.Add(decision);
            lastDecision = decision;
        }

        /// <summary>Counts signals of which none was decided, for the next picture.</summary>
        public void Dropped(long count)
        {
            dropped += count;
        }

        /// <summary>What changed is shown once nothing waits.</summary>
        public void Postpone()
        {
            isOld = true;
        }

        /// <summary>Nothing waits: shows what was left out while something did.</summary>
        public void OnDrained()
        {
            if (isOld)
            {
                Publish();
            }
        }

        public void Publish()
        {
            TradingStatus fresh;
            isOld = false;
            try
            {
                keeper.KeepUp();
                fresh = StatusView.Of(state, settings, kill, decider, quotes, lastDecision, supervisor.Now);
            }
            // The window must never go on showing what is not true any more.
            catch (Exception e)
            {
                fresh = StatusView.Broken(state, e);
            }
            fresh.Alarm = safeguard.Alarm ?? fresh.Alarm ?? auditWatch.Alarm ?? leftovers.Alarm ?? keeper.Alarm
                ?? past.Alarm;
            fresh.AuditFailure = auditWatch.Failure;
            fresh.SignalsPassed = passed;
            fresh.SignalsRefused = refused;
            fresh.SignalsDropped = dropped;
            fresh.Decisions = tally.Counts();
            fresh.LeftOpen = leftovers.Covered.ToArray();
            fresh.UnmappedInstruments = map.Unknown;
            fresh.Unfinished = string.Join(", ", executor.Trades.Select(trade => trade.Book.Account + " "
                + trade.Contract.Instrument).Concat(kill.Unverified.Select(book => book.Account
                + " is being flattened")).Distinct().ToArray());
            Volatile.Write(ref status, fresh);
        }
    }
}
