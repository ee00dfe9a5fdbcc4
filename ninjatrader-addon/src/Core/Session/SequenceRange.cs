namespace Tickbridge.Core
{
    /// <summary>Numbers of sequenced frames that did not come, and why. Immutable.</summary>
    public struct SequenceRange
    {
        public SequenceRange(ulong from, ulong to, GapReason reason)
        {
            From = from;
            To = to;
            Reason = reason;
        }

        /// <summary>First number; 0 in the empty range.</summary>
        public ulong From { get; }

        /// <summary>Last number, inclusive; ulong.MaxValue: the end is not known.</summary>
        public ulong To { get; }

        public GapReason Reason { get; }

        public bool IsEmpty => From == 0 || To < From;

        /// <summary>How many; 0 when the end is not known.</summary>
        public ulong Count => IsEmpty || To == ulong.MaxValue ? 0 : To - From + 1;

        public override string ToString() => From + "-" + (To == ulong.MaxValue ? "?" : To.ToString()) + " " + Reason;
    }
}
