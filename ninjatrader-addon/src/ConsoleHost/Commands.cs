using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Takes commands from a stream, one a line, does one after the other, and answers each with a line: done, or failed
    /// and why. A thread of its own, which ends with the stream.
    /// </summary>
    internal sealed class Commands
    {
        private readonly IDictionary<string, Func<string, string>> known;
        private readonly LineOutput output;

        /// <param name="known">
        /// by the words that a command begins with: takes what follows, returns null or why it failed
        /// </param>
        /// <param name="output">for answers</param>
        public Commands(IDictionary<string, Func<string, string>> known, LineOutput output)
        {
            this.known = known;
            this.output = output;
        }

        public void Listen(TextReader input)
        {
            new Thread(() => Run(input)) { IsBackground = true, Name = "tickbridge-commands" }.Start();
        }

        private void Run(TextReader input)
        {
            for (string line = input.ReadLine(); line != null; line = input.ReadLine())
            {
                string command = line.Trim();
                if (command.Length > 0)
                {
                    string failure = Do(command);
                    output.WriteLine(failure == null ? "done " + command : "failed " + command + ": " + failure);
                    output.Flush();
                }
            }
        }

        private string Do(string command)
        {
            foreach (KeyValuePair<string, Func<string, string>> one in known)
            {
                if (command == one.Key || command.StartsWith(one.Key + " ", StringComparison.Ordinal))
                {
                    return one.Value(command.Substring(one.Key.Length).Trim());
                }
            }
            return "known are " + string.Join(", ", known.Keys);
        }
    }
}
