using System;
using System.IO;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The local record of every decision and everything that became of it: append-only, one file a UTC day, each line
    /// handed to the operating system before what it tells of is done, and chained by hashes. After a line that could not be
    /// written no entry passes until a person arms anew; but every further line is tried, since stops, exits and kills go
    /// on, and what was lost is counted in the first line that is written again. Trading thread.
    /// </summary>
    /// <remarks>
    /// A crash of the process loses nothing. The disk itself is told to keep it once a second, on a thread of its own: a
    /// power failure may cost what came since. Whoever can write the file could also make a new chain; that shows against
    /// the hash that is told over the link at each start and at the end of each day.
    /// </remarks>
    internal sealed class AuditLog : IDisposable
    {
        /// <summary>Held open by who writes the log.</summary>
        private const string ClaimFile = "tickbridge-audit.lock";

        /// <summary>A file that cannot be opened is tried again so long after, ns.</summary>
        private const long OpenInterval = 1000000000;

        /// <summary>A line is written as a whole: what failed must not wait in a buffer to be written later.</summary>
        private const int Unbuffered = 1;

        /// <summary>Today, the one before that the day of the loss may have begun on, and one more over a weekend.</summary>
        private const int HistoryDays = 3;

        /// <summary>What is read within some tenths of a second is read to its end, whoever waits.</summary>
        internal const long PatientLines = 20000;

        private readonly string folder;
        private readonly Func<string, Stream> open;
        private readonly AuditDisk disk;
        private readonly CheckedFiles files = new CheckedFiles();
        private Stream stream;
        private string path;
        private FileStream claim;
        private bool isRestored;
        private bool isClosed;
        private long linesRead;
        private bool hasGivenUp;
        private volatile bool isHurried;

        /// <summary>When a file was last tried to be opened; 0: at once.</summary>
        private long openTried;
        private DateTime day;
        private long number;
        private string hash = AuditLine.FirstHash;
        private long length;

        public AuditLog(string folder, long minimumFree) : this(folder, minimumFree, OpenFile)
        {
        }

        /// <summary>With another way to open files: for tests.</summary>
        internal AuditLog(string folder, long minimumFree, Func<string, Stream> open)
        {
            this.folder = folder;
            this.open = open;
            disk = new AuditDisk(folder, minimumFree);
        }

        /// <summary>Where its files are.</summary>
        public string Folder => folder;

        /// <summary>It is written to the disk, not to what a test holds for one.</summary>
        public bool IsOnDisk => open.Method == ((Func<string, Stream>)OpenFile).Method;

        /// <summary>Why no entry may pass: what was not written, or may soon not be; null: none. Recover ends it.</summary>
        public string Failure { get; private set; } = "not opened";

        public bool IsWritable => Failure == null;

        /// <summary>Lines that could not be written since the last one that could.</summary>
        public long Lost { get; private set; }

        /// <summary>Hash of the last line: names everything written so far.</summary>
        public string LastHash => hash;

        /// <summary>What earlier runs wrote.</summary>
        public AuditHistory History { get; } = new AuditHistory();

        /// <summary>Damage found in earlier files; empty: none.</summary>
        public string Damage { get; private set; } = "";

        /// <summary>For tests: waits until nothing is being asked of the disk.</summary>
        internal void SettleDisk()
        {
            disk.Settle();
        }

        /// <summary>For tests: how often a file of the log was read.</summary>
        internal int FilesRead => files.Reads;

        /// <summary>Begins the thread that asks the disk. Any thread, before Start.</summary>
        public void StartDisk()
        {
            disk.Start();
        }

        /// <summary>Reads what earlier runs wrote, and opens today's file. A failure shows in IsWritable.</summary>
        public void Start(long now)
        {
            Guard(() =>
            {
                Claim();
                foreach (string file in AuditFiles.In(folder, HistoryDays))
                {
                    AuditCheck check = files.Read(file, Remember);
                    number = Math.Max(number, check.LastNumber);
                    hash = check.LastHash ?? hash;
                    if (!check.IsWhole)
                    {
                        Damage += Path.GetFileName(file) + " line " + check.BadLine + ": " + check.Problem + "; ";
                    }
                }
                isRestored = true;
                OpenDay(now);
                Failure = null;
                disk.CheckSpace();
            });
            if (!isRestored)
            {
                Failure += hasGivenUp ? "; press Connect" : "; mend that and press Connect";
            }
        }

        /// <summary>
        /// KILL or the end must not wait until a log of gigabytes is read: Start gives that up, and no entry passes in
        /// this run. Any thread.
        /// </summary>
        public void Hurry()
        {
            isHurried = true;
        }

        public void Decided(Decision decision)
        {
            Append(decision.Time, "decision", line => AuditFields.Of(line, decision));
        }

        public void Submitting(OrderTicket ticket, long now)
        {
            Append(now, "submit", line => AuditFields.Of(line, ticket));
        }

        public void Asking(string verb, OrderReport order, string more, long now)
        {
            Append(now, verb, line => AuditFields.Of(line, order, more));
        }

        public void Flattening(string account, string instrument, long now)
        {
            Append(now, "flatten", line => AuditFields.Of(line, account, instrument));
        }

        public void Heard(OrderReport order)
        {
            Append(order.Time, "order", line => AuditFields.Of(line, order));
        }

        /// <summary>A fill. Its own time may be another clock's, or long ago: it must not choose the file.</summary>
        public void Heard(ExecutionReport execution, long now)
        {
            Append(now, "execution", line => AuditFields.Of(line, execution));
        }

        /// <summary>A fill that was told before is told otherwise.</summary>
        public void Corrected(ExecutionReport execution, long now)
        {
            Append(now, "correction", line => AuditFields.Fill(line, execution));
        }

        public void Heard(PositionReport position)
        {
            Append(position.Time, "position", line => AuditFields.Of(line, position));
        }

        /// <summary>What an account realized on a day of the loss, for the next run.</summary>
        /// <param name="account">whose</param>
        /// <param name="day">of the loss</param>
        /// <param name="realized">in the account's currency</param>
        /// <param name="now">local clock</param>
        /// <param name="isAgain">it was tried before, and is counted as lost already</param>
        /// <returns>whether it was written; else it must be told again</returns>
        public bool Realized(string account, DateTime day, double realized, long now, bool isAgain) =>
            Append(now, "realized", line => AuditFields.Realized(line, account, day, realized, isRestored), isAgain);

        public void Noticed(TradingNotice notice)
        {
            Append(notice.Time, "notice", line => AuditFields.Of(line, notice));
        }

        /// <summary>Once a second: asks that the disk keep it, and looks for room. Does not wait for the disk.</summary>
        public void Sync()
        {
            if (stream == null)
            {
                return;
            }
            string wrong = disk.Ask((stream as FileStream)?.Name);
            Failure = Failure ?? wrong;
        }

        /// <summary>After a failure: tries again by writing a line.</summary>
        public void Recover(long now)
        {
            // Without what earlier runs wrote, their signals would pass once more.
            if (IsWritable || isClosed || !isRestored)
            {
                return;
            }
            string why = Failure;
            Failure = disk.Stuck;
            if (!IsWritable)
            {
                return;
            }
            if (Lost > 0)
            {
                CloseFile();
                openTried = 0;
            }
            // What was wrong before is told already; room is looked for here and now.
            disk.Forget();
            Guard(disk.CheckSpace);
            if (IsWritable)
            {
                Append(now, "recovered", line => AuditLine.Field(line, "text", why));
            }
        }

        public void Dispose()
        {
            disk.Dispose();
            CloseFile();
            claim?.Dispose();
            claim = null;
            isClosed = true;
            Failure = "closed";
        }

        /// <returns>whether it was written</returns>
        private bool Append(long time, string kind, Action<StringBuilder> fields, bool isAgain = false)
        {
            if (isClosed)
            {
                return false;
            }
            if (Guard(() => AppendNow(time, kind, fields)))
            {
                return true;
            }
            // Of one that was tried before a lost line may have told already.
            Lost = isAgain ? Math.Max(1, Lost) : Lost + 1;
            if (IsTimeToOpen(time))
            {
                // A file of a network's disk that was away never works again; opened anew it does.
                CloseFile();
            }
            return false;
        }

        private void AppendNow(long time, string kind, Action<StringBuilder> fields)
        {
            if (stream == null && !IsTimeToOpen(time))
            {
                throw new IOException(Failure ?? "no file is open");
            }
            if (stream == null || AuditLine.ToUtc(time).Date > day)
            {
                OpenDay(time);
            }
            if (Lost > 0)
            {
                Write(time, "lost", line => AuditFields.Lost(line, Lost, Failure));
                Lost = 0;
            }
            Write(time, kind, fields);
        }

        private void Remember(string line)
        {
            History.Take(line);
            if (++linesRead >= PatientLines && isHurried)
            {
                hasGivenUp = true;
                throw new IOException("KILL or the end came before all was read that earlier runs wrote");
            }
        }

        private bool IsTimeToOpen(long time) => openTried == 0 || Math.Abs(time - openTried) >= OpenInterval;

        private void Write(long time, string kind, Action<StringBuilder> fields)
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

        private void OpenDay(long time)
        {
            openTried = time;
            CloseFile();
            Claim();
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

        private string PathFor(DateTime today)
        {
            string found = Path.Combine(folder, AuditFiles.Name(today, 1));
            for (int part = 2; File.Exists(found) && new FileInfo(found).Length > 0 && !Continues(found); part++)
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
                CloseFile();
                throw;
            }
        }

        private bool Continues(string path)
        {
            // Without what it says it cannot be gone on with, and need not be read again and again.
            if (!isRestored)
            {
                return false;
            }
            AuditCheck check = files.Of(path);
            // A run that did not know the earlier ones began to count anew.
            return check.IsWhole && check.LastHash == hash && check.LastNumber == number;
        }

        /// <summary>
        /// Another NinjaTrader must not write the same log: the files themselves can be opened by more than one, since the
        /// disk is told through a second opening to keep them.
        /// </summary>
        private void Claim()
        {
            Directory.CreateDirectory(folder);
            if (claim == null && IsOnDisk)
            {
                claim = new FileStream(Path.Combine(folder, ClaimFile), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None);
            }
        }

        /// <summary>What goes wrong shows as Failure; half a line is taken back.</summary>
        /// <returns>whether it was done</returns>
        private bool Guard(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (Exception e)
            {
                Failure = e.Message;
                TakeBackHalfALine();
                return false;
            }
        }

        private void TakeBackHalfALine()
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
                CloseFile();
            }
        }

        private void CloseFile()
        {
            Stream closed = stream;
            stream = null;
            try
            {
                closed?.Dispose();
            }
            catch (Exception e)
            {
                Failure = e.Message;
            }
        }

        private static Stream OpenFile(string path) =>
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, Unbuffered);
    }
}
