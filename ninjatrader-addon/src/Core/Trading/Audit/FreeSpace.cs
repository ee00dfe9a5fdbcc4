using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Free bytes where a folder is. DriveInfo knows drives alone: .NET Framework refuses \\server\share, which a
    /// redirected Documents folder is, and there Windows itself is asked. Any thread.
    /// </summary>
    internal static class FreeSpace
    {
        private const string ShareBegin = @"\\";

        /// <param name="folder">full path</param>
        /// <exception cref="IOException">The disk does not tell.</exception>
        public static long Of(string folder) => Of(folder, OfDrive, OfShare);

        /// <summary>With other disks: for tests.</summary>
        internal static long Of(string folder, Func<string, long> ofDrive, Func<string, long> ofShare) =>
            folder.StartsWith(ShareBegin, StringComparison.Ordinal)
                // Of a share Windows takes no name without it.
                ? ofShare(folder.TrimEnd('\\') + "\\")
                : ofDrive(folder);

        private static long OfDrive(string folder) => new DriveInfo(folder).AvailableFreeSpace;

        private static long OfShare(string folder)
        {
            ulong available;
            ulong size;
            ulong free;
            if (!GetDiskFreeSpaceEx(folder, out available, out size, out free))
            {
                throw new IOException("how much is free at " + folder + " cannot be told: " + new Win32Exception().Message);
            }
            return (long)Math.Min(available, long.MaxValue);
        }

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static extern bool GetDiskFreeSpaceEx(string directory, out ulong available, out ulong size, out ulong free);
    }
}
