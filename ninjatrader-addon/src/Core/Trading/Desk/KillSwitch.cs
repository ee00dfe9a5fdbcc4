using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Latches, and has every account that was armed in this run flattened; also flattens without latching when the
    /// link stays away. Trading thread.
    /// </summary>
    internal sealed class KillSwitch
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly Func<AccountBook, Flattener> newFlattener;
        private readonly Dictionary<AccountBook, Flattener> flatteners = new Dictionary<AccountBook, Flattener>();

        public KillSwitch(TradingState state, ITradeSupervisor supervisor, BracketExecutor executor,
            Func<AccountBook, Flattener> newFlattener)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
            this.newFlattener = newFlattener;
        }

        /// <summary>Every account that is being flattened is verified to be flat.</summary>
        public bool IsFlatVerified => flatteners.Values.All(flattener => flattener.IsVerified);

        /// <summary>null: none.</summary>
        public string Alarm => flatteners.Values.Select(flattener => flattener.Alarm)
            .FirstOrDefault(alarm => alarm != null);

        public bool IsFlattening(AccountBook book) => flatteners.ContainsKey(book);

        public void Latch(string reason)
        {
            if (state.IsKilled)
            {
                return;
            }
            state.IsKilled = true;
            state.KillReason = reason;
            supervisor.Notice(NoticeKind.Killed, state.Active, "", reason);
            foreach (AccountBook book in state.Books.Where(book => book.WasArmed))
            {
                Flatten(book);
            }
        }

        public void Flatten(AccountBook book)
        {
            if (!flatteners.ContainsKey(book))
            {
                Flattener flattener = newFlattener(book);
                flatteners.Add(book, flattener);
                flattener.Begin();
            }
        }

        /// <returns>null: unlatched; otherwise why not</returns>
        public string Clear()
        {
            if (!state.IsKilled)
            {
                return "the kill switch is not latched";
            }
            if (!IsFlatVerified)
            {
                return "not verified to be flat yet";
            }
            state.IsKilled = false;
            state.KillReason = "";
            state.Mode = TradingMode.DryRun;
            flatteners.Clear();
            supervisor.Notice(NoticeKind.KillCleared, state.Active, "", "disarmed until armed again");
            return null;
        }

        public void OnTimer()
        {
            foreach (Flattener flattener in flatteners.Values.ToArray())
            {
                flattener.OnTimer();
            }
        }

        public void Reconnected(AccountBook book)
        {
            Flattener flattener;
            if (flatteners.TryGetValue(book, out flattener))
            {
                flattener.Reconnected();
            }
        }

        public void OnCompared(AccountBook book, bool differs)
        {
            Flattener flattener;
            if (!flatteners.TryGetValue(book, out flattener))
            {
                return;
            }
            flattener.OnSnapshot(differs);
            if (!flattener.IsVerified)
            {
                return;
            }
            executor.AllFlat(book);
            if (!state.IsKilled)
            {
                flatteners.Remove(book);
            }
        }
    }
}
