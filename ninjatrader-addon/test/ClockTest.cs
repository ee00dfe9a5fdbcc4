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

        [TestCase(40000.0)]
        [TestCase(-40000.0)]
        [TestCase(0.0)]
        [TestCase(150000.0)]
        public void TheTrueDriftIsAlwaysWithinTheEstimate(double drift)
        {
            const int seed = 4711;
            var random = new Random(seed);
            var clock = new ClockSynchroniser();
            Func<long, long> gateway = local => local + 3 * Second + (long)(local * (drift / 1e9));
            long now = 0;
            for (int i = 0; i < 300; i++)
            {
                long arrival = now + random.Next(2000, 200000);
                long t4 = arrival + random.Next(2000, 200000);
                clock.Add(now, gateway(arrival), gateway(arrival), t4);
                if (clock.Drift != null)
                {
                    Assert.LessOrEqual(Math.Abs(clock.Drift.Value - drift), clock.Drift.Bound + 100,
                        "seed " + seed + " probe " + i);
                }
                now = t4 + Second;
            }
            Assert.Less(clock.Drift.Bound, 1000, "5 minutes tell the drift to 1 ppm");
        }

        [Test]
        public void AClockProvenToDriftTooFastWidensTheBound()
        {
            var slow = new ClockSynchroniser();
            var fast = new ClockSynchroniser();
            for (long t = 0; t <= 60 * Second; t += Second / 10)
            {
                slow.Add(t, t + t / 20000, t + t / 20000, t + 1000);
                fast.Add(t, t + t / 5000, t + t / 5000, t + 1000);
            }
            long age;
            long slowBound;
            long fastBound;
            slow.TryGetAge(0, 70 * Second, out age, out slowBound);
            fast.TryGetAge(0, 70 * Second, out age, out fastBound);
            Assert.AreEqual(0, slow.Drift.Proven > 100000 ? 1 : 0);
            Assert.Greater(fast.Drift.Proven, 199000);
            Assert.GreaterOrEqual(fastBound, 10 * 200000, "10 s at 200 ppm");
            Assert.Less(slowBound, 10 * 100000 + 10000, "10 s at 100 ppm");
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

        [Test]
        public void AClockThatIsSetAnewLeavesThoseThatRunAlone()
        {
            var before = new LocalClock();
            long first = before.Now;
            LocalClock.SetAnew();
            var after = new LocalClock();
            // Of the counter and the wall clock no test knows how far they have run apart: not by a second in this run.
            Assert.GreaterOrEqual(before.Now, first, "no jump");
            Assert.Less(System.Math.Abs(after.Now - before.Now), 1000000000L);
            Assert.AreNotEqual(Reading(before), Reading(after), "set by the wall clock of now");
            Assert.AreEqual(Reading(after), Reading(new LocalClock()), "all that are made from now on agree");
        }

        private static object Reading(LocalClock clock) => typeof(LocalClock).GetField("setting",
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance).GetValue(clock);
    }
}
