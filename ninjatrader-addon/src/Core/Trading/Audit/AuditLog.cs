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
        private const string LockFile = "tickbridge-audit.lock";

        private readonly string folder;
        private readonly AuditDisk disk;
        private readonly FolderClaim claim;
        private readonly EarlierFiles earlier;
        private readonly AuditWriter writer;
        private bool isClosed;

        public AuditLog(string folder, long minimumFree) : this(folder, minimumFree, AuditWriter.OpenFile)
        {
        }

        /// <summary>With another way to open files: for tests.</summary>
        internal AuditLog(string folder, long minimumFree, Func<string, Stream> open)
        {
            this.folder = folder;
            IsOnDisk = open.Method == ((Func<string, Stream>)AuditWriter.OpenFile).Method;
            disk = new AuditDisk(folder, minimumFree);
            claim = new FolderClaim(folder, LockFile, IsOnDisk);
            earlier = new EarlierFiles(folder);
            writer = new AuditWriter(folder, open, claim, earlier, what => Failure = what);
        }

        /// <summary>Where its files are.</summary>
        public string Folder => folder;

        /// <summary>It is written to the disk, not to what a test holds for one.</summary>
        public bool IsOnDisk { get; }

        /// <summary>Why no entry may pass: what was not written, or may soon not be; null: none. Recover ends it.</summary>
        public string Failure { get; private set; } = "not opened";

        public bool IsWritable => Failure == null;

        /// <summary>Lines that could not be written since the last one that could.</summary>
        public long Lost { get; private set; }

        /// <summary>Hash of the last line: names everything written so far.</summary>
        public string LastHash => writer.LastHash;

        /// <summary>What earlier runs wrote.</summary>
        public AuditHistory History => earlier.History;

        /// <summary>Damage found in earlier files; empty: none.</summary>
        public string Damage => earlier.Damage;

        /// <summary>
        /// Of it what lies in today's or yesterday's file: what was lost and handled today may not all be known.
        /// </summary>
        public string RecentDamage => earlier.RecentDamage;

        /// <summary>For tests: waits until nothing is being asked of the disk.</summary>
        internal void SettleDisk()
        {
            disk.Settle();
        }

        /// <summary>For tests: how often a file of the log was read.</summary>
        internal int FilesRead => earlier.Reads;

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
                claim.Take();
                earlier.Read(AuditLine.ToUtc(now).Date, writer.Follow);
                writer.OpenDay(now);
                Failure = null;
                disk.CheckSpace();
            });
            if (!earlier.AreRead)
            {
                Failure += earlier.AreGivenUp ? "; press Connect" : "; mend that and press Connect";
            }
        }

        /// <summary>
        /// KILL or the end must not wait until a log of gigabytes is read: Start gives that up, and no entry passes in
        /// this run. Any thread.
        /// </summary>
        public void Hurry()
        {
            earlier.Hurry();
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
            Append(now, "realized", line => AuditFields.Realized(line, account, day, realized, earlier.AreRead), isAgain);

        public void Noticed(TradingNotice notice)
        {
            Append(notice.Time, "notice", line => AuditFields.Of(line, notice));
        }

        /// <summary>Once a second: asks that the disk keep it, and looks for room. Does not wait for the disk.</summary>
        public void Sync()
        {
            if (!writer.IsOpen)
            {
                return;
            }
            string wrong = disk.Ask(writer.FileName);
            Failure = Failure ?? wrong;
        }

        /// <summary>After a failure: tries again by writing a line.</summary>
        public void Recover(long now)
        {
            // Without what earlier runs wrote, their signals would pass once more.
            if (IsWritable || isClosed || !earlier.AreRead)
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
                writer.Close();
                writer.OpenAtOnce();
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
            writer.Close();
            claim.Dispose();
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
            if (writer.IsTimeToOpen(time))
            {
                // A file of a network's disk that was away never works again; opened anew it does.
                writer.Close();
            }
            return false;
        }

        private void AppendNow(long time, string kind, Action<StringBuilder> fields)
        {
            if (!writer.IsOpen && !writer.IsTimeToOpen(time))
            {
                throw new IOException(Failure ?? "no file is open");
            }
            if (writer.NeedsOpening(time))
            {
                writer.OpenDay(time);
            }
            if (Lost > 0)
            {
                writer.Write(time, "lost", line => AuditFields.Lost(line, Lost, Failure));
                Lost = 0;
            }
            writer.Write(time, kind, fields);
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
                writer.TakeBackHalfALine();
                return false;
            }
        }
    }
}
