namespace Tickbridge.Host
{
    using Tickbridge.Core;

    /// <summary>What became of the button pressed last: stands beside the buttons, and in the log. Any thread.</summary>
    internal sealed class ButtonAnswers
    {
        private readonly EventLog log;
        private volatile LogLine last;

        public ButtonAnswers(EventLog log)
        {
            this.log = log;
        }

        /// <summary>null: none was pressed.</summary>
        public LogLine Last => last;

        public void Give(Weight weight, string text)
        {
            log.Add(weight, text);
            last = new LogLine(new LocalClock().Now, weight, text);
        }
    }
}
