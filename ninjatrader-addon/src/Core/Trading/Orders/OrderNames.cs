using System;
using System.Globalization;

namespace Tickbridge.Core.Trading
{
    /// <summary>How our orders are named, so that a later run knows them for ours. Any thread.</summary>
    internal static class OrderNames
    {
        /// <summary>Begins the names of our orders.</summary>
        public const string Prefix = "TB-";

        private const string EntrySuffix = "-E";

        /// <summary>
        /// Beginning of the names of a signal's orders: 8 hexadecimal digits of the session and the whole number, so
        /// that a name stays within 50 characters.
        /// </summary>
        public static string LabelOf(SignalNotice signal) => Prefix
            + ((uint)signal.Session).ToString("x8", CultureInfo.InvariantCulture) + "-"
            + signal.Number.ToString(CultureInfo.InvariantCulture);

        public static string EntryOf(string label) => label + EntrySuffix;

        /// <summary>The platform's name of an order, as the core gives them in any run.</summary>
        public static bool IsOurs(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

        /// <summary>Of one that is ours: whether it is an entry's.</summary>
        public static bool IsEntry(string name) => name.EndsWith(EntrySuffix, StringComparison.Ordinal);
    }
}
