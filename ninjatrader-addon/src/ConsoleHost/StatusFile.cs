using System;
using System.Diagnostics;
using System.IO;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// A small JSON file for a live view: counts since the start, rate and latencies since the last writing. A reader
    /// sees the old or the new one, never half of one.
    /// </summary>
    internal sealed class StatusFile
    {
        private readonly string path;
        private readonly LinkClient link;
        private readonly LinkReport report;
        private readonly RecentDurations oneWay;
        private readonly RecentDurations signalAge;
        private readonly Stopwatch sinceLast = Stopwatch.StartNew();
        private long signalsBefore;

        public StatusFile(string path, LinkClient link)
        {
            this.path = path;
            this.link = link;
            report = new LinkReport(link);
            oneWay = new RecentDurations(link.Latencies.OneWay);
            signalAge = new RecentDurations(link.Latencies.SignalAge);
        }

        public void Write()
        {
            long signals = link.Counters[LinkCounter.Signals];
            double rate = (signals - signalsBefore) / Math.Max(sinceLast.Elapsed.TotalSeconds, 0.001);
            signalsBefore = signals;
            sinceLast.Restart();
            Replace(path, report.ToJson()
                .Add("connected", link.IsLoggedOn)
                .Add("signalsPerSecond", rate)
                .Add("oneWay", LinkReport.ToJson(oneWay.Next()))
                .Add("signalAge", LinkReport.ToJson(signalAge.Next()))
                .ToString());
        }

        /// <summary>Writes a file beside it and renames that.</summary>
        public static void Replace(string path, string text)
        {
            string fresh = path + ".new";
            File.WriteAllText(fresh, text + "\n");
            if (File.Exists(path))
            {
                File.Replace(fresh, path, null);
            }
            else
            {
                File.Move(fresh, path);
            }
        }
    }
}
