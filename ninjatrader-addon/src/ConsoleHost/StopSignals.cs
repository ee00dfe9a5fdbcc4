using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Sets an event on SIGINT and SIGTERM, so that the program ends with its summary. Mono's own way lies in
    /// Mono.Posix.dll, a package of its own; the native half of it comes with the runtime, so it is called directly.
    /// Where that is not there (Windows), Ctrl+C alone counts.
    /// </summary>
    internal static class StopSignals
    {
        private const int Interrupt = 2;
        private const int Terminate = 15;
        private const int PollMillis = 500;

        private delegate int RuntimeIsShuttingDown();

        public static void Listen(EventWaitHandle stop)
        {
            try
            {
                IntPtr[] signals = { Install(Interrupt), Install(Terminate) };
                new Thread(() => Wait(signals, stop)) { IsBackground = true, Name = "signals" }.Start();
            }
            catch (Exception e) when (e is DllNotFoundException || e is EntryPointNotFoundException)
            {
                Console.CancelKeyPress += (sender, pressed) =>
                {
                    pressed.Cancel = true;
                    stop.Set();
                };
            }
        }

        private static void Wait(IntPtr[] signals, EventWaitHandle stop)
        {
            RuntimeIsShuttingDown never = () => 0;
            int which;
            do
            {
                // The index of the signal that came, the timeout itself when none did, or below 0 when interrupted.
                which = WaitAny(signals, signals.Length, PollMillis, never);
            }
            while (which < 0 || which >= signals.Length);
            stop.Set();
        }

        [DllImport("MonoPosixHelper", EntryPoint = "Mono_Unix_UnixSignal_install")]
        private static extern IntPtr Install(int signal);

        [DllImport("MonoPosixHelper", EntryPoint = "Mono_Unix_UnixSignal_WaitAny")]
        private static extern int WaitAny(IntPtr[] signals, int count, int timeoutMillis,
            RuntimeIsShuttingDown shuttingDown);
    }
}
