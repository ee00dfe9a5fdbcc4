using System;
using System.Collections.Generic;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class ClockTest
    {
        private const long Second = 1000000000;

        private static IEnumerable<Vector> Vectors => VectorFile.Read("clock.txt");

        [TestCaseSource("Vectors")]
        public void ProbesGiveWhatTheVectorSays(Vector vector)
        {
            ClockEstimate estimate = ClockEstimate.FromProbe(long.Parse(vector["t1"]), long.Parse(vector["t2"]),
                long.Parse(vector["t3"]), long.Parse(vector["t4"]));
            if (vector.Has("discard"))
            {
                Assert.IsNull(estimate);
                return;
            }
            Assert.AreEqual(long.Parse(vector["offset"]), estimate.Offset);
            Assert.AreEqual(long.Parse(vector["delay"]), estimate.RoundTrip);
            Assert.AreEqual(long.Parse(vector["error"]), estimate.Error);
        }

        [Test]
        public void TheTrueOffsetIsAlwaysWithinTheBound()
        {
            const int seed = 20261122;
            var random = new Random(seed);
            var clock = new ClockSynchroniser();
            // The gateway's clock is 3 s ahead and runs 40 ppm fast; delays differ by way and by probe.
            Func<long, long> gateway = local => local + 3 * Second + local / 25000;
            long now = 0;
            for (int i = 0; i < 2000; i++)
            {
                long t1 = now;
                long arrival = t1 + random.Next(2000, 200000);
                long answer = arrival + random.Next(0, 50000);
                long t4 = answer + random.Next(2000, 200000);
                clock.Add(t1, gateway(arrival), gateway(answer), t4);
                now = t4 + random.Next(0, 300000000);

                ClockEstimate estimate = clock.Current;
                long error = Math.Abs(gateway(now) - now - estimate.Offset);
                Assert.LessOrEqual(error, estimate.BoundAt(now), "seed " + seed + " probe " + i);
            }
            Assert.AreEqual(2000, clock.Probes);
            Assert.AreEqual(0, clock.Steps);
        }

        [Test]
        public void KeepsTheBetterProbeUntilItHasAged()
        {
            var clock = new ClockSynchroniser();
            clock.Add(0, 5000, 5000, 10000);
            Assert.AreEqual(5000, clock.Current.Error);

            clock.Add(Second / 100, Second / 100 + 9000, Second / 100 + 9000, Second / 100 + 20000);
            Assert.AreEqual(5000, clock.Current.Error, "10 ms later it may be off by 1 µs more: still the better one");

            clock.Add(2 * Second, 2 * Second + 20000, 2 * Second + 20000, 2 * Second + 60000);
            Assert.AreEqual(30000, clock.Current.Error, "after 2 s the first may be off by 5 µs + 200 µs");
        }

        [Test]
        public void AClockThatWasSetIsNoticed()
        {
            var clock = new ClockSynchroniser();
            clock.Add(0, 1000, 1000, 2000);
            clock.Add(Second, 5 * Second, 5 * Second, Second + 90000);

            Assert.AreEqual(1, clock.Steps);
            Assert.AreEqual(4 * Second - 45000, clock.Current.Offset);
        }

        [Test]
        public void ContradictoryTimesAreDiscarded()
        {
            var clock = new ClockSynchroniser();
            clock.Add(1000, 0, 5000, 1500);

            Assert.IsNull(clock.Current);
            Assert.AreEqual(1, clock.Discarded);
        }

        [Test]
        public void AgeIsNotKnownBeforeTheFirstProbe()
        {
            var clock = new ClockSynchroniser();
            long age;
            long bound;
            Assert.IsFalse(clock.TryGetAge(0, 100, out age, out bound));

            clock.Add(0, 1000000, 1000000, 20000);
            Assert.IsTrue(clock.TryGetAge(1000000, 30000, out age, out bound));
            Assert.AreEqual(990000 + 30000 - 1000000, age);
            Assert.AreEqual(10001, bound);
        }

        [Test]
        public void TheLocalClockNeverRunsBackwardsAndAgreesWithTheWallClock()
        {
            var clock = new LocalClock();
            long before = clock.Now;
            for (int i = 0; i < 100000; i++)
            {
                long now = clock.Now;
                Assert.GreaterOrEqual(now, before);
                before = now;
            }
            TimeSpan wall = DateTime.UtcNow - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            Assert.AreEqual(wall.TotalSeconds, before / 1e9, 60.0);
        }
    }
}
