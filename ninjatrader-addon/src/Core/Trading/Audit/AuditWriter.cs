using System;
using System.IO;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Writes the audit log's lines: each as a whole, numbered and chained to the one before, into the file of its UTC day,
    /// which is begun, or gone on with where the chain ends in it. Trading thread.
    /// </summary>
    internal sealed class AuditWriter
    {
        /// <summary>A file that cannot be opened is tried again so long after, ns.</summary>
        private const long OpenInterval = 1000000000;

        /// <summary>A line is written as a whole: what failed must not wait in a buffer to be written later.</summary>
        private const int Unbuffered = 1;

        private readonly string folder;
        private readonly Func<string, Stream> open;
        private readonly FolderClaim claim;
        private readonly EarlierFiles earlier;
        private readonly Action<string> closingFailed;
        private Stream stream;
        private string path;

        /// <summary>When a file was last tried to be opened; 0: at once.</summary>
        private long openTried;
        private DateTime day;
        private long number;
        private string hash = AuditLine.FirstHash;
        private long length;

        /// <param name="folder">where the files are</param>
        /// <param name="open">opens one to write at its end</param>
        /// <param name="claim">is taken before one is opened</param>
        /// <param name="earlier">tells which can be gone on with</param>
        /// <param name="closingFailed">is told why one could not be closed, which stops nobody</param>
        public AuditWriter(string folder, Func<string, Stream> open, FolderClaim claim, EarlierFiles earlier,
            Action<string> closingFailed)
        {
            this.folder = folder;
            this.open = open;
            this.claim = claim;
            this.earlier = earlier;
            this.closingFailed = closingFailed;
        }

        public bool IsOpen => stream != null;

        /// <summary>The file that is written; null: none, or none of the disk's.</summary>
        public string FileName => (stream as FileStream)?.Name;

        /// <summary>Hash of the last line: names everything written so far.</summary>
        public string LastHash => hash;

        /// <summary>Opens a file of the disk.</summary>
        public static Stream OpenFile(string path) =>
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, Unbuffered);

        /// <summary>The next line follows the last one of a file that an earlier run wrote.</summary>
        public void Follow(AuditCheck check)
        {
            number = Math.Max(number, check.LastNumber);
            hash = check.LastHash ?? hash;
        }

        /// <summary>No file is open, or that of an earlier day.</summary>
        public bool NeedsOpening(long time) => stream == null || AuditLine.ToUtc(time).Date > day;

        public bool IsTimeToOpen(long time) => openTried == 0 || Math.Abs(time - openTried) >= OpenInterval;

        /// <summary>From now on it is time to open a file.</summary>
        public void OpenAtOnce()
        {
            openTried = 0;
        }

        /// <exception cref="IOException">Another writes the log, or the file cannot be opened, read or begun.</exception>
        public void OpenDay(long time)
        {
            openTried = time;
            Close();
            claim.Take();
            DateTime today = AuditLine.ToUtc(time).Date;
            path = day == today && IsAsItWasLeft ? path : PathFor(today);
            day = today;
            stream = open(path);
            length = stream.Length;
            if (length == 0)
            {
                WriteHeader(time);
            }
        }

        /// <exception cref="IOException">It was not written, or in part: see TakeBackHalfALine.</exception>
        public void Write(long time, string kind, Action<StringBuilder> fields)
        {
            StringBuilder line = AuditLine.Begin(number + 1, time, kind);
            fields(line);
            string content = line.ToString();
            string fresh = AuditLine.Hash(hash, content);
            byte[] bytes = Encoding.UTF8.GetBytes(content + AuditLine.Separator + fresh + "\n");
            stream.Write(bytes, 0, bytes.Length);
            stream.Flush();
            length += bytes.Length;
            number++;
            hash = fresh;
        }

        /// <summary>After whatever failed: the file ends with a whole line, or is closed.</summary>
        public void TakeBackHalfALine()
        {
            try
            {
                if (stream != null && stream.Length > length)
                {
                    stream.SetLength(length);
                }
            }
            catch (Exception)
            {
                // The file stays damaged at its end: whoever opens it next sees that and begins another part.
                Close();
            }
        }

        public void Close()
        {
            Stream closed = stream;
            stream = null;
            try
            {
                closed?.Dispose();
            }
            catch (Exception e)
            {
                closingFailed(e.Message);
            }
        }

        private string PathFor(DateTime today)
        {
            string found = Path.Combine(folder, AuditFiles.Name(today, 1));
            for (int part = 2; File.Exists(found) && new FileInfo(found).Length > 0
                && !earlier.EndsWith(found, number, hash); part++)
            {
                // Nothing is mended: what is damaged stays as it is, and another part begins.
                found = Path.Combine(folder, AuditFiles.Name(today, part));
            }
            return found;
        }

        /// <summary>The file of this run, which need not be read again.</summary>
        private bool IsAsItWasLeft => path != null && length > 0 && File.Exists(path) && new FileInfo(path).Length == length;

        private void WriteHeader(long time)
        {
            try
            {
                Write(time, "file", line => AuditFields.Header(line, hash));
            }
            catch (IOException)
            {
                // Without it no line of the file would count.
                stream.SetLength(0);
                Close();
                throw;
            }
        }
    }
}
