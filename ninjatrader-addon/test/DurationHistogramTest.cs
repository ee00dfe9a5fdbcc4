using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class DurationHistogramTest
    {
        [TestCase(0L)]
        [TestCase(1L)]
        [TestCase(31L)]
        [TestCase(63L)]
        [TestCase(64L)]
        [TestCase(1000000007L)]
        [TestCase(long.MaxValue)]
        public void OneValueIsEveryPercentile(long value)
        {
            var histogram = new DurationHistogram();
            histogram.Record(value);

            Assert.AreEqual(value, histogram.Percentile(0.0));
            Assert.AreEqual(value, histogram.Percentile(0.5));
            Assert.AreEqual(value, histogram.Percentile(1.0));
            Assert.AreEqual(value, histogram.Maximum);
        }

        [Test]
        public void PercentilesAgreeWithSortingToAThirtySecond()
        {
            const int seed = 7;
            var random = new Random(seed);
            var histogram = new DurationHistogram();
            // Spread over 12 powers of ten, as latencies are.
            long[] values = Enumerable.Range(0, 20000).Select(i => (long)Math.Pow(10, 12 * random.NextDouble()))
                .ToArray();
            foreach (long value in values)
            {
                histogram.Record(value);
            }
            Array.Sort(values);
            foreach (double share in new[] { 0.001, 0.1, 0.5, 0.9, 0.99, 0.9999, 1.0 })
            {
                long exact = values[(int)Math.Ceiling(share * values.Length) - 1];
                long found = histogram.Percentile(share);
                Assert.GreaterOrEqual(found, exact, "seed " + seed + " share " + share);
                Assert.LessOrEqual(found, exact + exact / 32 + 1, "seed " + seed + " share " + share);
            }
            Assert.AreEqual(values.Last(), histogram.Maximum);
        }

        [Test]
        public void BelowZeroIsCountedAndTakenAsZero()
        {
            var histogram = new DurationHistogram();
            histogram.Record(-5);

            Assert.AreEqual(1, histogram.BelowZero);
            Assert.AreEqual(1, histogram.Count);
            Assert.AreEqual(0, histogram.Maximum);
        }

        [Test]
        public void TheDifferenceHoldsOnlyWhatCameBetween()
        {
            var histogram = new DurationHistogram();
            var before = new DurationHistogram();
            var after = new DurationHistogram();
            var between = new DurationHistogram();
            histogram.Record(5000000);
            before.CopyFrom(histogram);
            histogram.Record(10);
            histogram.Record(20);
            after.CopyFrom(histogram);
            between.SetDifference(after, before);

            Assert.AreEqual(2, between.Count);
            Assert.AreEqual(10, between.Percentile(0.5));
            Assert.AreEqual(20, between.Maximum);
        }

        [Test]
        public void EmptyGivesZero()
        {
            Assert.AreEqual(0, new DurationHistogram().Percentile(0.99));
        }
    }
}
