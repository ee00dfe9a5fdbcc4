using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Days on which the exchange ends early: from the end on, by the clock on the zone's wall, what began on such a day or
    /// before is over, and what would begin later on that day does not begin. Immutable.
    /// </summary>
    internal sealed class ShortDays
    {
        public static readonly ShortDays None = new ShortDays(new Dictionary<DateTime, DateTime>());

        private readonly Dictionary<DateTime, DateTime> ends;

        private ShortDays(Dictionary<DateTime, DateTime> ends)
        {
            this.ends = ends;
        }

        /// <exception cref="FormatException">What is allowed.</exception>
        public static ShortDays Parse(string text)
        {
            var ends = new Dictionary<DateTime, DateTime>();
            foreach (string part in text.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0))
            {
                DateTime end;
                if (!DateTime.TryParseExact(part, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out end))
                {
                    throw new FormatException("'" + part + "' is no date with a time; allowed are those as 2026-11-27 12:00");
                }
                if (ends.ContainsKey(end.Date))
                {
                    throw new FormatException(end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                        + " stands there twice; keep one end");
                }
                ends.Add(end.Date, end);
            }
            return new ShortDays(ends);
        }

        /// <summary>Whether a session that began on a day is cut off.</summary>
        /// <param name="day">on which it began; it lasts no longer than to the next</param>
        /// <param name="local">now, on the zone's wall</param>
        /// <param name="utc">now</param>
        /// <param name="zone">the wall's</param>
        /// <returns>null: it is not; otherwise since when, on the zone's wall</returns>
        public DateTime? Ended(DateTime day, DateTime local, DateTime utc, TimeZoneInfo zone) =>
            Past(day, local, utc, zone) ?? Past(day.AddDays(1), local, utc, zone);

        // A wall clock that is set back shows the time before the end again: what has ended stays so. One that is set
        // forward may never show the end: then it is over with the first time behind it.
        private DateTime? Past(DateTime day, DateTime local, DateTime utc, TimeZoneInfo zone)
        {
            DateTime end;
            return ends.TryGetValue(day, out end) && (local >= end || utc >= FirstOf(end, zone)) ? end : (DateTime?)null;
        }

        private static DateTime FirstOf(DateTime local, TimeZoneInfo zone)
        {
            TimeSpan offset = zone.IsAmbiguousTime(local)
                ? zone.GetAmbiguousTimeOffsets(local).Max()
                : zone.GetUtcOffset(local);
            return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
        }
    }
}
