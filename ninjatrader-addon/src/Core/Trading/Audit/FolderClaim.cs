using System;
using System.IO;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Another NinjaTrader must not write the same files: most can be opened by more than one, so who writes holds a file
    /// beside them that cannot. Any thread.
    /// </summary>
    internal sealed class FolderClaim : IDisposable
    {
        private readonly object access = new object();
        private readonly string folder;
        private readonly string fileName;
        private readonly bool isOnDisk;
        private FileStream held;

        /// <param name="folder">of what is written</param>
        /// <param name="fileName">held open by who writes it</param>
        /// <param name="isOnDisk">false: what a test holds for a disk, which nobody else can write</param>
        public FolderClaim(string folder, string fileName, bool isOnDisk)
        {
            this.folder = folder;
            this.fileName = fileName;
            this.isOnDisk = isOnDisk;
        }

        /// <summary>Makes the folder if there is none, and claims it unless that is done.</summary>
        /// <exception cref="IOException">Another holds it, or the folder cannot be made.</exception>
        public void Take()
        {
            Directory.CreateDirectory(folder);
            lock (access)
            {
                if (held == null && isOnDisk)
                {
                    held = new FileStream(Path.Combine(folder, fileName), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                        FileShare.None);
                }
            }
        }

        public void Dispose()
        {
            lock (access)
            {
                held?.Dispose();
                held = null;
            }
        }
    }
}
