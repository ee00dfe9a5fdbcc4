using System;
using System.Collections.Generic;
using System.IO;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What was found in the audit log's files. None is read a second time while it is as long as it was: a day's may
    /// have gigabytes, and the trading thread waits. One thread.
    /// </summary>
    internal sealed class CheckedFiles
    {
        private readonly Dictionary<string, KeyValuePair<long, AuditCheck>> found =
            new Dictionary<string, KeyValuePair<long, AuditCheck>>(StringComparer.Ordinal);

        /// <summary>How often a file was read.</summary>
        public int Reads { get; private set; }

        /// <summary>Reads a file.</summary>
        /// <param name="path">its full path</param>
        /// <param name="take">is given every good line; null: nobody asks for them</param>
        /// <param name="takeDoubtful">is given the first bad line and all behind it; null: nobody asks for them</param>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public AuditCheck Read(string path, Action<string> take, Action<string> takeDoubtful)
        {
            Reads++;
            // Before it is read: what is written meanwhile makes it another one.
            long length = new FileInfo(path).Length;
            AuditCheck check = AuditCheck.File(path, take, takeDoubtful);
            found[path] = new KeyValuePair<long, AuditCheck>(length, check);
            return check;
        }

        /// <summary>What was found in a file, or is now.</summary>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public AuditCheck Of(string path)
        {
            KeyValuePair<long, AuditCheck> before;
            return found.TryGetValue(path, out before) && before.Key == new FileInfo(path).Length
                ? before.Value
                : Read(path, null, null);
        }
    }
}
