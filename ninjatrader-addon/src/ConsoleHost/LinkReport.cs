using System;
using System.Globalization;
using System.Text;
using Tickbridge.Core;

namespace Tickbridge.ConsoleHost
{
    /// <summary>States what the link counted and measured, for people and for programs. All durations ns.</summary>
    internal sealed class LinkReport
    {
        private readonly LinkClient link;

        public LinkReport(LinkClient link)
        {
            this.link = link;
        }

        /// <summary>Every counter, and the clock.</summary>
        public JsonObject ToJson()
        {
            var json = new JsonObject();
            foreach (LinkCounter counter in Enum.GetValues(typeof(LinkCounter)))
            {
                string name = counter.ToString();
                json.Add(char.ToLowerInvariant(name[0]) + name.Substring(1), link.Counters[counter]);
            }
            ReportCounts reports = link.Reporter.Counts;
            json.Add("reportsJournalled", reports.Journalled)
                .Add("reportsWaiting", reports.Waiting)
                .Add("reportsNotPermitted", reports.NotPermitted)
                .Add("reportsNotJournalled", reports.NotJournalled)
                .Add("reportsLost", reports.Lost);
            ClockEstimate estimate = link.Clock.Current;
            return json.Add("clockOffset", estimate?.Offset)
                .Add("clockBound", estimate?.BoundAt(link.LocalClock.Now))
                .Add("clockRoundTrip", estimate?.RoundTrip)
                .Add("clockProbes", link.Clock.Probes)
                .Add("clockProbesDiscarded", link.Clock.Discarded)
                .Add("clockSteps", link.Clock.Steps);
        }

        public static JsonObject ToJson(DurationHistogram durations) => new JsonObject()
            .Add("count", durations.Count)
            .Add("p50", durations.Percentile(0.5))
            .Add("p99", durations.Percentile(0.99))
            .Add("p999", durations.Percentile(0.999))
            .Add("max", durations.Maximum);

        /// <summary>Some lines that sum up a run.</summary>
        public string Summary(long signals)
        {
            LinkCounters counters = link.Counters;
            var text = new StringBuilder();
            text.Append("signals       ").Append(signals).Append(" (resumed ")
                .Append(counters[LinkCounter.SignalsResumed])
                .Append(", too late ").Append(counters[LinkCounter.SignalsTooLate])
                .Append(", age not known ").Append(counters[LinkCounter.SignalsOfUnknownAge]).Append(")\n");
            text.Append("quotes        ").Append(counters[LinkCounter.Quotes]).Append(" (conflated ")
                .Append(counters[LinkCounter.QuotesConflated]).Append("), trades ").Append(counters[LinkCounter.Trades])
                .Append(" (skipped ").Append(counters[LinkCounter.TradesSkipped]).Append(")\n");
            text.Append("gaps          ").Append(counters[LinkCounter.Gaps]).Append(" (")
                .Append(counters[LinkCounter.FramesInGaps])
                .Append(" frames), holes ").Append(counters[LinkCounter.Holes]).Append(" (")
                .Append(counters[LinkCounter.FramesInHoles]).Append(" frames), duplicates ")
                .Append(counters[LinkCounter.Duplicates]).Append(", not understood ")
                .Append(counters[LinkCounter.FramesNotUnderstood]).Append('\n');
            text.Append("connections   ").Append(counters[LinkCounter.Logons]).Append(" logged on, ")
                .Append(counters[LinkCounter.Disconnects]).Append(" lost, ").Append(counters[LinkCounter.Rejections])
                .Append(" refused, broken seals ").Append(counters[LinkCounter.BrokenSeals]).Append('\n');
            ReportCounts reports = link.Reporter.Counts;
            text.Append("reports       ").Append(reports.Journalled).Append(" journalled, ").Append(reports.Waiting)
                .Append(" waiting, not permitted ").Append(reports.NotPermitted).Append(", not journalled ")
                .Append(reports.NotJournalled).Append(", lost ").Append(reports.Lost).Append('\n');
            ClockEstimate estimate = link.Clock.Current;
            text.Append("gateway clock ").Append(estimate == null
                ? "not known\n"
                : Micros(estimate.Offset) + " ahead of ours, ±" + Micros(estimate.BoundAt(link.LocalClock.Now)) + "\n");
            Append(text, "one way       ", link.Latencies.OneWay);
            Append(text, "signal age    ", link.Latencies.SignalAge);
            return text.ToString();
        }

        private static void Append(StringBuilder text, string name, DurationHistogram durations)
        {
            text.Append(name).Append("p50 ").Append(Micros(durations.Percentile(0.5)))
                .Append(", p99 ").Append(Micros(durations.Percentile(0.99)))
                .Append(", max ").Append(Micros(durations.Maximum))
                .Append(" of ").Append(durations.Count).Append('\n');
        }

        private static string Micros(long nanos) =>
            (nanos / 1000.0).ToString("F1", CultureInfo.InvariantCulture) + " us";
    }
}
