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

        /// <summary>Full paths, oldest first.</summary>
        public static string[] In(string folder) => Directory.GetFiles(folder, Prefix + "*" + Suffix)
            .OrderBy(path => Path.GetFileName(path).Replace(Suffix, ""), StringComparer.Ordinal).ToArray();
    }
}
