using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>What the audit log's last files say that a later run must not forget. Trading thread.</summary>
    internal sealed class AuditHistory
    {
        public const string DayFormat = "yyyy-MM-dd";

        /// <summary>Beside a sum: the run that tells it does not know what earlier ones realized on that day.</summary>
        public const string EarlierField = "earlier";

        public const string EarlierUnknown = "unknown";

        /// <summary>Number, time and kind come first.</summary>
        private const int TimeField = 1;

        private const int KindField = 2;
        private const long NanosPerTick = 100;
        private const long Minute = 60000000000;
        private static readonly char[] Separators = { AuditLine.Separator };
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        private readonly Queue<long> passed = new Queue<long>();

        /// <summary>By account, and by the day of the loss.</summary>
        private readonly Dictionary<string, SortedList<DateTime, double>> realized =
            new Dictionary<string, SortedList<DateTime, double>>(StringComparer.Ordinal);

        /// <summary>Signals that were decided: as many as are remembered in any case, however long the log is.</summary>
        public SignalLedger Handled { get; } = new SignalLedger();

        /// <summary>When signals passed, local clock, those of the last minute before the last of them.</summary>
        public IEnumerable<long> Passed => passed;

        /// <summary>What an account had realized on a day when an earlier run last told; null: none told.</summary>
        public double? Realized(string account, DateTime day)
        {
            SortedList<DateTime, double> days;
            double sum;
            return realized.TryGetValue(account, out days) && days.TryGetValue(day, out sum) ? sum : (double?)null;
        }

        /// <summary>What it had realized on the last day before a day of which any told; null: of none.</summary>
        public double? RealizedBefore(string account, DateTime day)
        {
            SortedList<DateTime, double> days;
            return realized.TryGetValue(account, out days)
                ? days.Where(told => told.Key < day).Select(told => (double?)told.Value).LastOrDefault()
                : null;
        }

        /// <summary>Takes a good line.</summary>
        public void Take(string line)
        {
            Take(line, false);
        }

        /// <summary>
        /// Takes a line that was changed, or stands behind one: what it says can only make trading stricter. A signal more was
        /// handled, an entry more passed, a loss was greater.
        /// </summary>
        public void TakeDoubtful(string line)
        {
            Take(line, true);
        }

        private void Take(string line, bool isDoubtful)
        {
            // No more than the first fields: most lines are long ones, and there may be millions.
            string[] fields = line.Split(Separators, KindField + 2);
            string kind = fields.Length > KindField ? fields[KindField] : "";
            if (kind == "decision")
            {
                TakeDecision(line, fields[TimeField], isDoubtful);
            }
            else if (kind == "realized")
            {
                TakeRealized(line, isDoubtful);
            }
        }

        private void TakeDecision(string line, string time, bool isDoubtful)
        {
            ulong session;
            ulong signal;
            if (ulong.TryParse(AuditLine.ValueOf(line, "session"), out session)
                && ulong.TryParse(AuditLine.ValueOf(line, "signal"), out signal))
            {
                Handled.Remember(session, signal);
            }
            DateTime utc;
            if (AuditLine.ValueOf(line, "passed") == "yes" && DateTime.TryParse(time, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal, out utc))
            {
                long at = (utc - Epoch).Ticks * NanosPerTick;
                passed.Enqueue(at);
                while (!isDoubtful && passed.Peek() < at - Minute)
                {
                    passed.Dequeue();
                }
            }
        }

        private void TakeRealized(string line, bool isDoubtful)
        {
            DateTime day;
            double sum;
            string account = AuditLine.ValueOf(line, "account");
            if (account != null && DateTime.TryParseExact(AuditLine.ValueOf(line, "day"), DayFormat,
                CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                && double.TryParse(AuditLine.ValueOf(line, "realized"), NumberStyles.Float, CultureInfo.InvariantCulture,
                    out sum) && !double.IsNaN(sum) && !double.IsInfinity(sum))
            {
                SortedList<DateTime, double> days;
                if (!realized.TryGetValue(account, out days))
                {
                    realized.Add(account, days = new SortedList<DateTime, double>());
                }
                double before;
                bool isPart = (isDoubtful || AuditLine.ValueOf(line, EarlierField) == EarlierUnknown)
                    && days.TryGetValue(day, out before);
                days[day] = isPart ? Math.Min(days[day], sum) : sum;
            }
        }
    }
}
