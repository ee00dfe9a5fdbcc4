using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Which contract of a root is the front month on a day. A table of the settings comes first; the quarterly
    /// equity index futures have a rule: the third Friday is the last day, and volume moves on the Monday before it.
    /// </summary>
    public sealed class FrontMonth
    {
        private const int RollDaysBeforeExpiry = 4;

        private static readonly HashSet<string> QuarterlyIndex = new HashSet<string>(StringComparer.Ordinal)
        {
            "ES", "NQ", "YM", "RTY", "MES", "MNQ", "MYM", "M2K", "EMD"
        };

        private readonly IDictionary<string, KeyValuePair<DateTime, string>[]> tables;

        /// <param name="rolls">by root: "12-26@2026-09-14, 03-27@2026-12-14": contract and first day as front month</param>
        /// <exception cref="FormatException">A table is not of that form.</exception>
        public FrontMonth(IDictionary<string, string> rolls)
        {
            tables = rolls.ToDictionary(roll => roll.Key, roll => ParseTable(roll.Key, roll.Value));
        }

        /// <summary>MM-YY; null: no rule and no table says.</summary>
        public string Of(string root, DateTime day)
        {
            KeyValuePair<DateTime, string>[] table;
            if (tables.TryGetValue(root, out table))
            {
                return table.Where(row => row.Key <= day.Date).Select(row => row.Value).LastOrDefault();
            }
            return QuarterlyIndex.Contains(root) ? Quarterly(day.Date) : null;
        }

        private static string Quarterly(DateTime day)
        {
            int year = day.Year;
            int month = (day.Month + 2) / 3 * 3;
            if (day >= ThirdFriday(year, month).AddDays(-RollDaysBeforeExpiry))
            {
                month += 3;
            }
            if (month > 12)
            {
                month -= 12;
                year++;
            }
            return Format(month, year);
        }

        internal static string Format(int month, int year) =>
            month.ToString("00", CultureInfo.InvariantCulture) + "-"
            + (year % 100).ToString("00", CultureInfo.InvariantCulture);

        private static DateTime ThirdFriday(int year, int month)
        {
            var first = new DateTime(year, month, 1);
            int toFriday = ((int)DayOfWeek.Friday - (int)first.DayOfWeek + 7) % 7;
            return first.AddDays(toFriday + 14);
        }

        private static KeyValuePair<DateTime, string>[] ParseTable(string root, string text)
        {
            var rows = new List<KeyValuePair<DateTime, string>>();
            foreach (string part in text.Split(','))
            {
                string[] halves = part.Trim().Split('@');
                DateTime contract;
                if (halves.Length != 2 || !DateTime.TryParseExact(halves[0], "MM-yy", CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out contract))
                {
                    throw new FormatException("roll." + root + " = " + text
                        + ": allowed are contracts with their first day as front month, as 12-26@2026-09-14");
                }
                DateTime from = TradingHours.ParseDate(halves[1]);
                if (rows.Count > 0 && rows[rows.Count - 1].Key >= from)
                {
                    throw new FormatException("roll." + root + ": " + halves[1] + " is not after the day before it");
                }
                rows.Add(new KeyValuePair<DateTime, string>(from, halves[0]));
            }
            return rows.ToArray();
        }
    }
}
