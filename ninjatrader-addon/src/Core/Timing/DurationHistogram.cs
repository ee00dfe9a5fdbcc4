using System;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// Counts durations in buckets that are never wider than 1/32 of their value, so that a percentile is right to
    /// about 3 % from 1 ns to centuries at 15 KB. One thread records; others may copy it at any time and then see a
    /// count that is at most a moment old.
    /// </summary>
    public sealed class DurationHistogram
    {
        private const int SubBits = 5;
        private const int SubCount = 1 << SubBits;
        private const int BucketCount = (63 - SubBits + 1) * SubCount;

        private readonly long[] counts = new long[BucketCount];
        private long total;
        private long below;
        private long maximum;

        /// <summary>Durations recorded.</summary>
        public long Count => Volatile.Read(ref total);

        /// <summary>Of them below 0, counted as 0: within the error bound a measured age can be.</summary>
        public long BelowZero => Volatile.Read(ref below);

        /// <summary>The longest, ns; of a difference the upper end of its bucket.</summary>
        public long Maximum => Volatile.Read(ref maximum);

        /// <summary>Counts one duration, ns.</summary>
        public void Record(long duration)
        {
            if (duration < 0)
            {
                Volatile.Write(ref below, below + 1);
                duration = 0;
            }
            counts[IndexOf(duration)]++;
            if (duration > maximum)
            {
                Volatile.Write(ref maximum, duration);
            }
            Volatile.Write(ref total, total + 1);
        }

        /// <summary>The duration that a share of all does not exceed, ns; 0 when nothing was recorded.</summary>
        /// <param name="share">from 0 to 1: 0.99 is the 99th percentile</param>
        public long Percentile(double share)
        {
            long sum = 0;
            foreach (long count in counts)
            {
                sum += count;
            }
            if (sum == 0)
            {
                return 0;
            }
            long wanted = Math.Max(1, (long)Math.Ceiling(share * sum));
            long seen = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                seen += counts[i];
                if (seen >= wanted)
                {
                    return Math.Min(HighestOf(i), Math.Max(Maximum, LowestOf(i)));
                }
            }
            return Maximum;
        }

        /// <summary>Makes this one the same as another.</summary>
        public void CopyFrom(DurationHistogram other)
        {
            total = other.Count;
            below = other.BelowZero;
            maximum = other.Maximum;
            Array.Copy(other.counts, counts, counts.Length);
        }

        /// <summary>Makes this one what came to a histogram between two copies of it.</summary>
        public void SetDifference(DurationHistogram later, DurationHistogram earlier)
        {
            total = later.total - earlier.total;
            below = later.below - earlier.below;
            maximum = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = later.counts[i] - earlier.counts[i];
                if (counts[i] > 0)
                {
                    maximum = Math.Min(HighestOf(i), later.maximum);
                }
            }
        }

        private static int IndexOf(long duration)
        {
            int shift = 0;
            for (int step = 32; step > 0; step >>= 1)
            {
                if (duration >> (shift + step) >= SubCount)
                {
                    shift += step;
                }
            }
            return shift * SubCount + (int)(duration >> shift);
        }

        private static int ShiftOf(int index) => Math.Max(0, index / SubCount - 1);

        private static long LowestOf(int index) => (long)(index - ShiftOf(index) * SubCount) << ShiftOf(index);

        private static long HighestOf(int index) => LowestOf(index) + (1L << ShiftOf(index)) - 1;
    }
}
