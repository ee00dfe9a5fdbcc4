using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Reads the add-on's limits: key = value, one a line; what follows a # at a line's start is a comment. Anything it
    /// does not know or that is out of range is an error: limits that a typing error switched off would be none.
    /// </summary>
    public static class SettingsFile
    {
        private const string NamePrefix = "map.";
        private const string RootPrefix = "root.";
        private const string RollPrefix = "roll.";

        /// <exception cref="FormatException">File, line, key, and what is allowed.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static TradingSettings Read(string path) => Parse(File.ReadAllLines(path), path);

        /// <param name="lines">the file's</param>
        /// <param name="source">its name, for errors</param>
        /// <exception cref="FormatException">File, line, key, and what is allowed.</exception>
        public static TradingSettings Parse(IEnumerable<string> lines, string source)
        {
            var settings = new TradingSettings();
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            int number = 0;
            foreach (string raw in lines)
            {
                number++;
                string line = raw.Trim();
                if (line.Length > 0 && line[0] != '#')
                {
                    Take(settings, line, seen, source, number);
                }
            }
            try
            {
                settings.Validate();
                new InstrumentMap(settings);
            }
            catch (FormatException e)
            {
                throw new FormatException(source + ": " + e.Message, e);
            }
            return settings;
        }

        /// <summary>A file with every setting at its default, to begin with.</summary>
        public static string Template()
        {
            var text = new StringBuilder("# Limits of the Tickbridge add-on. Every line is the default.\n");
            foreach (SettingKey key in SettingKeys.All)
            {
                text.Append("\n# ").Append(key.Meaning).Append(" (").Append(key.Unit).Append(")\n")
                    .Append(key.Name).Append(" = ").Append(key.Default).Append('\n');
            }
            return text.Append("\n# Names, as many lines as are needed, without the #: what the gateway calls ESZ6; a product that\n"
                + "# NinjaTrader calls otherwise; the front months of a root, each with its first day.\n"
                + "# map.ESZ6 = ES 12-26\n# root.6E = EUR\n# roll.CL = 12-26@2026-10-19, 01-27@2026-11-17\n").ToString();
        }

        private static void Take(TradingSettings settings, string line, IDictionary<string, int> seen, string source,
            int number)
        {
            string where = source + " line " + number + ": ";
            int equals = line.IndexOf('=');
            if (equals < 0)
            {
                throw new FormatException(where + "'" + line + "' is not of the form key = value");
            }
            string name = line.Substring(0, equals).Trim();
            string value = line.Substring(equals + 1).Trim();
            int before;
            if (seen.TryGetValue(name, out before))
            {
                throw new FormatException(where + name + " was set in line " + before + " already; keep one");
            }
            seen.Add(name, number);
            try
            {
                Apply(settings, name, value);
            }
            catch (FormatException e)
            {
                throw new FormatException(where + name + " = " + value + ": " + e.Message, e);
            }
        }

        private static void Apply(TradingSettings settings, string name, string value)
        {
            SettingKey key = SettingKeys.All.FirstOrDefault(candidate => candidate.Name == name);
            if (key != null)
            {
                key.Apply(settings, value);
            }
            else if (!Put(settings.Names, NamePrefix, name, value) && !Put(settings.Roots, RootPrefix, name, value)
                && !Put(settings.Rolls, RollPrefix, name, value))
            {
                throw new FormatException("there is no such setting; did you mean " + Nearest(name) + "? A new limits.txt, "
                    + "made when there is none, lists all");
            }
        }

        /// <summary>What was probably meant: fewest letters to be changed; of a name with a prefix the prefix alone tells.</summary>
        private static string Nearest(string name)
        {
            string head = name.Substring(0, name.IndexOf('.') + 1);
            string prefix = new[] { NamePrefix, RootPrefix, RollPrefix }.FirstOrDefault(one => Distance(head, one) <= 2);
            return head.Length > 0 && prefix != null
                ? prefix + "<name>"
                : SettingKeys.All.Select(key => key.Name).OrderBy(known => Distance(name, known)).First();
        }

        /// <summary>Levenshtein's: insertions, deletions and replacements.</summary>
        private static int Distance(string one, string other)
        {
            int[] row = Enumerable.Range(0, other.Length + 1).ToArray();
            for (int i = 1; i <= one.Length; i++)
            {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= other.Length; j++)
                {
                    int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
                }
            }
            return row[other.Length];
        }

        private static bool Put(IDictionary<string, string> table, string prefix, string name, string value)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || name.Length == prefix.Length)
            {
                return false;
            }
            if (value.Length == 0)
            {
                throw new FormatException("a value is needed");
            }
            table.Add(name.Substring(prefix.Length), value);
            return true;
        }
    }
}
