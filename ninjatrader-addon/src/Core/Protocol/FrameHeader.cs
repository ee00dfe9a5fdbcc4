namespace Tickbridge.Core
{
    /// <summary>
    /// The 32 bytes that begin every frame, and their place in it. Reads from and writes to a buffer of the caller;
    /// holds nothing.
    /// </summary>
    public static class FrameHeader
    {
        public const int Length = 32;

        private const int FrameLengthOffset = 0;
        private const int BlockLengthOffset = 4;
        private const int TemplateIdOffset = 6;
        private const int SchemaIdOffset = 8;
        private const int VersionOffset = 10;
        private const int FlagsOffset = 12;
        private const int SequenceOffset = 16;
        private const int SendTimeOffset = 24;

        /// <summary>
        /// Bytes in the frame, header included. Unsigned on the wire and kept so: 4 billion is no negative length.
        /// </summary>
        public static uint FrameLength(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt32(buffer, frame + FrameLengthOffset);
        }

        /// <summary>Bytes of the message block that follows the header.</summary>
        public static int BlockLength(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt16(buffer, frame + BlockLengthOffset);
        }

        public static ushort TemplateIdOf(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt16(buffer, frame + TemplateIdOffset);
        }

        public static ushort SchemaId(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt16(buffer, frame + SchemaIdOffset);
        }

        public static ushort Version(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt16(buffer, frame + VersionOffset);
        }

        public static uint Flags(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt32(buffer, frame + FlagsOffset);
        }

        public static bool IsSequenced(byte[] buffer, int frame)
        {
            return (Flags(buffer, frame) & LinkProtocol.FlagSequenced) != 0;
        }

        /// <summary>A sequenced frame's number, from 1; else the last number sent.</summary>
        public static ulong Sequence(byte[] buffer, int frame)
        {
            return LittleEndian.ReadUInt64(buffer, frame + SequenceOffset);
        }

        /// <summary>The sender's clock when it wrote the frame, ns since the Unix epoch.</summary>
        public static long SendTime(byte[] buffer, int frame)
        {
            return LittleEndian.ReadInt64(buffer, frame + SendTimeOffset);
        }

        /// <summary>Writes the header of an unsequenced frame, which a report then numbers.</summary>
        /// <param name="buffer">where to</param>
        /// <param name="frame">offset of the frame</param>
        /// <param name="blockLength">bytes of the block that follows</param>
        /// <param name="templateId">message type</param>
        /// <param name="version">of the definition, as agreed with the peer</param>
        /// <param name="sendTime">local clock, ns since the Unix epoch</param>
        public static void Write(byte[] buffer, int frame, int blockLength, ushort templateId, ushort version,
            long sendTime)
        {
            LittleEndian.WriteUInt32(buffer, frame + FrameLengthOffset, (uint)(Length + blockLength));
            LittleEndian.WriteUInt16(buffer, frame + BlockLengthOffset, (ushort)blockLength);
            LittleEndian.WriteUInt16(buffer, frame + TemplateIdOffset, templateId);
            LittleEndian.WriteUInt16(buffer, frame + SchemaIdOffset, LinkProtocol.SchemaId);
            LittleEndian.WriteUInt16(buffer, frame + VersionOffset, version);
            LittleEndian.WriteUInt32(buffer, frame + FlagsOffset, 0);
            LittleEndian.WriteUInt64(buffer, frame + SequenceOffset, 0);
            LittleEndian.WriteInt64(buffer, frame + SendTimeOffset, sendTime);
        }

        /// <summary>Makes a frame a sequenced one.</summary>
        public static void WriteNumber(byte[] buffer, int frame, ulong number)
        {
            LittleEndian.WriteUInt32(buffer, frame + FlagsOffset, LinkProtocol.FlagSequenced);
            LittleEndian.WriteUInt64(buffer, frame + SequenceOffset, number);
        }

        /// <summary>Makes a frame a sealed one, its tag counted in its length.</summary>
        public static void WriteSealed(byte[] buffer, int frame, int length)
        {
            LittleEndian.WriteUInt32(buffer, frame + FrameLengthOffset, (uint)length);
            LittleEndian.WriteUInt32(buffer, frame + FlagsOffset, Flags(buffer, frame) | LinkProtocol.FlagSealed);
        }

        /// <summary>Restates in which version's name a frame is sent.</summary>
        public static void WriteVersion(byte[] buffer, int frame, ushort version)
        {
            LittleEndian.WriteUInt16(buffer, frame + VersionOffset, version);
        }

        /// <summary>Restates when a frame was sent, for one that is sent again.</summary>
        public static void WriteSendTime(byte[] buffer, int frame, long sendTime)
        {
            LittleEndian.WriteInt64(buffer, frame + SendTimeOffset, sendTime);
        }
    }
}
