using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformHost
{
    /// <summary>
    /// A process that is NinjaTrader as far as the stubs are: the add-on, compiled from the archive's sources, is loaded into
    /// it and used through menu and window. Commands come from standard input, one a line, each answered by done or failed;
    /// what changes on the screen and in the accounts is printed as it changes.
    /// </summary>
    internal static class Program
    {
        private const int PollMillis = 20;

        private static int Main(string[] arguments)
        {
            if (arguments.Length != 2)
            {
                Console.Error.WriteLine("usage: tickbridge-platform-host USER-FOLDER ASSEMBLY-FOLDER");
                return 2;
            }
            var lines = new BlockingCollection<string>();
            var reader = new Thread(() => Read(lines)) { IsBackground = true, Name = "stdin" };
            reader.Start();
            StubPlatform.Open(arguments[0], "Sim101", "Live1");
            var commands = new Commands(arguments[1]);
            var screen = new Screen();
            while (!lines.IsCompleted)
            {
                string line;
                if (lines.TryTake(out line, PollMillis))
                {
                    Obey(commands, line);
                }
                StubThreads.Tick();
                screen.Print();
            }
            StubPlatform.Close();
            foreach (Exception escaped in StubPlatform.Escaped)
            {
                Console.WriteLine("escaped " + escaped);
            }
            Console.WriteLine("closed subscriptions=" + StubPlatform.Subscribers.Count);
            return StubPlatform.Escaped.Length == 0 && StubPlatform.Subscribers.Count == 0 ? 0 : 1;
        }

        private static void Read(BlockingCollection<string> lines)
        {
            string line;
            while ((line = Console.In.ReadLine()) != null && line != "end")
            {
                lines.Add(line);
            }
            lines.CompleteAdding();
        }

        private static void Obey(Commands commands, string line)
        {
            try
            {
                commands.Do(line);
                Console.WriteLine("done " + line);
            }
            catch (Exception e)
            {
                Console.WriteLine("failed " + line + ": " + e.Message);
            }
        }
    }
}
