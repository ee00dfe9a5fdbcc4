using System;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// One run from start to end: takes up what the one before wrote down, and when nothing is left to wait for writes
    /// down what the next one must know. Trading thread.
    /// </summary>
    internal sealed class TradingRun
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly AuditLog audit;
        private readonly SignalDecider decider;
        private readonly LossWatch loss;
        private readonly UnclaimedFills unclaimed;
        private readonly EarlierOrders earlier;
        private readonly RecordKeeper keeper;
        private readonly Ending ending;
        private readonly Safeguard safeguard;
        private readonly StatusBoard board;
        private readonly DamagedPast past;
        private Action ended;

        public TradingRun(TradingState state, ITradeSupervisor supervisor, AuditLog audit, SignalDecider decider,
            LossWatch loss, UnclaimedFills unclaimed, EarlierOrders earlier, RecordKeeper keeper, Ending ending,
            Safeguard safeguard, StatusBoard board, DamagedPast past)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.audit = audit;
            this.decider = decider;
            this.loss = loss;
            this.unclaimed = unclaimed;
            this.earlier = earlier;
            this.keeper = keeper;
            this.ending = ending;
            this.safeguard = safeguard;
            this.board = board;
            this.past = past;
        }

        /// <summary>A later run will know what this one does.</summary>
        public bool IsKept => keeper.Keep() == null;

        public void Start()
        {
            state.BeganAt = supervisor.Now;
            audit.Start(supervisor.Now);
            decider.TakeUp(audit.History, supervisor.Now);
            loss.Begin(audit.History);
            supervisor.Notice(NoticeKind.Started, null, "", "dry run; audit chain at " + audit.LastHash);
            if (audit.Damage.Length > 0)
            {
                supervisor.Notice(NoticeKind.Warning, null, "", "the audit log was damaged: " + audit.Damage);
            }
            if (past.Alarm != null)
            {
                supervisor.Notice(NoticeKind.Alarm, null, "", past.Alarm);
            }
            safeguard.Run("taking up the last run", keeper.TakeUp);
            board.Publish();
        }

        /// <summary>
        /// Ends in bounded time: cancels entries, waits until what they filled has its stop, leaves stops and targets.
        /// </summary>
        /// <param name="whenEnded">called once nothing is done any more</param>
        public void Stop(Action whenEnded)
        {
            ended = whenEnded;
            safeguard.Run("disarming", () => supervisor.Disarm("stopping"));
            ending.Begin();
            EndWhenOver();
            board.Publish();
        }

        /// <summary>Ends if it was stopped and there is nothing left to wait for, or no time.</summary>
        public void EndWhenOver()
        {
            if (ended == null)
            {
                return;
            }
            bool isOver = true;
            safeguard.Run("ending", () => isOver = ending.IsOver());
            if (!isOver)
            {
                return;
            }
            Action tell = ended;
            ended = null;
            foreach (AccountBook book in state.Books.Where(book => book.WasArmed && book.IsReconciled))
            {
                book.WasArmed = state.IsTouched(book) || !unclaimed.IsEmpty;
            }
            earlier.Look();
            // Whenever it was tried: there is no later.
            safeguard.Run("writing down what is open", () => keeper.Keep());
            board.Publish();
            safeguard.Run("writing down what was realized", loss.End);
            supervisor.Notice(NoticeKind.Stopped, null, "", "audit chain at " + audit.LastHash);
            audit.Dispose();
            board.Publish();
            keeper.GiveUp();
            tell();
        }

        /// <summary>
        /// Trading did not end in time, and another run may begin: what this one still does must not undo what that one
        /// writes down. Any thread.
        /// </summary>
        public void GiveUp()
        {
            keeper.GiveUp();
        }

        /// <summary>The last that the trading thread does, however it ends: another run needs the audit log and the record.</summary>
        public void Release()
        {
            keeper.GiveUp();
            audit.Dispose();
        }
    }
}
