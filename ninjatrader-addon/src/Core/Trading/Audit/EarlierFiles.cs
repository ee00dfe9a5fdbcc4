using System;
using System.IO;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The audit log's files of earlier runs: read when a run begins, for what it must not forget and for where their chain
    /// ends. Trading thread, but for Hurry.
    /// </summary>
    internal sealed class EarlierFiles
    {
        /// <summary>Today, the one before that the day of the loss may have begun on, and one more over a weekend.</summary>
        private const int HistoryDays = 3;

        /// <summary>What is read within some tenths of a second is read to its end, whoever waits.</summary>
        internal const long PatientLines = 20000;

        private readonly string folder;
        private readonly CheckedFiles files = new CheckedFiles();
        private long linesRead;
        private volatile bool isHurried;

        public EarlierFiles(string folder)
        {
            this.folder = folder;
        }

        /// <summary>All was read.</summary>
        public bool AreRead { get; private set; }

        /// <summary>Reading them was given up: somebody waited.</summary>
        public bool AreGivenUp { get; private set; }

        /// <summary>What earlier runs wrote.</summary>
        public AuditHistory History { get; } = new AuditHistory();

        /// <summary>Damage found in them; empty: none.</summary>
        public string Damage { get; private set; } = "";

        /// <summary>
        /// Damage found in today's or yesterday's: what was lost and handled today may not all be known. Empty: none.
        /// </summary>
        public string RecentDamage { get; private set; } = "";

        /// <summary>For tests: how often a file was read.</summary>
        internal int Reads => files.Reads;

        /// <summary>Reads them, oldest first.</summary>
        /// <param name="today">the UTC day</param>
        /// <param name="follow">is given what was found in each</param>
        /// <exception cref="IOException">One cannot be read, or it was given up.</exception>
        public void Read(DateTime today, Action<AuditCheck> follow)
        {
            foreach (string file in AuditFiles.In(folder, HistoryDays, today))
            {
                AuditCheck check = files.Read(file, line => Remember(line, History.Take),
                    line => Remember(line, History.TakeDoubtful));
                follow(check);
                if (!check.IsWhole)
                {
                    string damage = Path.GetFileName(file) + " line " + check.BadLine + ": " + check.Problem + "; ";
                    Damage += damage;
                    RecentDamage += AuditFiles.DayOf(file) >= today.AddDays(-1) ? damage : "";
                }
            }
            AreRead = true;
        }

        /// <summary>Whoever waits need not do so for long: what is left of many lines is not read. Any thread.</summary>
        public void Hurry()
        {
            isHurried = true;
        }

        /// <summary>Whether a file can be gone on with after a line.</summary>
        /// <param name="path">its full path</param>
        /// <param name="number">of the line</param>
        /// <param name="hash">of the line</param>
        /// <exception cref="IOException">It cannot be read.</exception>
        public bool EndsWith(string path, long number, string hash)
        {
            // Without what it says it cannot be gone on with, and need not be read again and again.
            if (!AreRead)
            {
                return false;
            }
            AuditCheck check = files.Of(path);
            // A run that did not know the earlier ones began to count anew.
            return check.IsWhole && check.LastHash == hash && check.LastNumber == number;
        }

        private void Remember(string line, Action<string> take)
        {
            take(line);
            if (++linesRead >= PatientLines && isHurried)
            {
                AreGivenUp = true;
                throw new IOException("KILL or the end came before all was read that earlier runs wrote");
            }
        }
    }
}
