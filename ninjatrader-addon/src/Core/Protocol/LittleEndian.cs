namespace Tickbridge.Core
{
    /// <summary>
    /// Whole numbers in little-endian byte order, by shifts. net48 has neither Span nor BinaryPrimitives, and
    /// BitConverter follows the machine instead of the protocol.
    /// </summary>
    public static class LittleEndian
    {
        public static ushort ReadUInt16(byte[] buffer, int offset)
        {
            return (ushort)(buffer[offset] | buffer[offset + 1] << 8);
        }

        public static uint ReadUInt32(byte[] buffer, int offset)
        {
            // The highest byte first: one bounds check then tells the JIT about the three below it.
            uint top = buffer[offset + 3];
            return top << 24 | (uint)buffer[offset + 2] << 16 | (uint)buffer[offset + 1] << 8 | buffer[offset];
        }

        public static int ReadInt32(byte[] buffer, int offset)
        {
            return (int)ReadUInt32(buffer, offset);
        }

        public static ulong ReadUInt64(byte[] buffer, int offset)
        {
            return (ulong)ReadUInt32(buffer, offset + 4) << 32 | ReadUInt32(buffer, offset);
        }

        public static long ReadInt64(byte[] buffer, int offset)
        {
            return (long)ReadUInt64(buffer, offset);
        }

        public static void WriteUInt16(byte[] buffer, int offset, ushort value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        public static void WriteUInt32(byte[] buffer, int offset, uint value)
        {
            WriteUInt16(buffer, offset, (ushort)value);
            WriteUInt16(buffer, offset + 2, (ushort)(value >> 16));
        }

        public static void WriteUInt64(byte[] buffer, int offset, ulong value)
        {
            WriteUInt32(buffer, offset, (uint)value);
            WriteUInt32(buffer, offset + 4, (uint)(value >> 32));
        }

        public static void WriteInt64(byte[] buffer, int offset, long value)
        {
            WriteUInt64(buffer, offset, (ulong)value);
        }
    }
}
