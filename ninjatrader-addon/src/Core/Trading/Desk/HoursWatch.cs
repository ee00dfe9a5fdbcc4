using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What the end of the trading hours does to what is open: entries are cancelled, and an account with a trade of this
    /// run is disarmed and closed as after a lost link. Trading thread.
    /// </summary>
    /// <remarks>
    /// It looks at what is open rather than at the moment of the end: so a fill that crossed the cancel, a connection that
    /// was down at the end and a clock that was compared late only delay it. Nothing is begun outside the hours, so what
    /// it finds there is left of them, and is closed once. What an earlier run left is only told: unlike the flattening
    /// after a lost link nobody asked for this one, and nobody can tell it from what a person opened there since.
    /// </remarks>
    internal sealed class HoursWatch
    {
        private const long NanosPerTick = 100;

        /// <summary>What the platform shows no more is believed to be gone by then, ns.</summary>
        private const long Doubts = 6000000000;

        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly BracketExecutor executor;
        private readonly KillSwitch kill;
        private readonly Leftovers leftovers;
        private readonly Func<DateTime> utcNow;

        /// <summary>Since when an account to be closed is connected but not compared, local clock.</summary>
        private readonly Dictionary<AccountBook, long> waitsSince = new Dictionary<AccountBook, long>();

        /// <summary>Of which it was told in these hours' end that an earlier run's is open; whether or not this run saw them.</summary>
        private readonly HashSet<AccountBook> told = new HashSet<AccountBook>();

        private bool isDoubtTold;

        public HoursWatch(TradingSettings settings, TradingState state, ITradeSupervisor supervisor,
            BracketExecutor executor, KillSwitch kill, Leftovers leftovers, Func<DateTime> utcNow)
        {
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.executor = executor;
            this.kill = kill;
            this.leftovers = leftovers;
            this.utcNow = utcNow;
        }

        public void OnTimer()
        {
            if (!settings.FlattenAfterHours)
            {
                return;
            }
            ClockEstimate estimate = state.Clocks?.Current;
            DateTime now = utcNow();
            bool isOpen = settings.Hours.IsOpen(now);
            if (!IsHourKnown(estimate))
            {
                // A machine that was suspended has the clock that stood still.
                TellOfDoubt(isOpen && (estimate == null
                    || settings.Hours.IsOpen(now.AddTicks(estimate.Offset / NanosPerTick))));
                return;
            }
            isDoubtTold = false;
            if (isOpen)
            {
                told.Clear();
                waitsSince.Clear();
                return;
            }
            TellOfLeftovers();
            executor.CancelEntries();
            foreach (AccountBook book in state.Books.Where(IsToClose).ToArray())
            {
                Close(book);
            }
        }

        private void TellOfDoubt(bool isOpen)
        {
            BracketTrade trade = isOpen || isDoubtTold ? null : executor.Trades.FirstOrDefault(one => one.Open > 0);
            if (trade != null)
            {
                isDoubtTold = true;
                supervisor.Notice(NoticeKind.Alarm, trade.Book, "", "the trading hours may have ended, but this machine's clock "
                    + "and the gateway's differ, or were not compared: nobody knows what time it is: what is open is not closed; "
                    + "close it by hand, or press KILL");
            }
        }

        private void TellOfLeftovers()
        {
            foreach (AccountBook book in state.Books.Where(book => leftovers.IsLeft(book) && state.IsTouched(book)
                && told.Add(book)))
            {
                supervisor.Notice(NoticeKind.Alarm, book, "", "the trading hours have ended, and what an earlier run left "
                    + "there is open: it is not closed by itself; close it by hand, or press KILL");
            }
        }

        /// <summary>As the gate's rule of the hours: a wrong clock must not close what is within them.</summary>
        private bool IsHourKnown(ClockEstimate estimate) =>
            estimate != null && SignalRules.IsHourKnown(estimate.Offset, estimate.BoundAt(supervisor.Now));

        /// <summary>A fill that took the position round is the kill switch's; an entry that filled nothing is only cancelled.</summary>
        private bool IsToClose(AccountBook book) => !kill.IsFlattening(book)
            && executor.Trades.Any(trade => trade.Book == book && trade.Open > 0) && IsSure(book);

        /// <summary>
        /// After a lost connection the trade may be over and the position somebody else's; but who cannot be compared must
        /// not stay open for that.
        /// </summary>
        private bool IsSure(AccountBook book)
        {
            if (!book.IsSettled(supervisor.Now) || book.IsReconciled)
            {
                waitsSince.Remove(book);
                return book.IsReconciled;
            }
            long since;
            if (!waitsSince.TryGetValue(book, out since))
            {
                since = supervisor.Now;
                waitsSince.Add(book, since);
            }
            return supervisor.Now - since > settings.ResponseTimeout + Doubts;
        }

        /// <summary>
        /// Disarmed, and so it stays until a person arms: while an account is flattened nobody else may send orders there,
        /// and the next session may begin before it is seen flat.
        /// </summary>
        private void Close(AccountBook book)
        {
            supervisor.Notice(NoticeKind.Warning, book, "", "the trading hours have ended: what is open is closed");
            supervisor.Disarm("the trading hours have ended with a trade open");
            kill.Flatten(book);
        }
    }
}
