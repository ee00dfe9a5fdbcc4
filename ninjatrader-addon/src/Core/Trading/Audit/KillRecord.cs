using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What the next run must know when this one ends in the middle of something: whether the kill switch is latched,
    /// which accounts were traded on and not seen flat at the end, and which were being flattened. A small file beside
    /// the audit log, replaced as a whole. Trading thread.
    /// </summary>
    internal sealed class KillRecord
    {
        public const string FileName = "tickbridge-open.txt";

        private const string Killed = "killed = ";
        private const string Armed = "armed = ";
        private const string Flattening = "flattening = ";
        /// <summary>Between an account and the instruments that were traded there.</summary>
        private const char Separator = '\t';

        private const string Heading = "# Tickbridge writes this: what a restart must not forget.";

        private readonly string path;
        private readonly Dictionary<string, string[]> instruments =
            new Dictionary<string, string[]>(StringComparer.Ordinal);

        private string written = "";

        /// <param name="folder">that of the audit log; null: nothing is kept, as a test may want it</param>
        public KillRecord(string folder)
        {
            path = folder == null ? null : Path.Combine(folder, FileName);
        }

        /// <summary>Why the kill switch is latched; null: it is not.</summary>
        public string KillReason { get; private set; }

        /// <summary>Accounts that were armed, and were not seen flat afterwards.</summary>
        public IList<string> ArmedAccounts { get; private set; } = new string[0];

        /// <summary>Accounts whose flattening was not verified.</summary>
        public IList<string> FlatteningAccounts { get; private set; } = new string[0];

        /// <summary>What the settings let an earlier run trade in an account; empty: that run did not write it down.</summary>
        public IEnumerable<string> InstrumentsOf(string account)
        {
            string[] found;
            return instruments.TryGetValue(account, out found) ? found : new string[0];
        }

        /// <summary>What an earlier run left. What cannot be read counts as a latched kill switch.</summary>
        public void Load()
        {
            try
            {
                if (!File.Exists(path))
                {
                    return;
                }
                string[] lines = File.ReadAllLines(path, Encoding.UTF8);
                written = string.Join("\n", lines) + "\n";
                if (lines.Length == 0 || lines[0] != Heading || lines.Skip(1).Any(line => !IsKnown(line)))
                {
                    throw new IOException("it is damaged");
                }
                KillReason = Values(lines, Killed).FirstOrDefault();
                ArmedAccounts = Accounts(lines, Armed);
                FlatteningAccounts = Accounts(lines, Flattening);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                KillReason = "cannot tell whether the kill switch was pulled: " + path + ": " + e.Message;
            }
        }

        /// <summary>Writes it when something changed.</summary>
        /// <param name="killReason">why the kill switch is latched; null: it is not</param>
        /// <param name="armed">accounts</param>
        /// <param name="flattening">accounts</param>
        /// <param name="instrumentsOf">what may be open in an account, by the names of the settings</param>
        /// <returns>null, or why it could not be written</returns>
        public string Save(string killReason, IEnumerable<string> armed, IEnumerable<string> flattening,
            Func<string, IEnumerable<string>> instrumentsOf)
        {
            var lines = new List<string> { Heading };
            if (killReason != null)
            {
                lines.Add(Killed + killReason.Replace('\r', ' ').Replace('\n', ' '));
            }
            Func<string, string> line = account => string.Join(Separator.ToString(),
                new[] { account }.Concat(instrumentsOf(account)).ToArray());
            lines.AddRange(armed.Select(account => Armed + line(account)));
            lines.AddRange(flattening.Select(account => Flattening + line(account)));
            string content = lines.Count == 1 ? "" : string.Join("\n", lines.ToArray()) + "\n";
            if (content == written || path == null)
            {
                return null;
            }
            try
            {
                Write(content);
                written = content;
                return null;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                return path + " cannot be written: " + e.Message;
            }
        }

        private void Write(string content)
        {
            if (content.Length == 0)
            {
                File.Delete(path);
                return;
            }
            string fresh = path + ".new";
            using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(content);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(true);
            }
            // Half a file must never be there: the old one is replaced by the whole new one.
            if (File.Exists(path))
            {
                File.Replace(fresh, path, null);
            }
            else
            {
                File.Move(fresh, path);
            }
        }

        private static bool IsKnown(string line) => line.StartsWith(Killed, StringComparison.Ordinal)
            || line.StartsWith(Armed, StringComparison.Ordinal) || line.StartsWith(Flattening, StringComparison.Ordinal);

        private string[] Accounts(IEnumerable<string> lines, string key)
        {
            var accounts = new List<string>();
            foreach (string[] parts in Values(lines, key).Select(value => value.Split(Separator)))
            {
                accounts.Add(parts[0]);
                instruments[parts[0]] = InstrumentsOf(parts[0]).Concat(parts.Skip(1)).Distinct().ToArray();
            }
            return accounts.ToArray();
        }

        private static string[] Values(IEnumerable<string> lines, string key) => lines
            .Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line.Substring(key.Length))
            .ToArray();
    }
}
