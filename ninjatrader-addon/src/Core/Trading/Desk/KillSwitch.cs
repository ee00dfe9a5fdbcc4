using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Latches, and has accounts flattened: those that were traded on, or every listed one when a person wants it. Also
    /// flattens without latching when the link stays away or the hours end, and takes up what an earlier run did not
    /// finish. Trading thread.
    /// </summary>
    internal sealed class KillSwitch
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly Safeguard safeguard;
        private readonly UnseenAccounts unseen;
        private readonly StrayAccounts strays;
        private readonly Func<AccountBook, Flattener> newFlattener;
        private readonly Dictionary<AccountBook, Flattener> flatteners = new Dictionary<AccountBook, Flattener>();

        /// <summary>Latched by an earlier run, which had verified that all was flat: as it was then.</summary>
        private bool wasVerified;

        /// <summary>When a person pressed it, local clock; 0: nobody did.</summary>
        private long pressedAt;

        /// <summary>A person's KILL reached no account at all; null: it did, or had not the time to.</summary>
        private string unheard;

        /// <summary>Accounts that were looked at in this run.</summary>
        private readonly HashSet<AccountBook> lookedAt = new HashSet<AccountBook>();

        public KillSwitch(TradingState state, ITradeSupervisor supervisor, BracketExecutor executor,
            Safeguard safeguard, UnseenAccounts unseen, StrayAccounts strays, Func<AccountBook, Flattener> newFlattener)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
            this.safeguard = safeguard;
            this.unseen = unseen;
            this.strays = strays;
            this.newFlattener = newFlattener;
        }

        /// <summary>
        /// Accounts were looked at, and are flat. That none was looked at verifies nothing.
        /// </summary>
        public bool IsFlatVerified => !unseen.Waiting.Any() && !OpenSince.Any()
            && (wasVerified && flatteners.Count == 0
            || flatteners.Values.Any(flattener => flattener.IsVerified) && !Unverified.Any());

        /// <summary>
        /// It latched before any account was traded on, or with nothing that it was allowed to close: there is nothing of
        /// ours that could be open.
        /// </summary>
        public bool HasNothingToFlatten => state.IsKilled && flatteners.Count == 0 && !wasVerified;

        /// <summary>Accounts that are being flattened and not verified yet.</summary>
        public IEnumerable<AccountBook> Unverified => flatteners.Values.Where(flattener => flattener.IsBlocking)
            .Select(flattener => flattener.Book);

        /// <summary>
        /// Accounts that the run before had verified, and that this one has not looked at, or found open. Nothing is closed
        /// there for that: a person may have opened it since.
        /// </summary>
        public IEnumerable<AccountBook> OpenSince => state.Books.Where(book => wasVerified && !IsFlattening(book)
            && IsReached(book) && (!lookedAt.Contains(book) || state.IsTouched(book)));

        /// <summary>
        /// Accounts that cannot be asked, and of which nothing is known to be open, or which the settings name no more.
        /// </summary>
        public IEnumerable<string> NotLookedAt => flatteners.Values.Where(flattener => !flattener.IsVerified
            && !flattener.IsBlocking).Select(flattener => flattener.Book)
            .Concat(OpenSince.Where(book => !lookedAt.Contains(book))).Select(book => book.Account)
            .Concat(strays.Accounts);

        /// <summary>
        /// What was seen flat, or, before that, what is being closed; empty: nothing was looked at in this run.
        /// </summary>
        public string Reached => Reach.Of(state, flatteners.Values.Where(flattener => flattener.IsVerified
            || flattener.IsBlocking).Select(flattener => flattener.Book)
            .Concat(lookedAt.Where(book => wasVerified && !IsFlattening(book) && !OpenSince.Contains(book))));

        /// <summary>null: none.</summary>
        public string Alarm => flatteners.Values.Select(flattener => flattener.Alarm)
            .FirstOrDefault(alarm => alarm != null) ?? unheard;

        public bool IsFlattening(AccountBook book) => flatteners.ContainsKey(book);

        /// <summary>Latches; latched already, flattens what is not being flattened yet.</summary>
        /// <param name="reason">why</param>
        /// <param name="everything">
        /// every listed account, as a person who presses the button expects; otherwise those that were traded on: a
        /// failure of ours must not close what a person opened elsewhere
        /// </param>
        public void Latch(string reason, bool everything)
        {
            if (!state.IsKilled)
            {
                state.IsKilled = true;
                state.KillReason = reason;
                wasVerified = false;
                supervisor.Notice(NoticeKind.Killed, state.Active, "", reason);
            }
            if (everything && Reach.Of(state, state.Books).Length == 0)
            {
                supervisor.Notice(NoticeKind.Alarm, null, "", "nothing is in instruments of limits.txt: KILL closed nothing "
                    + "and looked at nothing; what is open, close by hand");
            }
            foreach (AccountBook book in state.Books.Where(book => IsReached(book) && (everything || IsOurs(book))).ToArray())
            {
                // One account that cannot be asked must not keep the others open.
                safeguard.Run("flattening " + book.Account, () => Flatten(book));
            }
            if (everything)
            {
                pressedAt = pressedAt == 0 ? supervisor.Now : pressedAt;
                foreach (Flattener flattener in flatteners.Values)
                {
                    // Of one that has tried for long already the next look may be far off.
                    flattener.Hurry();
                }
            }
        }

        /// <summary>An earlier run ended with it latched, or while flattening.</summary>
        /// <param name="reason">why it latched; null: it was not</param>
        /// <param name="unverified">accounts whose flattening was not verified</param>
        public void Restore(string reason, IList<AccountBook> unverified)
        {
            if (reason != null)
            {
                state.IsKilled = true;
                state.KillReason = reason;
                wasVerified = !unverified.Any(IsReached);
                supervisor.Notice(NoticeKind.Killed, null, "", "still pulled from an earlier run: " + reason);
            }
            foreach (AccountBook book in unverified.Where(IsReached))
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
                return "the kill switch is not pulled";
            }
            if (!IsFlatVerified && !HasNothingToFlatten)
            {
                return "not verified to be flat yet: " + string.Join(", ", StandsOpen
                    .Select(book => book.Account).ToArray());
            }
            state.IsKilled = false;
            state.KillReason = "";
            state.Mode = TradingMode.DryRun;
            wasVerified = false;
            pressedAt = 0;
            unheard = null;
            flatteners.Clear();
            safeguard.Forget();
            string[] notLookedAt = strays.Accounts.ToArray();
            strays.Forget();
            supervisor.Notice(NoticeKind.KillCleared, state.Active, "", "disarmed until armed again" + (notLookedAt.Length == 0
                ? ""
                : "; not looked at, since the settings do not name it: " + string.Join(", ", notLookedAt)));
            return null;
        }

        public void OnTimer()
        {
            foreach (Flattener flattener in flatteners.Values.ToArray())
            {
                safeguard.Run("flattening " + flattener.Book.Account, flattener.OnTimer);
            }
            Listen();
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
            unseen.OnCompared(book);
            if (book.IsReconciled)
            {
                lookedAt.Add(book);
            }
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
            safeguard.Run("ending the trades of " + book.Account, () => executor.AllFlat(book));
            if (!state.IsKilled)
            {
                flatteners.Remove(book);
            }
        }

        /// <summary>
        /// One account that is never connected must not alarm with each KILL. Where none is, a person waits for what nobody
        /// does.
        /// </summary>
        private void Listen()
        {
            bool isUnheard = pressedAt != 0 && supervisor.Now - pressedAt > Reconciler.Loading && flatteners.Count > 0
                && flatteners.Values.All(flattener => !flattener.IsVerified && !flattener.IsBlocking);
            string before = unheard;
            unheard = isUnheard ? "KILL closed nothing, since no account is connected: close by hand or by telephone" : null;
            if (isUnheard && before == null)
            {
                supervisor.Notice(NoticeKind.Alarm, null, "", unheard);
            }
        }

        private IEnumerable<AccountBook> StandsOpen => Unverified.Any() ? Unverified
            : unseen.Waiting.Any() ? unseen.Waiting : OpenSince.Any() ? OpenSince : state.Books;

        /// <summary>Where nothing may be touched nothing is looked at, and nothing may be called flat.</summary>
        private bool IsReached(AccountBook book) => Reach.Instruments(state, book).Length > 0;

        private bool IsOurs(AccountBook book) => book.WasArmed || executor.Trades.Any(trade => trade.Book == book);
    }
}
