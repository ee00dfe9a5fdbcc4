using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The local record of every decision and everything that became of it: append-only, one file a UTC day, each line
    /// handed to the operating system before what it tells of is done, and chained by hashes. What cannot be written
    /// makes it unwritable until it was written again; then no entry passes. Trading thread.
    /// </summary>
    /// <remarks>
    /// A crash of the process loses nothing. The disk itself is told to keep it once a second: a power failure may
    /// cost what came since. Whoever can write the file could also make a new chain; that shows against the hash that
    /// is told over the link at each start and at the end of each day.
    /// </remarks>
    internal sealed class AuditLog : IDisposable
    {
        private readonly string folder;
        private readonly long minimumFree;
        private readonly Func<string, Stream> open;
        private readonly List<KeyValuePair<ulong, ulong>> handled = new List<KeyValuePair<ulong, ulong>>();
        private Stream stream;
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
            this.minimumFree = minimumFree;
            this.open = open;
        }

        /// <summary>Where its files are.</summary>
        public string Folder => folder;

        /// <summary>It is written to the disk, not to what a test holds for one.</summary>
        public bool IsOnDisk => open.Method == ((Func<string, Stream>)OpenFile).Method;

        /// <summary>Why nothing can be written; null: it can.</summary>
        public string Failure { get; private set; } = "not opened";

        public bool IsWritable => Failure == null;

        /// <summary>Hash of the last line: names everything written so far.</summary>
        public string LastHash => hash;

        /// <summary>Signals of the last files, for SignalLedger.</summary>
        public IEnumerable<KeyValuePair<ulong, ulong>> Handled => handled;

        /// <summary>Damage found in earlier files; empty: none.</summary>
        public string Damage { get; private set; } = "";

        /// <summary>Reads what earlier runs wrote, and opens today's file. A failure shows in IsWritable.</summary>
        public void Start(long now)
        {
            Guard(() =>
            {
                Directory.CreateDirectory(folder);
                string[] files = AuditFiles.In(folder);
                foreach (string file in files.Skip(Math.Max(0, files.Length - 3)))
                {
                    AuditCheck check = AuditCheck.File(file, Restore);
                    number = Math.Max(number, check.LastNumber);
                    hash = check.LastHash ?? hash;
                    if (!check.IsWhole)
                    {
                        Damage += Path.GetFileName(file) + " line " + check.BadLine + ": " + check.Problem + "; ";
                    }
                }
                OpenDay(now);
            });
        }

        public void Decided(Decision decision)
        {
            Append(decision.Time, "decision", line =>
            {
                Field(line, "session", decision.Session);
                Field(line, "signal", decision.SignalNumber);
                Field(line, "signalRule", decision.SignalRule);
                Text(line, "instrument", decision.Instrument);
                Text(line, "account", decision.Account);
                Text(line, "mode", decision.Mode.ToString());
                Text(line, "side", decision.Side.HasValue ? decision.Side.Value.ToString() : "None");
                Field(line, "quantity", decision.Quantity);
                Text(line, "price", FixedPrice.Format(decision.Price));
                Text(line, "passed", decision.IsPassed ? "yes" : "no");
                Text(line, "send", decision.Handle != 0 ? "yes" : "no");
                Text(line, "rule", decision.RefusedBy.ToString());
                Field(line, "measured", decision.Measured);
                Field(line, "limit", decision.Limit);
                Text(line, "unit", decision.Unit);
                Field(line, "ageNs", decision.Age);
                Field(line, "boundNs", decision.AgeBound);
                Text(line, "text", decision.Text);
            });
        }

        public void Submitting(OrderTicket ticket, long now)
        {
            Append(now, "submit", line =>
            {
                Named(line, ticket.Handle, ticket.Name, ticket.Account, ticket.Instrument);
                Text(line, "purpose", ticket.Purpose.ToString());
                Text(line, "side", ticket.Side.ToString());
                Text(line, "kind", ticket.Kind.ToString());
                Field(line, "quantity", ticket.Quantity);
                Text(line, "limitPrice", FixedPrice.Format(ticket.LimitPrice));
                Text(line, "stopPrice", FixedPrice.Format(ticket.StopPrice));
                Text(line, "oco", ticket.OcoGroup);
                Text(line, "atm", ticket.AtmTemplate);
            });
        }

        public void Asking(string verb, OrderReport order, string more, long now)
        {
            Append(now, verb, line =>
            {
                Named(line, order.Handle, order.Name, order.Account, order.Instrument);
                Text(line, "to", more);
            });
        }

        public void Flattening(string account, string instrument, long now)
        {
            Append(now, "flatten", line => Text(Text(line, "account", account), "instrument", instrument));
        }

        public void Heard(OrderReport order)
        {
            Append(order.Time, "order", line =>
            {
                Named(line, order.Handle, order.Name, order.Account, order.Instrument);
                Text(line, "side", order.Side.ToString());
                Text(line, "kind", order.Kind.ToString());
                Text(line, "status", order.Status.ToString());
                Field(line, "quantity", order.Quantity);
                Field(line, "filled", order.Filled);
                Text(line, "limitPrice", FixedPrice.Format(order.LimitPrice));
                Text(line, "stopPrice", FixedPrice.Format(order.StopPrice));
                Text(line, "averagePrice", FixedPrice.Format(order.AveragePrice));
                Text(line, "error", order.Error.ToString());
                Text(line, "comment", order.Comment);
            });
        }

        public void Heard(ExecutionReport execution)
        {
            Append(execution.Time, "execution", line =>
            {
                Fill(line, execution);
                Text(line, "removed", execution.IsRemoved ? "yes" : "no");
            });
        }

        /// <summary>A fill that was told before is told otherwise.</summary>
        public void Corrected(ExecutionReport execution, long now)
        {
            Append(now, "correction", line => Fill(line, execution));
        }

        public void Heard(PositionReport position)
        {
            Append(position.Time, "position", line =>
            {
                Text(line, "account", position.Account);
                Text(line, "instrument", position.Instrument);
                Field(line, "quantity", position.Quantity);
                Text(line, "averagePrice", FixedPrice.Format(position.AveragePrice));
            });
        }

        public void Noticed(TradingNotice notice)
        {
            Append(notice.Time, "notice", line =>
            {
                Text(line, "what", notice.Kind.ToString());
                Text(line, "account", notice.Account);
                Text(line, "instrument", notice.Instrument);
                Text(line, "text", notice.Text);
            });
        }

        /// <summary>Once a second: tells the disk to keep it, and looks for room.</summary>
        public void Sync()
        {
            if (stream == null)
            {
                return;
            }
            Guard(() =>
            {
                var file = stream as FileStream;
                if (file != null)
                {
                    file.Flush(true);
                }
                CheckSpace();
            });
        }

        /// <summary>After a failure: tries again by writing a line.</summary>
        public void Recover(long now)
        {
            if (IsWritable)
            {
                return;
            }
            string why = Failure;
            Failure = null;
            Guard(CheckSpace);
            Append(now, "recovered", line => Text(line, "text", why));
        }

        public void Dispose()
        {
            if (stream != null)
            {
                Guard(stream.Dispose);
                stream = null;
            }
            Failure = "closed";
        }

        private void Append(long time, string kind, Action<StringBuilder> fields)
        {
            if (!IsWritable)
            {
                return;
            }
            Guard(() =>
            {
                if (stream == null || AuditLine.ToUtc(time).Date > day)
                {
                    OpenDay(time);
                }
                Write(time, kind, fields);
            });
        }

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
            stream?.Dispose();
            stream = null;
            day = AuditLine.ToUtc(time).Date;
            string path = Path.Combine(folder, AuditFiles.Name(day, 1));
            for (int part = 2; System.IO.File.Exists(path) && !Continues(path); part++)
            {
                // Nothing is mended: what is damaged stays as it is, and another part begins.
                path = Path.Combine(folder, AuditFiles.Name(day, part));
            }
            stream = open(path);
            length = stream.Length;
            Failure = null;
            CheckSpace();
            if (length == 0)
            {
                Write(time, "file", line => Text(Text(line, "previousHash", hash), "version", "1"));
            }
        }

        private bool Continues(string path)
        {
            AuditCheck check = AuditCheck.File(path);
            return check.IsWhole && check.LastHash == hash;
        }

        private void CheckSpace()
        {
            long free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
            if (free < minimumFree)
            {
                throw new IOException("only " + free / (1024 * 1024) + " MiB are free at " + folder
                    + ", audit.free.mb asks for " + minimumFree / (1024 * 1024));
            }
        }

        /// <summary>What goes wrong shows as Failure; half a line is taken back.</summary>
        private void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                Failure = e.Message;
                TakeBackHalfALine();
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
                // The file stays damaged at its end: the next start sees that and begins another part.
                stream = null;
            }
        }

        private void Restore(string line)
        {
            ulong session;
            ulong signal;
            string kind = line.Split(AuditLine.Separator)[2];
            if (kind == "decision" && ulong.TryParse(AuditLine.ValueOf(line, "session"), out session)
                && ulong.TryParse(AuditLine.ValueOf(line, "signal"), out signal))
            {
                handled.Add(new KeyValuePair<ulong, ulong>(session, signal));
            }
        }

        private static Stream OpenFile(string path) =>
            new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 4096);

        /// <summary>Which order a line is about.</summary>
        private static void Named(StringBuilder line, long handle, string name, string account, string instrument)
        {
            Field(line, "handle", handle);
            Text(line, "name", name);
            Text(line, "account", account);
            Text(line, "instrument", instrument);
        }

        private static void Fill(StringBuilder line, ExecutionReport execution)
        {
            Text(line, "id", execution.ExecutionId);
            Field(line, "handle", execution.Handle);
            Text(line, "account", execution.Account);
            Text(line, "instrument", execution.Instrument);
            Text(line, "side", execution.Side.ToString());
            Field(line, "quantity", execution.Quantity);
            Text(line, "price", FixedPrice.Format(execution.Price));
            Text(line, "cost", execution.Cost.ToString("R", CultureInfo.InvariantCulture));
        }

        private static StringBuilder Text(StringBuilder line, string name, string value) =>
            AuditLine.Field(line, name, value);

        private static void Field(StringBuilder line, string name, long value)
        {
            AuditLine.Field(line, name, value.ToString(CultureInfo.InvariantCulture));
        }

        private static void Field(StringBuilder line, string name, ulong value)
        {
            AuditLine.Field(line, name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
