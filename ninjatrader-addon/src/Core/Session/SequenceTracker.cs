using System.Collections.Generic;

namespace Tickbridge.Core
{
    /// <summary>
    /// Knows which sequenced frame comes next, also across reconnections, and so finds holes and duplicates.
    /// SPECIFICATION.md section 6 has the rules. Link thread only.
    /// </summary>
    public sealed class SequenceTracker
    {
        /// <summary>So many missing ranges are remembered, the newest; the counts go on beyond.</summary>
        private const int RangesKept = 256;

        private readonly Queue<SequenceRange> missing = new Queue<SequenceRange>();

        /// <summary>Session of the last logon; 0 before the first.</summary>
        public ulong Session { get; private set; }

        /// <summary>The number that should come next; 0 before the first logon.</summary>
        public ulong Expected { get; private set; }

        /// <summary>Frames that came a second time and were not taken.</summary>
        public ulong Duplicates { get; private set; }

        /// <summary>Holes that the gateway did not account for: a defect of one side.</summary>
        public ulong Holes { get; private set; }

        /// <summary>Frames in those holes.</summary>
        public ulong FramesInHoles { get; private set; }

        /// <summary>Gaps that the gateway announced.</summary>
        public ulong Gaps { get; private set; }

        /// <summary>Frames in those gaps, as far as their end is known.</summary>
        public ulong FramesInGaps { get; private set; }

        /// <summary>The newest missing ranges, holes and gaps, oldest first.</summary>
        public IEnumerable<SequenceRange> Missing => missing;

        /// <summary>A logon was accepted.</summary>
        /// <returns>frames of the same session between what was asked for and what will come; usually empty</returns>
        public SequenceRange LoggedOn(ulong session, ulong nextSequence)
        {
            SequenceRange hole = session == Session && nextSequence > Expected
                ? Hole(Expected, nextSequence - 1)
                : default(SequenceRange);
            Session = session;
            Expected = nextSequence;
            return hole;
        }

        /// <summary>A sequenced frame came.</summary>
        /// <param name="number">its number</param>
        /// <param name="hole">frames missing before it; usually empty</param>
        /// <returns>whether to take it; false: it is a duplicate</returns>
        public bool Sequenced(ulong number, out SequenceRange hole)
        {
            hole = default(SequenceRange);
            if (number < Expected)
            {
                Duplicates++;
                return false;
            }
            if (number > Expected)
            {
                hole = Hole(Expected, number - 1);
            }
            Expected = After(number);
            return true;
        }

        /// <summary>A frame that is not sequenced came; take it in any case.</summary>
        /// <param name="lastSent">the last number that the gateway sent to us</param>
        /// <returns>frames missing before it; usually empty</returns>
        public SequenceRange Unsequenced(ulong lastSent)
        {
            if (lastSent < Expected)
            {
                return default(SequenceRange);
            }
            SequenceRange hole = Hole(Expected, lastSent);
            Expected = After(lastSent);
            return hole;
        }

        /// <summary>The gateway announced a gap.</summary>
        /// <returns>frames missing before it that it does not account for; usually empty</returns>
        public SequenceRange Announced(SequenceRange gap)
        {
            SequenceRange hole = default(SequenceRange);
            if (gap.Reason != GapReason.OtherSession)
            {
                if (gap.From > Expected)
                {
                    hole = Hole(Expected, gap.From - 1);
                }
                if (gap.To >= Expected)
                {
                    Expected = After(gap.To);
                }
            }
            Gaps++;
            FramesInGaps += gap.Count;
            Remember(gap);
            return hole;
        }

        private SequenceRange Hole(ulong from, ulong to)
        {
            var hole = new SequenceRange(from, to, GapReason.Unexplained);
            Holes++;
            FramesInHoles += hole.Count;
            Remember(hole);
            return hole;
        }

        private void Remember(SequenceRange range)
        {
            if (missing.Count == RangesKept)
            {
                missing.Dequeue();
            }
            missing.Enqueue(range);
        }

        private static ulong After(ulong number) => number == ulong.MaxValue ? number : number + 1;
    }
}
