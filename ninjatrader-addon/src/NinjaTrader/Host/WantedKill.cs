namespace Tickbridge.Host
{
    using System;
    using System.IO;

    /// <summary>
    /// A KILL that nobody could act on yet: trading did not run. Kept in a file, since NinjaTrader may end before it does.
    /// Any thread.
    /// </summary>
    internal sealed class WantedKill
    {
        public const string FileName = "tickbridge-kill.txt";

        private readonly object access = new object();
        private readonly string path;
        private volatile bool isWanted;

        /// <param name="folder">where it is kept, if there is such a folder</param>
        public WantedKill(string folder)
        {
            path = Path.Combine(folder, FileName);
            isWanted = File.Exists(path);
        }

        public bool IsWanted => isWanted;

        /// <returns>null, or why it lasts only as long as NinjaTrader does</returns>
        public string Want()
        {
            isWanted = true;
            return Try(() =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path));
                File.WriteAllText(path, "KILL was pressed while trading did not run: it is done as soon as it does.\n");
            });
        }

        /// <summary>Somebody acted on it.</summary>
        /// <returns>null, or why it is done once more at the next start</returns>
        public string Done()
        {
            // In this order: what is no longer wanted must not come back with the next start.
            string why = Try(() => File.Delete(path));
            isWanted = false;
            return why;
        }

        /// <summary>Another acts on it, who deletes the file when that is done.</summary>
        public void HandedOver()
        {
            isWanted = false;
        }

        private string Try(Action write)
        {
            try
            {
                lock (access)
                {
                    write();
                }
                return null;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                return path + ": " + e.Message;
            }
        }
    }
}
