using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    [TestFixture]
    public class SequenceTrackerTest
    {
        private static IEnumerable<Vector> Vectors => VectorFile.Read("sequence.txt");

        [TestCaseSource("Vectors")]
        public void CountsAsTheVectorSays(Vector vector)
        {
            var tracker = new SequenceTracker();
            tracker.LoggedOn(1, ulong.Parse(vector["expect"]));
            for (int i = 0; i < vector.Lines.Count; i++)
            {
                if (vector.Lines[i].Key == "frame")
                {
                    string frame = vector.Lines[i].Value;
                    Assert.AreEqual("then", vector.Lines[i + 1].Key);
                    string reported = Report(tracker, frame.Split(' '));
                    Assert.AreEqual(vector.Lines[i + 1].Value, tracker.Expected + ", " + reported, "frame " + frame);
                }
            }
        }

        [Test]
        public void RemembersWhatIsMissing()
        {
            var tracker = new SequenceTracker();
            SequenceRange hole;
            tracker.LoggedOn(7, 1);
            Assert.IsTrue(tracker.Sequenced(4, out hole));
            tracker.Announced(new SequenceRange(5, 6, GapReason.Expired));
            tracker.Unsequenced(9);

            Assert.AreEqual("1-3 Unexplained|5-6 Expired|7-9 Unexplained", string.Join("|", tracker.Missing));
            Assert.AreEqual(2, tracker.Holes);
            Assert.AreEqual(6, tracker.FramesInHoles);
            Assert.AreEqual(1, tracker.Gaps);
            Assert.AreEqual(2, tracker.FramesInGaps);
        }

        [Test]
        public void TheOneFrameThatIsDueIsMissedWhenTheGatewaySaysItSentIt()
        {
            var tracker = new SequenceTracker();
            tracker.LoggedOn(7, 5);

            Assert.IsTrue(tracker.Unsequenced(4).IsEmpty);
            Assert.AreEqual("5-5 Unexplained", tracker.Unsequenced(5).ToString());
            Assert.AreEqual(6, tracker.Expected);
        }

        [Test]
        public void RemembersNoMoreRangesThanItHasRoomForButCountsAll()
        {
            var tracker = new SequenceTracker();
            SequenceRange hole;
            tracker.LoggedOn(7, 1);
            for (ulong number = 2; number <= 2000; number += 2)
            {
                tracker.Sequenced(number, out hole);
            }

            Assert.AreEqual(1000, tracker.Holes);
            Assert.AreEqual(256, tracker.Missing.Count());
            Assert.AreEqual(1999, tracker.Missing.Last().From);
        }

        [Test]
        public void ResumingWhereItEndedLosesNothing()
        {
            var tracker = new SequenceTracker();
            SequenceRange hole;
            tracker.LoggedOn(7, 1);
            tracker.Sequenced(1, out hole);

            Assert.IsTrue(tracker.LoggedOn(7, 2).IsEmpty);
            Assert.IsFalse(tracker.Sequenced(1, out hole), "came before the reconnection");
            Assert.IsTrue(tracker.Sequenced(2, out hole));
            Assert.AreEqual(0, tracker.Holes);
        }

        [Test]
        public void AGatewayThatResumesTooLateIsFoundOut()
        {
            var tracker = new SequenceTracker();
            tracker.LoggedOn(7, 10);

            Assert.AreEqual("10-14 Unexplained", tracker.LoggedOn(7, 15).ToString());
        }

        [Test]
        public void AnotherSessionCountsAnew()
        {
            var tracker = new SequenceTracker();
            tracker.LoggedOn(7, 500);

            Assert.IsTrue(tracker.LoggedOn(8, 1).IsEmpty);
            SequenceRange hole;
            Assert.IsTrue(tracker.Sequenced(1, out hole));
            Assert.IsTrue(hole.IsEmpty);
        }

        private static string Report(SequenceTracker tracker, string[] frame)
        {
            SequenceRange hole;
            switch (frame[0])
            {
                case "sequenced":
                    bool take = tracker.Sequenced(ulong.Parse(frame[1]), out hole);
                    return Show(hole) + (take ? "taken" : "duplicate");
                case "other":
                    hole = tracker.Unsequenced(ulong.Parse(frame[1]));
                    return Show(hole) + "taken";
                default:
                    GapReason reason = Enum.GetValues(typeof(GapReason)).Cast<GapReason>()
                        .Single(r => r.ToString().ToUpperInvariant() == frame[3].Replace("_", ""));
                    var gap = new SequenceRange(ulong.Parse(frame[1]), ulong.Parse(frame[2]), reason);
                    hole = tracker.Announced(gap);
                    return Show(hole) + "gap " + gap.From + " " + gap.To + " " + frame[3];
            }
        }

        private static string Show(SequenceRange hole) =>
            hole.IsEmpty ? "" : "hole " + hole.From + " " + hole.To + ", ";
    }
}
