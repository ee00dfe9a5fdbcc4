using System;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The end of a run, bounded in time: entries are cancelled, and nobody goes before what they filled has its stop.
    /// What has none when time is up is closed. Trading thread.
    /// </summary>
    internal sealed class Ending
    {
        /// <summary>NinjaTrader's windows wait for us meanwhile, so not for long.</summary>
        public const long Patience = 3000000000;

        /// <summary>Events may not come while the platform waits for us; its orders can be looked at all the same.</summary>
        private const long LookInterval = 250000000;

        private readonly BracketExecutor executor;
        private readonly KillSwitch kill;
        private readonly Reconciler reconciler;
        private readonly OrderDesk orders;
        private readonly ITradeSupervisor supervisor;
        private long begunAt;
        private long nextLook;

        public Ending(BracketExecutor executor, KillSwitch kill, Reconciler reconciler, OrderDesk orders,
            ITradeSupervisor supervisor)
        {
            this.executor = executor;
            this.kill = kill;
            this.reconciler = reconciler;
            this.orders = orders;
            this.supervisor = supervisor;
        }

        public bool IsBegun { get; private set; }

        public void Begin()
        {
            IsBegun = true;
            begunAt = supervisor.Now;
            nextLook = begunAt + LookInterval;
        }

        /// <summary>Whether nothing is left to wait for, or no time.</summary>
        public bool IsOver()
        {
            if (executor.IsAtRest && !kill.Unverified.Any())
            {
                return true;
            }
            long now = supervisor.Now;
            if (now - begunAt >= Patience)
            {
                CloseWhatIsLeft();
                return true;
            }
            if (now >= nextLook)
            {
                nextLook = now + LookInterval;
                foreach (AccountBook book in executor.Trades.Select(trade => trade.Book).Distinct().ToArray())
                {
                    reconciler.Request(book);
                }
            }
            return false;
        }

        private void CloseWhatIsLeft()
        {
            foreach (BracketTrade trade in executor.Trades.Where(trade => !executor.IsSafe(trade)).ToArray())
            {
                supervisor.Notice(NoticeKind.Alarm, trade.Book, trade.Contract.Instrument, trade.Label
                    + " is not covered by a stop, or its entry still works, and trading ends: it is being closed; look "
                    + "at the account");
                if (!supervisor.IsFlattening(trade.Book))
                {
                    orders.Flatten(trade.Book, trade.Contract.Instrument);
                }
            }
            foreach (AccountBook book in kill.Unverified.ToArray())
            {
                supervisor.Notice(NoticeKind.Alarm, book, "", "trading ends before everything was seen flat; the next "
                    + "start goes on with it");
            }
        }
    }
}
