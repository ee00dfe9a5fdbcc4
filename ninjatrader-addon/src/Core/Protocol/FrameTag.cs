namespace Tickbridge.Core
{
    /// <summary>
    /// The tags of one direction of one connection: SPECIFICATION.md section 4a. HMAC-SHA-256 (RFC 2104), of which what depends
    /// on the key alone is computed once. Link thread only; allocates nothing per frame.
    /// </summary>
    internal sealed class FrameTag
    {
        private const byte Inner = 0x36; // RFC 2104, section 2
        private const byte Outer = 0x5c;

        private readonly Sha256 sha = new Sha256();
        private readonly uint[] inner;
        private readonly uint[] outer;
        private readonly byte[] number = new byte[8];
        private readonly byte[] digest = new byte[Sha256.DigestLength];
        private ulong next;

        /// <param name="key">of this direction, at most 64 bytes</param>
        /// <param name="first">number of the first frame</param>
        public FrameTag(byte[] key, ulong first = 0)
        {
            inner = AfterKey(key, Inner);
            outer = AfterKey(key, Outer);
            next = first;
        }

        /// <summary>Seals a frame in place; as many bytes behind it as a tag has must be free.</summary>
        /// <returns>its length from now on, bytes</returns>
        public int Close(byte[] buffer, int frame)
        {
            int plain = (int)FrameHeader.FrameLength(buffer, frame);
            FrameHeader.WriteSealed(buffer, frame, plain + LinkProtocol.TagLength);
            Authenticate(buffer, frame, plain);
            System.Buffer.BlockCopy(digest, 0, buffer, frame + plain, LinkProtocol.TagLength);
            return plain + LinkProtocol.TagLength;
        }

        /// <summary>
        /// Whether a whole frame is the one that the sender sent next; false also for one that is not sealed.
        /// </summary>
        public bool IsIntact(byte[] buffer, int frame)
        {
            int plain = (int)FrameHeader.FrameLength(buffer, frame) - LinkProtocol.TagLength;
            if ((FrameHeader.Flags(buffer, frame) & LinkProtocol.FlagSealed) == 0
                || plain < FrameHeader.Length + FrameHeader.BlockLength(buffer, frame))
            {
                return false;
            }
            Authenticate(buffer, frame, plain);
            int difference = 0;
            for (int i = 0; i < LinkProtocol.TagLength; i++)
            {
                difference |= digest[i] ^ buffer[frame + plain + i];
            }
            return difference == 0;
        }

        private void Authenticate(byte[] buffer, int frame, int length)
        {
            LittleEndian.WriteUInt64(number, 0, next++);
            sha.Restore(inner, Sha256.BlockLength);
            sha.Add(number, 0, number.Length);
            sha.Add(buffer, frame, length);
            sha.Finish(digest);
            sha.Restore(outer, Sha256.BlockLength);
            sha.Add(digest, 0, digest.Length);
            sha.Finish(digest);
        }

        private uint[] AfterKey(byte[] key, byte pad)
        {
            var block = new byte[Sha256.BlockLength];
            for (int i = 0; i < block.Length; i++)
            {
                block[i] = (byte)((i < key.Length ? key[i] : 0) ^ pad);
            }
            sha.Reset();
            sha.Add(block, 0, block.Length);
            return sha.Save();
        }
    }
}
