using System;
using System.IO;

namespace Tickbridge.Core.Trading
{
    /// <summary>Whether a file of the audit log is whole: every line's hash, number and end. Immutable.</summary>
    public sealed class AuditCheck
    {
        private AuditCheck(long lines, long badLine, string problem, long lastNumber, string lastHash)
        {
            Lines = lines;
            BadLine = badLine;
            Problem = problem;
            LastNumber = lastNumber;
            LastHash = lastHash;
        }

        /// <summary>Good lines before the first bad one, or all.</summary>
        public long Lines { get; }

        /// <summary>The first bad line, from 1; 0: none.</summary>
        public long BadLine { get; }

        /// <summary>What is wrong with it; null: nothing.</summary>
        public string Problem { get; }

        public bool IsWhole => BadLine == 0;

        /// <summary>Number of the last good line.</summary>
        public long LastNumber { get; }

        /// <summary>Hash of the last good line: what the next one builds on.</summary>
        public string LastHash { get; }

        /// <exception cref="IOException">The file cannot be read.</exception>
        public static AuditCheck File(string path) => File(path, null, null);

        /// <param name="path">the file</param>
        /// <param name="take">is given every good line; null: nobody asks for them</param>
        /// <param name="takeDoubtful">is given the first bad line and all behind it; null: nobody asks for them</param>
        /// <exception cref="IOException">The file cannot be read.</exception>
        internal static AuditCheck File(string path, Action<string> take, Action<string> takeDoubtful)
        {
            using (var reader = new AuditLineReader(path))
            using (var chain = new AuditChain())
            {
                long lines = 0;
                string problem = null;
                while (problem == null && reader.Read())
                {
                    problem = chain.Take(reader.Bytes, reader.Start, reader.Length);
                    if (problem == null)
                    {
                        lines++;
                        take?.Invoke(reader.Line);
                    }
                }
                if (problem != null && takeDoubtful != null)
                {
                    takeDoubtful(reader.Line);
                    while (reader.Read())
                    {
                        takeDoubtful(reader.Line);
                    }
                }
                if (reader.HasRest)
                {
                    takeDoubtful?.Invoke(reader.Rest);
                }
                problem = problem ?? (reader.HasRest ? "the line is not whole" : lines == 0 ? "the file is empty" : null);
                return new AuditCheck(lines, problem == null ? 0 : lines + 1, problem, chain.Number, chain.LastHash);
            }
        }
    }
}
