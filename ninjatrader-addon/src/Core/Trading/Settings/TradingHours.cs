using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Weekly sessions in a time zone, by the clock on that zone's wall: with daylight saving they move along. A session
    /// whose end is at or before its start ends on the next day. Start included, end not. Immutable.
    /// </summary>
    public sealed class TradingHours
    {
        private static readonly string[] Days = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

        // .NET Framework knows Windows' names alone, Mono on Linux the IANA's alone.
        private static readonly string[,] ZoneNames =
        {
            { "America/Chicago", "Central Standard Time" },
            { "America/New_York", "Eastern Standard Time" },
            { "America/Los_Angeles", "Pacific Standard Time" },
            { "Europe/London", "GMT Standard Time" },
            { "Europe/Berlin", "W. Europe Standard Time" },
            { "Europe/Zurich", "W. Europe Standard Time" },
            { "Asia/Tokyo", "Tokyo Standard Time" },
            { "Etc/UTC", "UTC" }
        };

        private readonly TimeZoneInfo zone;
        private readonly Session[] sessions;
        private readonly HashSet<DateTime> closed;
        private readonly ShortDays shortDays;

        private TradingHours(TimeZoneInfo zone, Session[] sessions, HashSet<DateTime> closed, ShortDays shortDays)
        {
            this.zone = zone;
            this.sessions = sessions;
            this.closed = closed;
            this.shortDays = shortDays;
        }

        /// <exception cref="FormatException">What is allowed.</exception>
        public static TradingHours Parse(string zone, string sessions, string closed) =>
            new TradingHours(FindZone(zone), ParseSessions(sessions), ParseDates(closed), ShortDays.None);

        public TradingHours InZone(string name) => new TradingHours(FindZone(name), sessions, closed, shortDays);

        public TradingHours WithSessions(string text) => new TradingHours(zone, ParseSessions(text), closed, shortDays);

        public TradingHours WithClosed(string text) => new TradingHours(zone, sessions, ParseDates(text), shortDays);

        public TradingHours WithShort(string text) => new TradingHours(zone, sessions, closed, ShortDays.Parse(text));

        /// <summary>Whether entries may be sent.</summary>
        /// <param name="utc">wall clock</param>
        public bool IsOpen(DateTime utc)
        {
            DateTime local = ToLocal(utc);
            return !closed.Contains(local.Date) && sessions.Any(session => session.Contains(local)
                && !closed.Contains(session.TradingDayOf(local))
                && shortDays.Ended(session.StartDayOf(local), local, utc, zone) == null);
        }

        /// <summary>The end of a short day that cut off the session in which a time lies.</summary>
        /// <param name="utc">wall clock</param>
        /// <returns>on the zone's wall; null: none did</returns>
        public DateTime? ShortEnd(DateTime utc)
        {
            DateTime local = ToLocal(utc);
            return sessions.Where(session => session.Contains(local))
                .Select(session => shortDays.Ended(session.StartDayOf(local), local, utc, zone))
                .FirstOrDefault(end => end != null);
        }

        /// <summary>Time on the zone's wall.</summary>
        public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);

        /// <summary>The day that a time belongs to when days begin at a time of the wall clock.</summary>
        public DateTime DayOf(DateTime utc, TimeSpan start)
        {
            DateTime local = ToLocal(utc);
            return local.TimeOfDay >= start ? local.Date : local.Date.AddDays(-1);
        }

        internal static TimeSpan ParseTime(string text)
        {
            DateTime time;
            if (!DateTime.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            {
                throw new FormatException("'" + text + "' is no time; allowed are 00:00 to 23:59");
            }
            return time.TimeOfDay;
        }

        private static TimeZoneInfo FindZone(string name)
        {
            var names = new List<string> { name };
            for (int i = 0; i < ZoneNames.GetLength(0); i++)
            {
                if (ZoneNames[i, 0] == name || ZoneNames[i, 1] == name)
                {
                    names.Add(ZoneNames[i, 0]);
                    names.Add(ZoneNames[i, 1]);
                }
            }
            foreach (string candidate in names.Where(candidate => candidate.Length > 0))
            {
                try
                {
                    return TimeZoneInfo.FindSystemTimeZoneById(candidate);
                }
                catch (Exception e) when (e is TimeZoneNotFoundException || e is InvalidTimeZoneException
                    || e is System.Security.SecurityException)
                {
                    // The next spelling, if there is one.
                }
            }
            throw new FormatException("this machine knows no time zone '" + name
                + "'; allowed are names as America/Chicago or Central Standard Time");
        }

        private static Session[] ParseSessions(string text)
        {
            Session[] parsed = text.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0)
                .Select(ParseSession).ToArray();
            if (parsed.Length == 0)
            {
                throw new FormatException("at least one session is needed, as Mon-Fri 08:30-15:00");
            }
            return parsed;
        }

        private static Session ParseSession(string text)
        {
            string[] parts = text.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            string[] times = parts.Length == 2 ? parts[1].Split('-') : new string[0];
            string[] days = parts.Length == 2 ? parts[0].Split('-') : new string[0];
            int first = days.Length > 0 ? Array.IndexOf(Days, days[0]) : -1;
            int last = days.Length > 0 ? Array.IndexOf(Days, days[days.Length - 1]) : -1;
            if (times.Length != 2 || days.Length > 2 || first < 0 || last < 0)
            {
                throw new FormatException("'" + text + "' is no session; allowed are days and times as "
                    + "Mon-Fri 08:30-15:00 or Sun-Thu 17:00-16:00");
            }
            return new Session(first, last, ParseTime(times[0]), ParseTime(times[1]));
        }

        private static HashSet<DateTime> ParseDates(string text)
        {
            var dates = new HashSet<DateTime>();
            foreach (string part in text.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0))
            {
                dates.Add(ParseDate(part));
            }
            return dates;
        }

        internal static DateTime ParseDate(string text)
        {
            DateTime date;
            if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out date))
            {
                throw new FormatException("'" + text + "' is no date; allowed are dates as 2026-12-25");
            }
            return date;
        }

        private sealed class Session
        {
            private readonly int first;
            private readonly int length;
            private readonly TimeSpan start;
            private readonly TimeSpan end;

            public Session(int first, int last, TimeSpan start, TimeSpan end)
            {
                this.first = first;
                length = (last - first + 7) % 7 + 1;
                this.start = start;
                this.end = end;
            }

            public bool Contains(DateTime local)
            {
                TimeSpan time = local.TimeOfDay;
                int day = (int)local.DayOfWeek;
                if (end > start)
                {
                    return StartsOn(day) && time >= start && time < end;
                }
                return StartsOn(day) && time >= start || StartsOn((day + 6) % 7) && time < end;
            }

            /// <summary>A session over midnight is of the day on which it ends.</summary>
            public DateTime TradingDayOf(DateTime local) =>
                end <= start && local.TimeOfDay >= start ? local.Date.AddDays(1) : local.Date;

            /// <summary>The day on which the session began that contains this time.</summary>
            public DateTime StartDayOf(DateTime local) =>
                end <= start && local.TimeOfDay < start ? local.Date.AddDays(-1) : local.Date;

            private bool StartsOn(int day) => (day - first + 7) % 7 < length;
        }
    }
}
