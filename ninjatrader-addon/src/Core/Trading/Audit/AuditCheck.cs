using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

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
        public static AuditCheck File(string path) => File(path, line => { });

        /// <param name="path">the file</param>
        /// <param name="take">is given every good line</param>
        internal static AuditCheck File(string path, Action<string> take)
        {
            string text = Read(path);
            long lines = 0;
            long number = 0;
            string hash = null;
            int start = 0;
            while (start < text.Length)
            {
                int end = text.IndexOf('\n', start);
                if (end < 0)
                {
                    return new AuditCheck(lines, lines + 1, "the line is not whole", number, hash);
                }
                string line = text.Substring(start, end - start);
                start = end + 1;
                string problem = Take(line, ref number, ref hash);
                if (problem != null)
                {
                    return new AuditCheck(lines, lines + 1, problem, number, hash);
                }
                lines++;
                take(line);
            }
            return lines == 0
                ? new AuditCheck(0, 1, "the file is empty", 0, null)
                : new AuditCheck(lines, 0, null, number, hash);
        }

        /// <returns>what is wrong; null: nothing</returns>
        private static string Take(string line, ref long number, ref string hash)
        {
            int last = line.LastIndexOf(AuditLine.Separator);
            long found;
            int first = line.IndexOf(AuditLine.Separator);
            if (first < 0 || !long.TryParse(line.Substring(0, first), NumberStyles.None, CultureInfo.InvariantCulture,
                out found))
            {
                return "no line of an audit log";
            }
            string before = hash ?? AuditLine.ValueOf(line, "previousHash");
            if (before == null)
            {
                return "the file does not begin with its header";
            }
            if (hash != null && found != number + 1)
            {
                return "number " + found + " follows " + number;
            }
            if (AuditLine.Hash(before, line.Substring(0, last)) != line.Substring(last + 1))
            {
                return "the hash does not fit: the line or one before it was changed";
            }
            number = found;
            hash = line.Substring(last + 1);
            return null;
        }

        private static string Read(string path)
        {
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            using (var reader = new StreamReader(stream, new UTF8Encoding(false)))
            {
                return reader.ReadToEnd();
            }
        }
    }
}
