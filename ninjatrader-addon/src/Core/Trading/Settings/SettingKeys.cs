using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>One setting: its name, default as text, unit, meaning, and what takes it in.</summary>
    public sealed class SettingKey
    {
        internal SettingKey(string name, string standard, string unit, string meaning,
            Action<TradingSettings, string> apply)
        {
            Name = name;
            Default = standard;
            Unit = unit;
            Meaning = meaning;
            Apply = apply;
        }

        public string Name { get; }

        /// <summary>As it would be written in the file; empty: nothing.</summary>
        public string Default { get; }

        public string Unit { get; }

        public string Meaning { get; }

        /// <summary>Throws FormatException with what is allowed.</summary>
        internal Action<TradingSettings, string> Apply { get; }
    }

    /// <summary>Every setting of the add-on's limits. README.md lists the same; a test holds them together.</summary>
    public static class SettingKeys
    {
        private const long Milli = 1000000;

        public static readonly IList<SettingKey> All = new[]
        {
            Names("accounts.simulation", "Sim101", "exact names, comma",
                "accounts that simulation may trade on", (s, v) => s.SimulationAccounts = v),
            Names("accounts.live", "", "exact names, comma",
                "accounts that live may trade on, each armed by typed confirmation", (s, v) => s.LiveAccounts = v),
            Names("instruments", "", "names, comma",
                "what may be traded: root (ES), ticker (AAPL) or full name (ES 12-26); none: nothing",
                (s, v) => s.Instruments = v),
            Flag("instruments.front.only", "true", "of a root only the front month may be traded",
                (s, v) => s.FrontMonthOnly = v),
            new SettingKey("rules", TradingSettings.AllRules, "names, comma",
                "rules of the gateway whose signals are traded on, as the window's column Rule names them (book-imbalance, sweep); "
                    + "all: every rule that gives a side", (s, v) => s.Rules = RuleNames(v)),
            Number("order.quantity", 1, 1, 100000, "contracts or shares", "quantity of each entry",
                (s, v) => s.OrderQuantity = v),
            Number("limit.order.quantity", 1, 1, 100000, "contracts or shares", "largest entry",
                (s, v) => s.MaxOrderQuantity = v),
            Number("limit.position", 1, 1, 1000000, "contracts or shares",
                "largest position of an instrument, long or short, working orders included", (s, v) => s.MaxPosition = v),
            Number("limit.orders.second", 1, 1, 1000, "entries", "in any second", (s, v) => s.MaxOrdersPerSecond = v),
            Number("limit.orders.minute", 10, 1, 10000, "entries", "in any minute", (s, v) => s.MaxOrdersPerMinute = v),
            Number("limit.collar.ticks", 8, 0, 10000, "ticks",
                "how far the signal's and the order's price may lie from the platform's quote",
                (s, v) => s.CollarTicks = v),
            Number("limit.quote.age.ms", 2000, 1, 600000, "ms", "oldest platform quote to trade on",
                (s, v) => s.MaxQuoteAge = v * Milli),
            Number("limit.signal.age.ms", 250, 1, 60000, "ms", "oldest signal to trade on, its error bound added",
                (s, v) => s.MaxSignalAge = v * Milli),
            Number("limit.clock.bound.ms", 50, 1, 60000, "ms",
                "widest error bound of the clocks with which an age still says something",
                (s, v) => s.MaxClockBound = v * Milli),
            Number("limit.loss.day", 500, 1, 100000000, "account currency",
                "loss of the day, open positions included, from which no entry passes", (s, v) => s.MaxDailyLoss = v),
            Flag("limit.loss.kill", "true", "that loss also pulls the kill switch", (s, v) => s.LossKills = v),
            new SettingKey("limit.loss.reset", "17:00", "hh:mm in hours.zone", "when the day of the loss begins",
                (s, v) => s.LossReset = TradingHours.ParseTime(v)),
            new SettingKey("hours.zone", "America/Chicago", "IANA or Windows name", "time zone of the hours",
                (s, v) => s.Hours = s.Hours.InZone(v)),
            new SettingKey("hours.sessions", "Mon-Fri 08:30-15:00", "days hh:mm-hh:mm; …",
                "when entries may be sent; an end at or before the start is on the next day",
                (s, v) => s.Hours = s.Hours.WithSessions(v)),
            new SettingKey("hours.closed", "", "yyyy-mm-dd, comma", "days in hours.zone without entries",
                (s, v) => s.Hours = s.Hours.WithClosed(v)),
            new SettingKey("hours.short", "", "yyyy-mm-dd hh:mm, comma",
                "when the hours of a short day end, in hours.zone; what would begin later on that day stays closed",
                (s, v) => s.Hours = s.Hours.WithShort(v)),
            new SettingKey("hours.flatten", "yes", "yes or no",
                "when the hours end, entries are cancelled; where a trade of Tickbridge's is open, the account is disarmed "
                    + "and closed as after a lost link", (s, v) => s.FlattenAfterHours = OneOf(v, "yes", "no") == 0),
            new SettingKey("order.entry", "limit", "limit or market", "kind of entry", (s, v) =>
                s.EntryKind = OneOf(v, "limit", "market") == 0 ? OrderKind.Limit : OrderKind.Market),
            Number("order.entry.offset.ticks", 0, 0, 10000, "ticks",
                "how far beyond the opposite quote the limit lies", (s, v) => s.EntryOffsetTicks = v),
            Number("order.entry.timeout.ms", 5000, 0, 86400000, "ms",
                "an entry not filled by then is cancelled; 0: never", (s, v) => s.EntryTimeout = v * Milli),
            Number("order.stop.ticks", 8, 0, 10000, "ticks", "stop, from the entry's average price",
                (s, v) => s.StopTicks = v),
            Number("order.target.ticks", 8, 0, 10000, "ticks", "target, from the entry's average price; 0: none",
                (s, v) => s.TargetTicks = v),
            new SettingKey("order.atm", "", "template name", "ATM strategy that makes stop and target instead",
                (s, v) => s.AtmTemplate = v),
            new SettingKey("order.duration", "day", "day or gtc",
                "of entries, stops and targets; day: they end with the exchange's session",
                (s, v) => s.Duration = OneOf(v, "day", "gtc") == 0 ? OrderDuration.Day : OrderDuration.GoodTillCancelled),
            Number("order.response.ms", 5000, 100, 600000, "ms",
                "a request unanswered so long disarms and asks the platform for everything",
                (s, v) => s.ResponseTimeout = v * Milli),
            Number("link.loss.flatten.s", 0, 0, 86400, "s",
                "the link lost so long: disarm and flatten; 0: never. Entries are cancelled at once in any case",
                (s, v) => s.LinkLossFlattenAfter = v * 1000 * Milli),
            Number("kill.retry.ms", 1000, 50, 60000, "ms", "between two looks whether everything is flat",
                (s, v) => s.KillRetryInterval = v * Milli),
            Number("kill.retries", 5, 1, 100, "times", "tries before the alarm; after it every tenth interval",
                (s, v) => s.KillRetries = v),
            Number("kill.collar.ticks", 20, 0, 10000, "ticks", "how far beyond the quote a retry's limit lies",
                (s, v) => s.KillCollarTicks = v),
            new SettingKey("audit.folder", "audit", "path", "where the audit log is written; another "
                + "folder knows nothing of the day's loss and the signals handled",
                (s, v) => s.AuditFolder = NotEmpty(v)),
            Number("audit.free.mb", 100, 1, 1000000, "MiB", "free disk space below which no entry passes",
                (s, v) => s.AuditMinimumFree = v * 1024L * 1024)
        };

        private static SettingKey Number(string name, int standard, int lowest, int highest, string unit,
            string meaning, Action<TradingSettings, int> set) =>
            new SettingKey(name, standard.ToString(CultureInfo.InvariantCulture), unit, meaning, (settings, text) =>
            {
                int value;
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                    || value < lowest || value > highest)
                {
                    throw new FormatException("allowed is a whole number from " + lowest + " to " + highest);
                }
                set(settings, value);
            });

        private static SettingKey Flag(string name, string standard, string meaning,
            Action<TradingSettings, bool> set) =>
            new SettingKey(name, standard, "true or false", meaning,
                (settings, text) => set(settings, OneOf(text, "true", "false") == 0));

        private static SettingKey Names(string name, string standard, string unit, string meaning,
            Action<TradingSettings, IList<string>> set) =>
            new SettingKey(name, standard, unit, meaning, (settings, text) =>
            {
                string[] names = text.Split(',').Select(part => part.Trim()).ToArray();
                if (text.Trim().Length == 0)
                {
                    names = new string[0];
                }
                if (names.Any(part => part.Length == 0) || names.Distinct().Count() != names.Length)
                {
                    throw new FormatException("allowed are different names with a comma between");
                }
                set(settings, names);
            });

        /// <summary>As the gateway writes names of rules: what it could never send would be a limit that refuses all.</summary>
        private static IList<string> RuleNames(string text)
        {
            string[] names = text.Split(',').Select(part => part.Trim()).ToArray();
            bool isList = names.All(IsRuleName) && names.Distinct().Count() == names.Length;
            if (!isList || names.Length > 1 && names.Contains(TradingSettings.AllRules))
            {
                throw new FormatException("allowed are all alone, or different names of rules with a comma between, as "
                    + "book-imbalance, sweep: small letters, digits and -");
            }
            return names;
        }

        private static bool IsRuleName(string name) => name.Length > 0
            && name.All(one => one >= 'a' && one <= 'z' || one >= '0' && one <= '9' || one == '-');

        private static int OneOf(string text, string first, string second)
        {
            if (text != first && text != second)
            {
                throw new FormatException("allowed are " + first + " and " + second);
            }
            return text == first ? 0 : 1;
        }

        private static string NotEmpty(string text)
        {
            if (text.Length == 0)
            {
                throw new FormatException("a value is needed");
            }
            return text;
        }
    }
}
