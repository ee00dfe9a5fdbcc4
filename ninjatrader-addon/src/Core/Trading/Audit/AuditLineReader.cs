using System;
using System.IO;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Reads a file of the audit log line by line and holds no more of it than one: a busy day has more than a string
    /// can. One thread.
    /// </summary>
    internal sealed class AuditLineReader : IDisposable
    {
        /// <summary>Far more than any line of ours: what goes on for longer is damage, as a disk leaves it full of zeros.</summary>
        internal const int LineLimit = 1 << 24;

        private const int BlockSize = 1 << 17;
        private const byte LineEnd = (byte)'\n';

        /// <summary>The stream's own buffer would only copy once more.</summary>
        private const int Unbuffered = 1;

        private readonly FileStream stream;
        private int next;
        private int filled;

        /// <exception cref="IOException">The file cannot be read.</exception>
        public AuditLineReader(string path)
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, Unbuffered);
        }

        /// <summary>Where the line is; another array after each Read.</summary>
        public byte[] Bytes { get; private set; } = new byte[BlockSize];

        /// <summary>Where it begins.</summary>
        public int Start { get; private set; }

        /// <summary>Its bytes, without its end.</summary>
        public int Length { get; private set; }

        public string Line => Encoding.UTF8.GetString(Bytes, Start, Length);

        /// <summary>After the last line: what follows and has no end, as much of it as there is of a line of ours.</summary>
        public string Rest => Encoding.UTF8.GetString(Bytes, next, Math.Min(filled - next, BlockSize));

        /// <summary>After the last line: something follows that has no end.</summary>
        public bool HasRest => filled > next;

        /// <returns>false: no whole line follows</returns>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public bool Read()
        {
            int searched = next;
            while (true)
            {
                int end = Array.IndexOf(Bytes, LineEnd, searched, filled - searched);
                if (end >= 0)
                {
                    Start = next;
                    Length = end - next;
                    next = end + 1;
                    return true;
                }
                searched = filled - next;
                if (!Fill())
                {
                    return false;
                }
            }
        }

        public void Dispose()
        {
            stream.Dispose();
        }

        /// <summary>Moves what is left to the front, and reads on behind it.</summary>
        private bool Fill()
        {
            int rest = filled - next;
            if (rest >= LineLimit)
            {
                return false;
            }
            byte[] to = rest < Bytes.Length ? Bytes : new byte[2 * Bytes.Length];
            Buffer.BlockCopy(Bytes, next, to, 0, rest);
            Bytes = to;
            next = 0;
            int read = stream.Read(Bytes, rest, Bytes.Length - rest);
            filled = rest + read;
            return read > 0;
        }
    }
}
