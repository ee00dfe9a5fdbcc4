using System;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Where signals become entries: each is decided, sent if it passed, told and shown, in this order; once a run is
    /// ending none is looked at any more. Trading thread.
    /// </summary>
    internal sealed class EntryDesk
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly SignalDecider decider;
        private readonly OrderDesk orders;
        private readonly BracketExecutor executor;
        private readonly Safeguard safeguard;
        private readonly TradeReports reports;
        private readonly AuditWatch auditWatch;
        private readonly Ending ending;
        private readonly StatusBoard board;
        private readonly Func<bool> hasMore;

        public EntryDesk(TradingState state, ITradeSupervisor supervisor, SignalDecider decider, OrderDesk orders,
            BracketExecutor executor, Safeguard safeguard, TradeReports reports, AuditWatch auditWatch, Ending ending,
            StatusBoard board, Func<bool> hasMore)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.decider = decider;
            this.orders = orders;
            this.executor = executor;
            this.safeguard = safeguard;
            this.reports = reports;
            this.auditWatch = auditWatch;
            this.ending = ending;
            this.board = board;
            this.hasMore = hasMore;
        }

        public void OnSignal(SignalNotice signal)
        {
            long now = supervisor.Now;
            GateFacts facts;
            if (ending.IsBegun)
            {
                return;
            }
            Decision decision = decider.Decide(signal, now, orders.NextHandle, out facts);
            board.Decided(decision);
            if (decision.IsSent)
            {
                safeguard.Run("sending an entry", () => executor.Enter(state.Active, facts.Contract, signal,
                    facts.Side.Value, decision.Quantity, decision.Price, decision.Handle, decider.NotAfter(facts)));
            }
            reports.Decided(decision);
            auditWatch.Look();
            // Of a backlog of signals each is refused as too old: a picture for each would keep the next waiting.
            if (!decision.IsSent && hasMore())
            {
                board.Postpone();
                return;
            }
            board.Publish();
        }

        /// <summary>Signals were not even queued: so many waited already.</summary>
        public void OnSignalsDropped(long count)
        {
            board.Dropped(count);
            supervisor.Notice(NoticeKind.Warning, null, "", count + " signals came while trading was held up, and were "
                + "dropped: " + WaitingSignals.Limit + " waited already");
        }
    }
}
