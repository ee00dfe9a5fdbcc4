namespace Tickbridge.Host
{
    using System;
    using Tickbridge.Core.Trading;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>
    /// The buttons that ask something of trading that runs, and say what became of it. KILL, which must also work where none
    /// does, is KillButton. Any thread; waits for nobody who connects.
    /// </summary>
    internal sealed class TradingButtons
    {
        private readonly BridgeRun run;
        private readonly ButtonAnswers answers;
        private readonly KillButton kill;

        public TradingButtons(BridgeRun run, ButtonAnswers answers, KillButton kill)
        {
            this.run = run;
            this.answers = answers;
            this.kill = kill;
        }

        public void Arm(Mode mode, string account, string confirmation)
        {
            With(running => running.Arm(mode, account, confirmation, why => answers.Give(
                why == null ? Weight.Information : Weight.Warning,
                why == null ? "Armed: " + mode + " on " + account : "Not armed: " + why)));
        }

        public void Disarm()
        {
            With(running =>
            {
                running.Disarm("disarmed by hand");
                running.Arm(Mode.DryRun, "", "",
                    why => answers.Give(Weight.Information, "Disarmed; stops and targets stay"));
            });
        }

        public void ClearKill()
        {
            // One that is pressed from now on is not meant.
            long last = kill.Last;
            With(running => running.ClearKill(why =>
            {
                if (why == null)
                {
                    kill.Released(last);
                }
                answers.Give(why == null ? Weight.Information : Weight.Warning,
                    why == null ? "The kill switch is released; nothing is armed" : "The kill switch stays: " + why);
            }));
        }

        /// <summary>What reaches trading while it is being ended is done before it has.</summary>
        private void With(Action<ITradingDesk> what)
        {
            TradingDesk running = run.Desk;
            if (running == null)
            {
                answers.Give(Weight.Alarm, "Not done, trading does not run: " + (run.Failure ?? "it is just being started"));
                return;
            }
            what(running);
        }
    }
}
