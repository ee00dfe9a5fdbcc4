using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// One line of the audit log: number, UTC time, kind, then key=value, and at the end a hash over this line and the
    /// hash of the line before; tabs between. A changed, missing or moved line breaks the chain there.
    /// </summary>
    internal static class AuditLine
    {
        public const char Separator = '\t';

        /// <summary>What the first line of the first file follows.</summary>
        public static readonly string FirstHash = new string('0', 64);

        private const long NanosPerTick = 100;
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public static DateTime ToUtc(long time) => Epoch.AddTicks(time / NanosPerTick);

        /// <summary>The beginning of a line, to which fields are added.</summary>
        public static StringBuilder Begin(long number, long time, string kind) => new StringBuilder(256)
            .Append(number.ToString(CultureInfo.InvariantCulture)).Append(Separator)
            .Append(Format(time)).Append(Separator).Append(kind);

        /// <summary>A time as every line has it: UTC, 100 ns.</summary>
        public static string Format(long time) =>
            ToUtc(time).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

        /// <summary>Adds a field; what could break a line becomes a space.</summary>
        public static StringBuilder Field(StringBuilder line, string name, string value)
        {
            line.Append(Separator).Append(name).Append('=');
            foreach (char c in value ?? "")
            {
                line.Append(c < ' ' || c == '\u2028' || c == '\u2029' ? ' ' : c);
            }
            return line;
        }

        public static string Hash(string before, string content)
        {
            using (SHA256 sha = SHA256.Create())
            {
                byte[] digest = sha.ComputeHash(Encoding.UTF8.GetBytes(before + "\n" + content));
                var text = new StringBuilder(2 * digest.Length);
                foreach (byte b in digest)
                {
                    text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
                }
                return text.ToString();
            }
        }

        /// <summary>Value of a field; null: the line has none such.</summary>
        public static string ValueOf(string line, string name)
        {
            string key = Separator + name + "=";
            int found = line.IndexOf(key, StringComparison.Ordinal);
            if (found < 0)
            {
                return null;
            }
            int start = found + key.Length;
            int end = line.IndexOf(Separator, start);
            return end < 0 ? line.Substring(start) : line.Substring(start, end - start);
        }
    }
}
