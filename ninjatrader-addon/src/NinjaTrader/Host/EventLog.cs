namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using Tickbridge.Core;

    /// <summary>How much a line of the log matters.</summary>
    public enum Weight
    {
        Information,
        Warning,
        Alarm
    }

    /// <summary>A line for people. Immutable.</summary>
    public sealed class LogLine
    {
        public LogLine(long time, Weight weight, string text)
        {
            Time = time;
            Weight = weight;
            Text = text;
        }

        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long Time { get; }

        public Weight Weight { get; }

        public string Text { get; }
    }

    /// <summary>The last lines of what happened, for the window; the audit log has all. Any thread.</summary>
    public sealed class EventLog
    {
        private const int Limit = 500;

        private readonly object access = new object();
        private readonly Queue<LogLine> lines = new Queue<LogLine>();
        private readonly Func<long> now;
        private string last = "";

        /// <summary>It outlives a Connect, which sets the clock anew.</summary>
        public EventLog()
        {
            now = () => new LocalClock().Now;
        }

        internal EventLog(IClock clock)
        {
            now = () => clock.Now;
        }

        /// <summary>Adds a line; one that repeats the line before it is not added again.</summary>
        public void Add(Weight weight, string text)
        {
            lock (access)
            {
                if (text == last)
                {
                    return;
                }
                last = text;
                if (lines.Count == Limit)
                {
                    lines.Dequeue();
                }
                lines.Enqueue(new LogLine(now(), weight, text));
            }
        }

        /// <summary>Newest first.</summary>
        public LogLine[] Lines()
        {
            lock (access)
            {
                return lines.Reverse().ToArray();
            }
        }
    }
}
