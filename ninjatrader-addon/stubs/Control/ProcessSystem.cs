using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace Tickbridge.Stubs
{
    /// <summary>What the operating system knows of this process: threads and sockets, seen from outside.</summary>
    internal static class ProcessSystem
    {
        private const string Tasks = "/proc/self/task";

        /// <summary>Names that Mono gives to threads of its own, as far as the system keeps names: 15 characters.</summary>
        private static readonly string[] RuntimeOwn = { "Thread Pool", "Timer-Scheduler", "SGen worker", "Finalizer" };

        /// <summary>Whether it can be asked.</summary>
        public static bool IsKnown => Directory.Exists(Tasks);

        /// <summary>
        /// Every thread of the process, whatever it is called or not, and what is at work on the runtime's pool: what a
        /// stretch of time left behind is more than there was before. Left out are those that the runtime starts and ends as
        /// it sees fit. Any thread.
        /// </summary>
        public static string[] Threads()
        {
            int workers;
            int most;
            int others;
            ThreadPool.GetAvailableThreads(out workers, out others);
            ThreadPool.GetMaxThreads(out most, out others);
            WakePool();
            return Directory.GetDirectories(Tasks).Select(Describe).Where(name => name != null)
                .Concat(Enumerable.Repeat("at work on the pool", most - workers)).ToArray();
        }

        /// <summary>The pool's overseer has no name, and ends when the pool rests: so it is there at each count.</summary>
        private static void WakePool()
        {
            using (var done = new ManualResetEvent(false))
            {
                ThreadPool.QueueUserWorkItem(unused => done.Set());
                done.WaitOne();
            }
        }

        /// <summary>null: it is gone, or the runtime's own.</summary>
        private static string Describe(string task)
        {
            try
            {
                string name = File.ReadAllText(Path.Combine(task, "comm")).Trim();
                return RuntimeOwn.Any(own => name.StartsWith(own, StringComparison.Ordinal)) ? null
                    : Path.GetFileName(task) + " " + name;
            }
            catch (IOException)
            {
                return null;
            }
        }

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
