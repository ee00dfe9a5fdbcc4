using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>Counts entries in the second and the minute that end now, by a monotonic clock.</summary>
    public sealed class OrderRate
    {
        private const long Second = 1000000000;
        private const long Minute = 60 * Second;

        private readonly Queue<long> lastMinute = new Queue<long>();
        private readonly Queue<long> lastSecond = new Queue<long>();

        /// <summary>An entry was sent.</summary>
        public void Add(long now)
        {
            lastMinute.Enqueue(now);
            lastSecond.Enqueue(now);
        }

        /// <summary>Entries sent less than a second ago.</summary>
        public int InSecond(long now) => Count(lastSecond, now - Second);

        /// <summary>Entries sent less than a minute ago.</summary>
        public int InMinute(long now) => Count(lastMinute, now - Minute);

        private static int Count(Queue<long> times, long until)
        {
            while (times.Count > 0 && times.Peek() <= until)
            {
                times.Dequeue();
            }
            return times.Count;
        }
    }
}
