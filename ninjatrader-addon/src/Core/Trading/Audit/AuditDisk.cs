using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Has the disk keep what the audit log wrote, and looks for room on it, on a thread of its own: a disk that sleeps, a
    /// network's or one that is scanned takes seconds over that, and stops, losses and KILL must not wait for it. Asked
    /// and ended by one thread.
    /// </summary>
    internal sealed class AuditDisk : IDisposable
    {
        /// <summary>A disk that sleeps takes some seconds to turn.</summary>
        private const long PatienceMillis = 10000;

        private const int EndMillis = 1000;
        private const long Mebibyte = 1024 * 1024;

        private readonly object access = new object();
        private readonly string folder;
        private readonly long minimumFree;
        private readonly Action<string> keep;
        private readonly Func<long> millis;
        private Thread thread;
        private FileStream kept;
        private string file;
        private string failure;
        private long askedAt;
        private bool isAsked;
        private bool isEnding;

        public AuditDisk(string folder, long minimumFree)
        {
            this.folder = folder;
            this.minimumFree = minimumFree;
            keep = Keep;
            long ticksPerMilli = Stopwatch.Frequency / 1000;
            millis = () => Stopwatch.GetTimestamp() / ticksPerMilli;
        }

        /// <summary>With another disk and clock: for tests.</summary>
        internal AuditDisk(Action<string> keep, Func<long> millis)
        {
            this.keep = keep;
            this.millis = millis;
        }

        /// <summary>Asks for what was written so far to be kept. Does not wait.</summary>
        /// <param name="path">the file; null: it is none of the disk's</param>
        /// <returns>what went wrong with what was asked before, or how long it has taken; null: nothing</returns>
        public string Ask(string path)
        {
            lock (access)
            {
                if (isAsked)
                {
                    return Stuck;
                }
                string was = failure;
                failure = null;
                file = path;
                isAsked = true;
                askedAt = millis();
                Start();
                Monitor.PulseAll(access);
                return was;
            }
        }

        /// <summary>Begins its thread, if it has not begun yet.</summary>
        public void Start()
        {
            lock (access)
            {
                if (thread == null && !isEnding)
                {
                    thread = new Thread(Run) { IsBackground = true, Name = "tickbridge-audit-disk" };
                    thread.Start();
                }
            }
        }

        /// <summary>A failure that nobody was told yet is of the past: what is asked from now on counts.</summary>
        public void Forget()
        {
            lock (access)
            {
                failure = null;
            }
        }

        /// <summary>For how long the disk has not answered; null: it has, or not for long.</summary>
        public string Stuck
        {
            get
            {
                lock (access)
                {
                    long since = millis() - askedAt;
                    return !isAsked || since < PatienceMillis ? null : "the disk has not answered for " + since / 1000 + " s";
                }
            }
        }

        /// <summary>Waits until nothing is being asked of the disk.</summary>
        internal void Settle()
        {
            lock (access)
            {
                while (isAsked && !isEnding)
                {
                    Monitor.Wait(access);
                }
            }
        }

        /// <summary>Looks for room at once, on the caller's thread.</summary>
        /// <exception cref="IOException">There is less than is asked for.</exception>
        public void CheckSpace()
        {
            long free = FreeSpace.Of(Path.GetFullPath(folder));
            if (free < minimumFree)
            {
                throw new IOException("only " + free / Mebibyte + " MiB are free at " + folder
                    + ", audit.free.mb asks for " + minimumFree / Mebibyte);
            }
        }

        /// <summary>Ends the thread; one that the disk holds ends when that lets it go.</summary>
        public void Dispose()
        {
            lock (access)
            {
                isEnding = true;
                Monitor.PulseAll(access);
            }
            thread?.Join(EndMillis);
        }

        private void Run()
        {
            while (true)
            {
                string path;
                lock (access)
                {
                    while (!isAsked && !isEnding)
                    {
                        Monitor.Wait(access);
                    }
                    if (isEnding)
                    {
                        break;
                    }
                    path = file;
                }
                string what = Try(path);
                lock (access)
                {
                    failure = what;
                    isAsked = false;
                    Monitor.PulseAll(access);
                }
            }
            LetGo();
        }

        private string Try(string path)
        {
            try
            {
                keep(path);
                return null;
            }
            // Whatever it is, it is not known to be kept.
            catch (Exception e)
            {
                return e.Message;
            }
        }

        private void Keep(string path)
        {
            try
            {
                if (kept != null && kept.Name != path)
                {
                    kept.Flush(true);
                    LetGo();
                }
                if (path != null)
                {
                    // An opening of its own: what flushes one holds up who writes through the same.
                    kept = kept ?? new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    kept.Flush(true);
                }
            }
            catch (Exception)
            {
                // Of a network's disk that was away it never works again; opened anew it does.
                LetGo();
                throw;
            }
            CheckSpace();
        }

        private void LetGo()
        {
            FileStream was = kept;
            kept = null;
            try
            {
                was?.Dispose();
            }
            catch (Exception)
            {
                // Nothing is in it: who writes has an opening of his own.
            }
        }
    }
}
