using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>The add-on core without NinjaTrader: connects to a gateway and prints what it hears.</summary>
    internal static class Program
    {
        private const int Ok = 0;
        private const int Failed = 1;
        private const int WrongUsage = 2;
        private const int FlushMillis = 50;
        private const int SettleMillis = 2000;

        public static int Main(string[] arguments)
        {
            try
            {
                ConsoleOptions options = ConsoleOptions.Parse(arguments);
                if (options.IsHelp)
                {
                    Console.WriteLine(ConsoleOptions.Usage);
                    return Ok;
                }
                if (options.AuditToVerify != null)
                {
                    return Verify(options.AuditToVerify);
                }
                if (options.TlsBundle == null)
                {
                    options.Link.Key = PreSharedKey.FromFile(options.KeyFile);
                }
                else
                {
                    options.Link.Tls = TlsIdentity.FromFiles(options.TlsBundle,
                        File.ReadAllText(options.TlsPasswordFile).Trim(), options.TlsAuthority);
                    options.Link.ClientName = options.Link.Tls.Name;
                }
                return Run(options);
            }
            catch (ArgumentException e)
            {
                Console.Error.WriteLine("tickbridge-console: " + e.Message + "; --help lists the options");
                return WrongUsage;
            }
            catch (Exception e) when (e is FormatException || e is IOException || e is UnauthorizedAccessException)
            {
                Console.Error.WriteLine("tickbridge-console: " + e.Message);
                return Failed;
            }
        }

        private static int Run(ConsoleOptions options)
        {
            using (var output = new LineOutput(Console.OpenStandardOutput()))
            using (SignalBodies bodies = options.BodyFile == null ? null : new SignalBodies(options.BodyFile))
            {
                var listener = new ConsoleListener(options, output, bodies, Console.Error);
                using (SimulatedTrading trading = options.IsTrading ? Trading(options, listener, output) : null)
                using (var link = new LinkClient(options.Link, (ILinkListener)trading ?? listener))
                {
                    listener.Attach(link);
                    trading?.Start(link);
                    if (options.TakesCommands)
                    {
                        new Commands(trading.Commands(), output).Listen(Console.In);
                    }
                    else
                    {
                        trading?.Arm();
                    }
                    Stopwatch elapsed = Stopwatch.StartNew();
                    link.Start();
                    Watch(options, link, listener, elapsed);
                    bool wasConnected = link.IsLoggedOn;
                    // Looked at before the link ends: from then on trading is disarmed.
                    JsonObject traded = trading?.ToJson();
                    // Trading first: what it did at its end shall reach the journal too.
                    trading?.Dispose();
                    link.SettleReports(SettleMillis);
                    link.Stop();
                    string failure = FailureOf(options, link, listener);
                    output.WriteLine(new LinkReport(link).Summary(listener.Signals).TrimEnd());
                    listener.Flush();
                    if (options.SummaryFile != null)
                    {
                        JsonObject summary = Summary(link, listener, elapsed, failure)
                            .Add("connectedAtEnd", wasConnected);
                        StatusFile.Replace(options.SummaryFile,
                            (traded == null ? summary : summary.Add("trading", traded)).ToString());
                    }
                    if (failure != null)
                    {
                        Console.Error.WriteLine("tickbridge-console: " + failure);
                    }
                    return failure == null ? Ok : Failed;
                }
            }
        }

        private static SimulatedTrading Trading(ConsoleOptions options, ILinkListener listener, LineOutput output)
        {
            TradingSettings limits = options.LimitsFile == null
                ? new TradingSettings()
                : SettingsFile.Read(options.LimitsFile);
            return new SimulatedTrading(limits, options.AuditFolder ?? limits.AuditFolder, listener, output);
        }

        private static int Verify(string path)
        {
            AuditCheck check = AuditCheck.File(path);
            Console.WriteLine(check.IsWhole
                ? path + ": " + check.Lines + " lines, whole, chain at " + check.LastHash
                : path + " line " + check.BadLine + ": " + check.Problem + "; " + check.Lines + " good lines before");
            return check.IsWhole ? Ok : Failed;
        }

        /// <summary>Keeps output and status fresh until there is a reason to end.</summary>
        private static void Watch(ConsoleOptions options, LinkClient link, ConsoleListener listener, Stopwatch elapsed)
        {
            var stop = new ManualResetEvent(false);
            StopSignals.Listen(stop);
            StatusFile status = options.StatusFile == null ? null : new StatusFile(options.StatusFile, link);
            long nextStatus = 0;
            WaitHandle[] ends = { stop, listener.Done };
            while (WaitHandle.WaitAny(ends, FlushMillis) == WaitHandle.WaitTimeout && link.LastListenerFailure == null
                && (options.Seconds == 0 || elapsed.Elapsed.TotalSeconds < options.Seconds))
            {
                listener.Flush();
                if (status != null && elapsed.ElapsedMilliseconds >= nextStatus)
                {
                    status.Write();
                    nextStatus += 1000;
                }
            }
            if (status != null)
            {
                status.Write();
            }
        }

        /// <summary>What makes the run a failure; null: nothing.</summary>
        private static string FailureOf(ConsoleOptions options, LinkClient link, ConsoleListener listener)
        {
            if (listener.Hopeless != null)
            {
                return listener.Hopeless;
            }
            if (link.LastListenerFailure != null)
            {
                return link.LastListenerFailure.Message;
            }
            if (link.Counters[LinkCounter.Logons] == 0)
            {
                return "never logged on to " + options.Link.Host + ":" + options.Link.Port;
            }
            if (link.Counters[LinkCounter.Holes] > 0)
            {
                return link.Counters[LinkCounter.FramesInHoles]
                    + " frames missing that the gateway did not account for";
            }
            return listener.Signals < options.Count
                ? "only " + listener.Signals + " of " + options.Count + " signals came"
                : null;
        }

        private static JsonObject Summary(LinkClient link, ConsoleListener listener, Stopwatch elapsed,
            string failure) =>
            new LinkReport(link).ToJson()
                .Add("signalsPrinted", listener.Signals)
                .Add("seconds", elapsed.Elapsed.TotalSeconds)
                .Add("failure", failure)
                .Add("oneWay", LinkReport.ToJson(link.Latencies.OneWay))
                .Add("signalAge", LinkReport.ToJson(link.Latencies.SignalAge));
    }
}
