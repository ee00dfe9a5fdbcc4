using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>Counts by LinkCounter. The link thread counts; any thread reads.</summary>
    public sealed class LinkCounters
    {
        private readonly long[] values = new long[Enum.GetValues(typeof(LinkCounter)).Length];

        public long this[LinkCounter counter] => Volatile.Read(ref values[(int)counter]);

        internal void Add(LinkCounter counter, long count)
        {
            // One writer, so read and write need not be one step.
            Volatile.Write(ref values[(int)counter], values[(int)counter] + count);
        }

        internal void Increment(LinkCounter counter)
        {
            Add(counter, 1);
        }

        internal void Set(LinkCounter counter, ulong count)
        {
            Volatile.Write(ref values[(int)counter], (long)count);
        }
    }
}
