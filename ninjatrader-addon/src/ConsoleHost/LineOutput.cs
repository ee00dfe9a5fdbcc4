using System;
using System.IO;
using System.Text;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Lines to a stream, gathered so that the link thread makes one system call for many. Any thread may flush.
    /// </summary>
    internal sealed class LineOutput : IDisposable
    {
        private const int BufferLength = 64 * 1024;

        private readonly StreamWriter writer;
        private readonly object access = new object();
        private char[] characters = new char[512];

        public LineOutput(Stream stream)
        {
            writer = new StreamWriter(stream, new UTF8Encoding(false), BufferLength) { NewLine = "\n" };
        }

        public void WriteLine(StringBuilder line)
        {
            int length = line.Length;
            if (length > characters.Length)
            {
                characters = new char[2 * length];
            }
            line.CopyTo(0, characters, 0, length);
            lock (access)
            {
                writer.WriteLine(characters, 0, length);
            }
        }

        public void WriteLine(string line)
        {
            lock (access)
            {
                writer.WriteLine(line);
            }
        }

        public void Flush()
        {
            lock (access)
            {
                writer.Flush();
            }
        }

        public void Dispose()
        {
            lock (access)
            {
                writer.Dispose();
            }
        }
    }
}
