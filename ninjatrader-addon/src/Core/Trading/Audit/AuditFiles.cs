using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>Names of the audit log's files: one a UTC day, and another part where one was found damaged.</summary>
    internal static class AuditFiles
    {
        private const string Prefix = "tickbridge-audit-";
        private const string Suffix = ".log";
        private const string DayFormat = "yyyyMMdd";

        public static string Name(DateTime day, int part) => Prefix
            + day.ToString(DayFormat, CultureInfo.InvariantCulture)
            + (part == 1 ? "" : "." + part.ToString("000", CultureInfo.InvariantCulture)) + Suffix;

        /// <summary>
        /// Full paths of the last days' files, oldest first: all parts of a day, however many there are. What a person copied
        /// beside them is none, nor what a clock wrote that was ahead: either would hide what today's tell.
        /// </summary>
        /// <param name="folder">where they are</param>
        /// <param name="days">of how many days of those that there are</param>
        /// <param name="today">the UTC day; a clock that is about to be wrong at midnight may be a day ahead</param>
        public static string[] In(string folder, int days, DateTime today)
        {
            var all = Directory.GetFiles(folder, Prefix + "*" + Suffix).Select(path => new { path, day = DayOf(path),
                part = PartOf(path) }).Where(file => file.day.HasValue && file.day <= today.AddDays(1)).ToArray();
            DateTime?[] named = all.Select(file => file.day).Distinct().OrderByDescending(day => day).Take(days).ToArray();
            return all.Where(file => named.Contains(file.day)).OrderBy(file => file.day).ThenBy(file => file.part)
                .Select(file => file.path).ToArray();
        }

        /// <summary>The UTC day that a file is of; null: it has no name of ours.</summary>
        public static DateTime? DayOf(string path)
        {
            string name = Path.GetFileName(path);
            DateTime day;
            return name.Length >= Prefix.Length + DayFormat.Length
                && DateTime.TryParseExact(name.Substring(Prefix.Length, DayFormat.Length), DayFormat,
                    CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                && name == Name(day, PartOf(path)) ? day : (DateTime?)null;
        }

        /// <summary>1 also where the name tells none that it could be.</summary>
        private static int PartOf(string path)
        {
            string[] words = Path.GetFileName(path).Split('.');
            int part;
            return words.Length == 3 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out part)
                ? part
                : 1;
        }
    }
}
