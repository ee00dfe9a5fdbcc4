namespace Tickbridge.Core
{
    /// <summary>
    /// SHA-256 (FIPS 180-4, sections 4 to 6) that allocates nothing and can begin where a block before it ended. .NET's own
    /// allocates at each result, and cannot keep a state.
    /// </summary>
    internal sealed class Sha256
    {
        public const int BlockLength = 64;
        public const int DigestLength = 32;

        private const int Words = 8;
        private const int Rounds = 64;

        /// <summary>First 32 bits behind the point of the cube roots of the first 64 primes: section 4.2.2.</summary>
        private static readonly uint[] K =
        {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
        };

        /// <summary>The same of the square roots of the first 8: section 5.3.3.</summary>
        private static readonly uint[] Begin =
        {
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
        };

        private readonly uint[] state = new uint[Words];
        private readonly uint[] schedule = new uint[Rounds];
        private readonly byte[] block = new byte[BlockLength];
        private int held;
        private long length;

        public void Reset()
        {
            System.Array.Copy(Begin, state, Words);
            held = 0;
            length = 0;
        }

        /// <summary>Keeps the state after whole blocks.</summary>
        public uint[] Save() => (uint[])state.Clone();

        /// <summary>Goes on from a state that was kept after so many bytes.</summary>
        public void Restore(uint[] kept, long after)
        {
            System.Array.Copy(kept, state, Words);
            held = 0;
            length = after;
        }

        public void Add(byte[] bytes, int offset, int count)
        {
            length += count;
            while (count > 0)
            {
                int part = System.Math.Min(count, BlockLength - held);
                System.Buffer.BlockCopy(bytes, offset, block, held, part);
                offset += part;
                count -= part;
                held += part;
                if (held == BlockLength)
                {
                    Compress();
                    held = 0;
                }
            }
        }

        /// <summary>Ends the message.</summary>
        public void Finish(byte[] digest)
        {
            long bits = length * 8;
            block[held++] = 0x80;
            if (held > BlockLength - 8)
            {
                System.Array.Clear(block, held, BlockLength - held);
                Compress();
                held = 0;
            }
            System.Array.Clear(block, held, BlockLength - 8 - held);
            for (int i = 0; i < 8; i++)
            {
                block[BlockLength - 1 - i] = (byte)(bits >> (8 * i));
            }
            Compress();
            held = 0;
            for (int i = 0; i < DigestLength; i++)
            {
                digest[i] = (byte)(state[i / 4] >> (24 - 8 * (i % 4)));
            }
        }

        private void Compress()
        {
            uint[] w = schedule;
            for (int i = 0; i < 16; i++)
            {
                w[i] = (uint)block[4 * i] << 24 | (uint)block[4 * i + 1] << 16 | (uint)block[4 * i + 2] << 8 | block[4 * i + 3];
            }
            for (int i = 16; i < Rounds; i++)
            {
                uint x = w[i - 15];
                uint y = w[i - 2];
                w[i] = w[i - 16] + w[i - 7] + ((x >> 7 | x << 25) ^ (x >> 18 | x << 14) ^ x >> 3)
                    + ((y >> 17 | y << 15) ^ (y >> 19 | y << 13) ^ y >> 10);
            }
            uint a = state[0], b = state[1], c = state[2], d = state[3];
            uint e = state[4], f = state[5], g = state[6], h = state[7];
            for (int i = 0; i < Rounds; i++)
            {
                uint first = h + ((e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i];
                uint second = ((a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
                h = g;
                g = f;
                f = e;
                e = d + first;
                d = c;
                c = b;
                b = a;
                a = first + second;
            }
            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }
}
