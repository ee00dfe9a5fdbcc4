using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What the next run must know when this one ends in the middle of something: whether the kill switch is latched,
    /// which accounts were traded on and not seen flat at the end, and which were being flattened. A small file, replaced
    /// as a whole, by one NinjaTrader and one run at a time. Trading thread, but for Close.
    /// </summary>
    internal sealed class KillRecord
    {
        public const string FileName = "tickbridge-open.txt";
        private const string LockFile = "tickbridge-open.lock";

        /// <summary>Behind its name: the whole new one that is about to replace it, and what that replaces.</summary>
        private const string Fresh = ".new";
        private const string Replaced = ".old";

        private const string Killed = "killed = ";
        private const string Heading = "# Tickbridge writes this: what a restart must not forget.";

        /// <summary>A scanner or a backup may hold the file for a moment.</summary>
        private const int Tries = 5;
        private const int BetweenTriesMillis = 100;

        private readonly object access = new object();
        private readonly string path;
        private readonly string earlierPath;
        private readonly FolderClaim claim;
        private volatile bool isClosed;
        private string written = "";

        /// <summary>What is there could not be read, and must not be lost for that.</summary>
        private bool mustBeKept;

        /// <param name="folder">where it is; null: nothing is kept, as a test may want it</param>
        /// <param name="earlierFolder">where it was before it was moved to folder; may be the same</param>
        public KillRecord(string folder, string earlierFolder)
        {
            path = folder == null ? null : Path.Combine(folder, FileName);
            earlierPath = folder == null ? null : Path.Combine(earlierFolder, FileName);
            claim = new FolderClaim(folder, LockFile, folder != null);
        }

        /// <summary>Lets so many milliseconds pass between two tries.</summary>
        internal Action<int> Pause { get; set; } = Thread.Sleep;

        /// <summary>Another NinjaTrader or run writes it, and this one does not; null: none does.</summary>
        public string Obstacle { get; private set; }

        /// <summary>Why the kill switch is latched; null: it is not.</summary>
        public string KillReason { get; private set; }

        /// <summary>false: there is something of an earlier run, and nobody knows what.</summary>
        public bool IsReadable { get; private set; } = true;

        public IList<RecordLine> Lines { get; private set; } = new RecordLine[0];

        /// <summary>What an earlier run left. What cannot be read counts as a latched kill switch.</summary>
        public void Load()
        {
            if (path == null)
            {
                return;
            }
            try
            {
                try
                {
                    TakeClaim();
                }
                catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
                {
                    // What cannot be written can be read all the same; who wants to write is told.
                }
                if (Obstacle == null && !File.Exists(path) && !File.Exists(path + Fresh) && File.Exists(earlierPath))
                {
                    File.Move(earlierPath, path);
                }
                string text = Read();
                if (text == null)
                {
                    return;
                }
                written = text;
                Take(text);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                IsReadable = false;
                mustBeKept = true;
                KillReason = "cannot tell whether the kill switch was pulled: " + path + ": " + e.Message
                    + "; the file is kept, with .bad behind its name";
            }
        }

        /// <summary>Writes it when something changed.</summary>
        /// <param name="killReason">why the kill switch is latched; null: it is not</param>
        /// <param name="accounts">what is open</param>
        /// <returns>null, or why it could not be written</returns>
        public string Save(string killReason, IEnumerable<RecordLine> accounts)
        {
            var lines = new List<string> { Heading };
            if (killReason != null)
            {
                lines.Add(Killed + killReason.Replace('\r', ' ').Replace('\n', ' '));
            }
            lines.AddRange(accounts.Select(account => account.ToString()));
            string content = lines.Count == 1 ? "" : string.Join("\n", lines.ToArray()) + "\n";
            if (content == written || path == null)
            {
                return null;
            }
            lock (access)
            {
                try
                {
                    TakeClaim();
                    if (Obstacle != null || isClosed)
                    {
                        return path + " is not written: " + (Obstacle ?? "this run has ended");
                    }
                    Write(content);
                    written = content;
                    return null;
                }
                catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
                {
                    return path + " cannot be written: " + e.Message;
                }
                finally
                {
                    Release();
                }
            }
        }

        /// <summary>From now on nothing is written: another run may begin. Any thread; waits for no disk.</summary>
        public void Close()
        {
            isClosed = true;
            if (Monitor.TryEnter(access))
            {
                try
                {
                    Release();
                }
                finally
                {
                    Monitor.Exit(access);
                }
            }
        }

        /// <summary>Once it is closed the claim is for the next.</summary>
        private void Release()
        {
            if (isClosed)
            {
                claim.Dispose();
            }
        }

        /// <summary>Who did not have it from the first on does not know what the other wrote.</summary>
        /// <exception cref="IOException">It cannot be told.</exception>
        private void TakeClaim()
        {
            for (int tried = 1; Obstacle == null && !isClosed; tried++)
            {
                try
                {
                    claim.Take();
                    return;
                }
                catch (IOException) when (File.Exists(Path.Combine(Path.GetDirectoryName(path), LockFile)))
                {
                    if (tried == Tries)
                    {
                        Obstacle = "another NinjaTrader, or a run of this one that has not ended, writes it; end that and press "
                            + "Connect";
                        return;
                    }
                    Pause(BetweenTriesMillis);
                }
            }
        }

        /// <returns>null: there is none</returns>
        private string Read()
        {
            for (int tried = 1; ; tried++)
            {
                try
                {
                    return File.ReadAllText(path, Encoding.UTF8);
                }
                // Not asked before whether it is there: what cannot be reached would be said not to be.
                catch (FileNotFoundException) when (File.Exists(path + Fresh))
                {
                    // What was to replace it stands alone: Windows may leave it so.
                    if (Obstacle != null)
                    {
                        return File.ReadAllText(path + Fresh, Encoding.UTF8);
                    }
                    Try(tried, () => File.Move(path + Fresh, path));
                }
                catch (Exception e) when (e is FileNotFoundException || e is DirectoryNotFoundException)
                {
                    return null;
                }
                catch (IOException) when (tried < Tries)
                {
                    Pause(BetweenTriesMillis);
                }
            }
        }

        private void Try(int tried, Action what)
        {
            try
            {
                what();
            }
            catch (IOException) when (tried < Tries)
            {
                Pause(BetweenTriesMillis);
            }
        }

        private void Take(string text)
        {
            string[] lines = text.Split(new[] { "\r\n", "\n" }, StringSplitOptions.None);
            if (lines[lines.Length - 1].Length > 0)
            {
                throw new IOException("its last line is not whole");
            }
            lines = lines.Take(lines.Length - 1).ToArray();
            var accounts = new List<RecordLine>();
            string reason = null;
            foreach (string line in lines.Skip(1))
            {
                RecordLine account = RecordLine.Parse(line);
                bool isReason = line.StartsWith(Killed, StringComparison.Ordinal);
                if (account == null && !isReason)
                {
                    throw new IOException("it is damaged");
                }
                if (isReason)
                {
                    reason = line.Substring(Killed.Length);
                }
                else
                {
                    accounts.Add(account);
                }
            }
            if (lines.Length == 0 || lines[0] != Heading)
            {
                throw new IOException("it is damaged");
            }
            KillReason = reason;
            Lines = accounts;
        }

        private void Write(string content)
        {
            string fresh = path + Fresh;
            if (mustBeKept && !File.Exists(path) && File.Exists(fresh))
            {
                File.Move(fresh, FreeName());
            }
            if (content.Length == 0)
            {
                // In this order: what is not the last word must not be alone.
                File.Delete(fresh);
                File.Delete(path + Replaced);
                File.Delete(path);
                return;
            }
            using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(content);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(true);
            }
            // Half a file must never be there: the old one is replaced by the whole new one.
            if (File.Exists(path))
            {
                // With a name for what is replaced: without one Windows may leave neither under its own.
                File.Replace(fresh, path, mustBeKept ? FreeName() : path + Replaced);
            }
            else
            {
                File.Move(fresh, path);
            }
            mustBeKept = false;
        }

        private string FreeName()
        {
            string bad = path + ".bad";
            for (int number = 2; File.Exists(bad); number++)
            {
                bad = path + ".bad" + number;
            }
            return bad;
        }
    }
}
