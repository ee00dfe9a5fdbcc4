using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Runs the parts of trading each on its own. One that throws stops no other: it is told once, raises the alarm and
    /// has everything closed, since nobody knows what it left half done. Trading thread.
    /// </summary>
    internal sealed class Safeguard
    {
        /// <summary>Failures told apart: a part that throws at each timer must not fill the disk.</summary>
        private const int ToldLimit = 100;

        private readonly Action<string> tell;
        private readonly Action<string> close;
        private readonly HashSet<string> told = new HashSet<string>(StringComparer.Ordinal);

        /// <param name="tell">raises the alarm with a text</param>
        /// <param name="close">latches the kill switch for a reason and has everything of ours closed</param>
        public Safeguard(Action<string> tell, Action<string> close)
        {
            this.tell = tell;
            this.close = close;
        }

        /// <summary>How often something threw.</summary>
        public long Failures { get; private set; }

        /// <summary>What a person must know; null: nothing threw since it was last forgotten.</summary>
        public string Alarm { get; private set; }

        public void Run(string part, Action action)
        {
            try
            {
                action();
            }
            // Whatever it is: what was meant to happen did not, and the other parts must go on.
            catch (Exception e)
            {
                Report(part, e);
            }
        }

        public void Report(string part, Exception failure)
        {
            Failures++;
            string text = "internal error in " + part + ": " + failure.Message;
            Alarm = Alarm ?? text + "; everything is being closed, see the log";
            Attempt(() => close(text));
            if (told.Count < ToldLimit && told.Add(text))
            {
                Attempt(() => tell("internal error in " + part + ": " + failure));
            }
        }

        public void Forget()
        {
            Alarm = null;
            told.Clear();
        }

        /// <summary>What fails here shows in the alarm: there is nothing else left to ask.</summary>
        private void Attempt(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                Alarm += "; closing failed too: " + e.Message + ". Close by hand or by telephone";
            }
        }
    }
}
