using System;
using System.IO;
using System.Text;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Writes signal bodies in hexadecimal, one a line, to compare them with those of the gateway's journal.
    /// </summary>
    internal sealed class SignalBodies : IDisposable
    {
        private const string Digits = "0123456789abcdef";

        private readonly LineOutput output;
        private readonly byte[] body = new byte[Signal.BodyLength];
        private readonly StringBuilder line = new StringBuilder(2 * Signal.BodyLength);

        public SignalBodies(string path)
        {
            output = new LineOutput(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }

        public void Write(Signal signal)
        {
            signal.CopyBody(body, 0);
            line.Clear();
            foreach (byte b in body)
            {
                line.Append(Digits[b >> 4]).Append(Digits[b & 15]);
            }
            output.WriteLine(line);
        }

        public void Flush()
        {
            output.Flush();
        }

        public void Dispose()
        {
            output.Dispose();
        }
    }
}
