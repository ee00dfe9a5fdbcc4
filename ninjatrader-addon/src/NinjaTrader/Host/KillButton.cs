namespace Tickbridge.Host
{
    using System;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// The KILL of one bridge, at whatever moment it is pressed: while trading runs, is held up, does not run yet, is being
    /// ended, or will never run again here. Until it is done it is not forgotten, whoever ends before. Any thread; waits for
    /// nobody who connects, and for no disk.
    /// </summary>
    internal sealed class KillButton
    {
        private const string Reason = "the kill button";

        private const string ByHand = ": Control Center, Positions tab, right click the "
            + "position, Close Position (Flatten Everything closes every account's positions)";

        /// <summary>NinjaTrader may end as soon as we have: as long it waits for the disk, which mostly has it already.</summary>
        private const int KeepMillis = 2000;

        private readonly BridgeRun run;
        private readonly WantedKill wanted;
        private readonly EventLog log;
        private readonly ButtonAnswers answers;

        /// <param name="run">what is killed</param>
        /// <param name="folder">where a kill is kept that is not done yet</param>
        /// <param name="log">what the window shows</param>
        /// <param name="answers">takes what became of it</param>
        public KillButton(BridgeRun run, string folder, EventLog log, ButtonAnswers answers)
        {
            this.run = run;
            this.log = log;
            this.answers = answers;
            wanted = new WantedKill(folder,
                why => log.Add(Weight.Alarm, "KILL is forgotten if NinjaTrader ends before it is done: " + why),
                why => log.Add(Weight.Warning, "KILL is done, and will be once more at the next start: " + why));
        }

        /// <summary>Pulls the kill switch of another bridge that trades in this process; false: there is none.</summary>
        public Func<bool> Elsewhere { get; set; } = () => false;

        /// <summary>It was pressed, and nobody has done it yet.</summary>
        public bool IsWaiting => wanted.IsWanted;

        /// <summary>Number of the last one that was pressed.</summary>
        public long Last => wanted.Last;

        /// <summary>Closes everything; pressed while nothing runs, as soon as trading does.</summary>
        public void Press()
        {
            if (run.IsStopped && run.Desk == null)
            {
                // Of a window that outlived its compilation: another bridge trades.
                if (KillsElsewhere())
                {
                    return;
                }
                answers.Give(Weight.Alarm, "KILL does nothing in this window: " + run.Failure + ". Or close by hand" + ByHand);
                return;
            }
            // In this order: who begins trading from now on finds it wanted, and who holds up a disk holds up no KILL.
            long number = wanted.Ask();
            bool mayBeLost = run.Desk == null || run.IsChanging;
            TradingStatus status = run.Desk?.Status;
            Kill(run.Desk, Reason, number);
            HandOver();
            wanted.Keep();
            answers.Give(Weight.Alarm, mayBeLost ? "KILL is done as soon as trading runs; until then close by hand" + ByHand
                : status?.Reach.Length > 0 ? "KILL: orders are cancelled and positions closed in " + status.Reach + Except(status)
                : "KILL closes nothing, since nothing is in instruments of limits.txt; close by hand" + ByHand);
            if (!mayBeLost && wanted.IsWanted && (run.Desk == null || run.IsChanging))
            {
                // It is being ended since, and may have taken it or not: once more is no harm.
                log.Add(Weight.Alarm, "KILL came while trading was being ended; it is done again as soon as trading runs");
            }
        }

        /// <summary>Before trading begins: looks whether an earlier NinjaTrader left one undone.</summary>
        /// <exception cref="System.IO.IOException">It cannot be told.</exception>
        public void Look()
        {
            wanted.Look();
        }

        /// <summary>Trading began: does what was pressed before.</summary>
        public void DoWaiting()
        {
            if (wanted.IsWanted)
            {
                Kill(run.Desk, "the kill button, pressed before this run of trading began", wanted.Last);
            }
        }

        /// <summary>A person released the kill switch: what was pressed until he did so is done, written down or not.</summary>
        /// <param name="number">of the last one until then</param>
        public void Released(long number)
        {
            wanted.Done(number);
        }

        /// <summary>It was stopped for good: what is not done is for who runs after it, in this NinjaTrader or the next.</summary>
        public void Leave()
        {
            wanted.WaitUntilKept(KeepMillis);
            HandOver();
        }

        /// <summary>Nobody can be asked to close there now.</summary>
        private static string Except(TradingStatus status) => status.Unconnected.Count == 0 ? ""
            : "; not on " + string.Join(", ", status.Unconnected) + " while not connected: close by hand there" + ByHand;

        private void HandOver()
        {
            if (run.IsStopped && wanted.IsWanted && KillsElsewhere())
            {
                wanted.HandedOver();
            }
        }

        /// <summary>Until it is done it is not forgotten: a desk that is held up or ends may never come to it.</summary>
        private void Kill(TradingDesk running, string reason, long number)
        {
            running?.Kill(reason, () => wanted.Done(number));
        }

        private bool KillsElsewhere()
        {
            bool kills = Elsewhere();
            if (kills)
            {
                log.Add(Weight.Alarm, "KILL was given to the Tickbridge that was compiled after this one: open its window");
            }
            return kills;
        }
    }
}
