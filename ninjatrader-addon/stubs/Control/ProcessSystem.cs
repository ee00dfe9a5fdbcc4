using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Tickbridge.Stubs
{
    /// <summary>What the operating system knows of this process: threads and sockets, seen from outside.</summary>
    internal static class ProcessSystem
    {
        private const string Tasks = "/proc/self/task";

        /// <summary>Whether it can be asked.</summary>
        public static bool IsKnown => Directory.Exists(Tasks);

        /// <summary>Threads of the add-on, by the names that the system has of them.</summary>
        public static string[] Threads() => Directory.GetDirectories(Tasks).Select(task =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "comm")).Trim();
            }
            catch (IOException)
            {
                return "";
            }
        }).Where(name => name.StartsWith("tickbridge", StringComparison.Ordinal)).ToArray();

        public static int Sockets() => new DirectoryInfo("/proc/self/fd").GetFiles().Count(file =>
            ReadLink(file.FullName).StartsWith("socket:", StringComparison.Ordinal));

        /// <summary>.NET Framework does not offer it: where a link of /proc points to.</summary>
        private static string ReadLink(string path)
        {
            var target = new byte[256];
            IntPtr length = readlink(path, target, (IntPtr)target.Length);
            return length.ToInt64() <= 0 ? "" : Encoding.UTF8.GetString(target, 0, (int)length);
        }

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr readlink(string path, byte[] target, IntPtr size);
    }
}
