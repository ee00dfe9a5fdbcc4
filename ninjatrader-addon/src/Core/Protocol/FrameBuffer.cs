namespace Tickbridge.Core
{
    /// <summary>
    /// Received bytes, and the frames in them. Frames are read in place: they stay where they are until Compact.
    /// Link thread only.
    /// </summary>
    public sealed class FrameBuffer
    {
        /// <summary>Room for some 600 signals: what a burst brings while a listener is busy for a moment.</summary>
        private const int Capacity = 64 * 1024;

        private readonly byte[] bytes = new byte[Capacity];
        private int begin;
        private FrameTag seal;

        public byte[] Bytes => bytes;

        /// <summary>Where to put received bytes.</summary>
        public int End { get; private set; }

        /// <summary>How many may be put there. Never 0 after Compact, since a frame cannot fill the buffer.</summary>
        public int Free => Capacity - End;

        /// <summary>Whether a frame has begun that is not whole.</summary>
        public bool IsMidFrame => End > begin;

        /// <summary>Offset of the frame that Next spoke about.</summary>
        public int Frame { get; private set; }

        public void Clear()
        {
            begin = 0;
            End = 0;
        }

        /// <summary>Tells of bytes put at End.</summary>
        public void Added(int count)
        {
            End += count;
        }

        /// <summary>Looks at the next frame, and steps over it when it is whole and sound.</summary>
        public FrameStatus Next()
        {
            Frame = begin;
            FrameStatus status = FrameCheck.Check(bytes, begin, End - begin);
            if (status == FrameStatus.Accept || status == FrameStatus.Skip)
            {
                begin += (int)FrameHeader.FrameLength(bytes, begin);
            }
            return status;
        }

        /// <summary>Every frame that Next has not looked at yet must be sealed.</summary>
        internal void Seal(FrameTag with)
        {
            seal = with;
        }

        /// <summary>The same, where frames may be sealed: nothing else that one says is looked at before its seal.</summary>
        /// <param name="mayBeRejected">
        /// whether our logon may still be rejected: that is not sealed, it comes before the keys are agreed, and nothing
        /// follows it
        /// </param>
        internal FrameStatus Next(bool mayBeRejected)
        {
            FrameStatus status = Next();
            if (seal == null || !FrameCheck.HasLength(status))
            {
                return status;
            }
            if (End - Frame < FrameHeader.FrameLength(bytes, Frame))
            {
                return FrameStatus.Incomplete;
            }
            bool isRejection = mayBeRejected && FrameHeader.TemplateIdOf(bytes, Frame) == TemplateId.LogonRejected;
            return isRejection || seal.IsIntact(bytes, Frame) ? status : FrameStatus.BrokenSeal;
        }

        /// <summary>Moves what is left, less than one frame, to the start. Frames seen so far are gone then.</summary>
        public void Compact()
        {
            if (begin > 0)
            {
                System.Buffer.BlockCopy(bytes, begin, bytes, 0, End - begin);
                End -= begin;
                begin = 0;
            }
        }
    }
}
