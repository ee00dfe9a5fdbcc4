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

        public static string Name(DateTime day, int part) => Prefix
            + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + (part == 1 ? "" : "." + part.ToString("000", CultureInfo.InvariantCulture)) + Suffix;

        /// <summary>Full paths of the last days' files, oldest first: all parts of a day, however many there are.</summary>
        /// <param name="folder">where they are</param>
        /// <param name="days">of how many days of those that there are</param>
        public static string[] In(string folder, int days)
        {
            string[] all = Directory.GetFiles(folder, Prefix + "*" + Suffix)
                .OrderBy(path => Path.GetFileName(path).Replace(Suffix, ""), StringComparer.Ordinal).ToArray();
            string[] named = all.Select(DayOf).Distinct().ToArray();
            return all.Where(path => Array.IndexOf(named, DayOf(path)) >= named.Length - days).ToArray();
        }

        private static string DayOf(string path) => Path.GetFileName(path).Substring(Prefix.Length).Split('.')[0];
    }
}
