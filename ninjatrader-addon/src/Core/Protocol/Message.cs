namespace Tickbridge.Core
{
    /// <summary>
    /// A received message, read in place: one object a type, moved from frame to frame, so that receiving allocates
    /// nothing. What it shows is valid only until the listener's method returns; take the values, not the object.
    /// </summary>
    public abstract class Message
    {
        private byte[] buffer;
        private int frame;

        /// <summary>Puts the object over a frame whose length and block length were already checked.</summary>
        /// <param name="newBuffer">holds the frame</param>
        /// <param name="frameOffset">where the frame's header begins</param>
        /// <param name="arrivalTime">local clock when the bytes were received, ns since the Unix epoch</param>
        public void Wrap(byte[] newBuffer, int frameOffset, long arrivalTime)
        {
            buffer = newBuffer;
            frame = frameOffset;
            ArrivalTime = arrivalTime;
        }

        /// <summary>
        /// Whether venue and side hold numbers that this code knows. If not, the message is of a later version of the
        /// definition: it is counted and not acted on.
        /// </summary>
        public virtual bool IsUnderstood => true;

        /// <summary>Local clock when the bytes were received, ns since the Unix epoch.</summary>
        public long ArrivalTime { get; private set; }

        /// <summary>Gateway clock when the frame was written, ns since the Unix epoch.</summary>
        public long SendTime => FrameHeader.SendTime(buffer, frame);

        /// <summary>A sequenced frame's number; else the last number sent.</summary>
        public ulong Sequence => FrameHeader.Sequence(buffer, frame);

        /// <summary>The whole frame, as received. Allocates.</summary>
        internal byte[] Copy()
        {
            var copy = new byte[FrameHeader.FrameLength(buffer, frame)];
            System.Buffer.BlockCopy(buffer, frame, copy, 0, copy.Length);
            return copy;
        }

        private int Block => frame + FrameHeader.Length;

        protected byte UInt8At(int offset) => buffer[Block + offset];

        protected ushort UInt16At(int offset) => LittleEndian.ReadUInt16(buffer, Block + offset);

        protected uint UInt32At(int offset) => LittleEndian.ReadUInt32(buffer, Block + offset);

        protected int Int32At(int offset) => LittleEndian.ReadInt32(buffer, Block + offset);

        protected ulong UInt64At(int offset) => LittleEndian.ReadUInt64(buffer, Block + offset);

        protected long Int64At(int offset) => LittleEndian.ReadInt64(buffer, Block + offset);

        protected string TextAt(int offset, int length) => PaddedText.Read(buffer, Block + offset, length);

        protected void CopyAt(int offset, byte[] target, int targetOffset, int length)
        {
            System.Buffer.BlockCopy(buffer, Block + offset, target, targetOffset, length);
        }
    }
}
