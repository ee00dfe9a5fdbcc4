namespace Tickbridge.Host
{
    using System;
    using System.IO;
    using System.Text;
    using System.Threading;

    /// <summary>
    /// Each KILL from the moment it is pressed until somebody has acted on it and written that down. Kept in a file too,
    /// since NinjaTrader may end before: written and deleted on a thread of its own, so that neither who presses nor who
    /// acts waits for a disk. Any thread.
    /// </summary>
    internal sealed class WantedKill
    {
        public const string FileName = "tickbridge-kill.txt";

        private readonly object access = new object();
        private readonly string path;
        private readonly Action<string> fleeting;
        private readonly Action<string> lasting;

        /// <summary>Number of the last one that was pressed, and of the last one that is done: that and all before.</summary>
        private long asked;
        private long done;

        /// <summary>It is known whether an earlier run left the file: only then is one that is there ours.</summary>
        private volatile bool isLookedFor;

        /// <summary>The file is there, as far as is known.</summary>
        private bool isThere;
        private bool isWriting;

        /// <summary>It is another's from now on.</summary>
        private bool isLeft;

        /// <param name="folder">where it is kept, if there is such a folder</param>
        /// <param name="fleeting">is told why one that waits lasts only as long as NinjaTrader does</param>
        /// <param name="lasting">is told why one that is done is done once more at the next start</param>
        public WantedKill(string folder, Action<string> fleeting, Action<string> lasting)
        {
            path = Path.Combine(folder, FileName);
            this.fleeting = fleeting;
            this.lasting = lasting;
        }

        /// <summary>Number of the last one that was pressed.</summary>
        public long Last
        {
            get
            {
                lock (access)
                {
                    return asked;
                }
            }
        }

        public bool IsWanted
        {
            get
            {
                lock (access)
                {
                    return asked > done;
                }
            }
        }

        /// <summary>Looks, until it is known, whether an earlier run left one.</summary>
        /// <exception cref="IOException">It cannot be told.</exception>
        public void Look()
        {
            // Outside the lock: who presses must not wait for the disk.
            bool isFound = !isLookedFor && IsFileThere();
            lock (access)
            {
                asked += isFound ? 1 : 0;
                isThere |= isFound;
                isLookedFor = true;
                Settle();
            }
        }

        /// <summary>One is pressed. From now on it is wanted; Keep has it kept.</summary>
        /// <returns>its number</returns>
        public long Ask()
        {
            lock (access)
            {
                isLeft = false;
                return ++asked;
            }
        }

        /// <summary>Has the file say what is wanted. Does not wait.</summary>
        public void Keep()
        {
            lock (access)
            {
                Settle();
            }
        }

        /// <summary>Somebody acted on it, and it is written down. Does not wait.</summary>
        /// <param name="number">of the last one that was acted on</param>
        public void Done(long number)
        {
            lock (access)
            {
                done = Math.Max(done, number);
                Settle();
            }
        }

        /// <summary>Another acts on it, who deletes the file when that is done.</summary>
        public void HandedOver()
        {
            lock (access)
            {
                done = asked;
                isLeft = true;
                isThere = false;
            }
        }

        /// <summary>Waits until the file says what is wanted, or cannot.</summary>
        /// <returns>false: the disk holds it up</returns>
        public bool WaitUntilKept(int millis)
        {
            int start = Environment.TickCount;
            lock (access)
            {
                while (isWriting)
                {
                    int left = millis - (Environment.TickCount - start);
                    if (left <= 0)
                    {
                        return false;
                    }
                    Monitor.Wait(access, left);
                }
                return true;
            }
        }

        private bool IsFileThere()
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
                {
                    return true;
                }
            }
            // Not asked whether it exists: of what cannot be reached that would be denied.
            catch (FileNotFoundException)
            {
                return false;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                throw new IOException("cannot tell whether a KILL waits: " + path + ": " + e.Message + "; mend that and press "
                    + "Connect, or delete the file where no KILL is wanted", e);
            }
        }

        /// <summary>Begins to write or delete where that is due. The lock is held.</summary>
        private void Settle()
        {
            if (!isWriting && !isLeft && asked > done != isThere)
            {
                isWriting = true;
                new Thread(Write) { IsBackground = true, Name = "tickbridge-kill-file" }.Start();
            }
        }

        private void Write()
        {
            bool isWanted;
            long moves;
            while (IsDue(out isWanted, out moves))
            {
                string why = isWanted ? Try(Create) : Try(Delete);
                // Also one that was not written whole makes the next start do it.
                if (!Wrote(why == null ? isWanted : !isWanted || File.Exists(path), why == null || isWanted != IsWanted))
                {
                    (isWanted ? fleeting : lasting)(why);
                    if (IsOver(moves))
                    {
                        return;
                    }
                }
            }
        }

        /// <param name="isWanted">what the file is to say</param>
        /// <param name="moves">to tell whether something was pressed or done since</param>
        /// <returns>false: it says so, and this thread ends</returns>
        private bool IsDue(out bool isWanted, out long moves)
        {
            lock (access)
            {
                isWanted = asked > done;
                moves = asked + done;
                isWriting = isWanted != isThere && !isLeft;
                Monitor.PulseAll(access);
                return isWriting;
            }
        }

        private bool Wrote(bool isNow, bool isFine)
        {
            lock (access)
            {
                isThere = isNow && !isLeft;
                return isFine;
            }
        }

        /// <summary>What could not be written or deleted is not tried again and again, but with the next that is pressed or done.</summary>
        private bool IsOver(long moves)
        {
            lock (access)
            {
                isWriting = moves != asked + done;
                Monitor.PulseAll(access);
                return !isWriting;
            }
        }

        private void Create()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path));
            byte[] text = Encoding.UTF8.GetBytes("KILL was pressed and is not done yet: it is done as soon as trading runs.\n");
            using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                stream.Write(text, 0, text.Length);
                stream.Flush(true);
            }
        }

        private void Delete()
        {
            File.Delete(path);
            // Where its folder is away that went well too.
            if (IsFileThere())
            {
                throw new IOException("it is there still");
            }
        }

        private string Try(Action what)
        {
            try
            {
                what();
                return null;
            }
            // Nothing may leave a thread of NinjaTrader's process.
            catch (Exception e)
            {
                return path + ": " + e.Message;
            }
        }
    }
}
