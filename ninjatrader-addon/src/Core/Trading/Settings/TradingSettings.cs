using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The limits, as values. The defaults trade one contract at most, on the simulation account that every NinjaTrader
    /// has, and on no instrument until one is named. SettingKeys has each with its unit; set before use.
    /// </summary>
    public sealed class TradingSettings
    {
        /// <summary>In Rules: every one.</summary>
        public const string AllRules = "all";

        private const long Milli = 1000000;
        private const long Second = 1000 * Milli;

        public IList<string> SimulationAccounts { get; set; } = new[] { "Sim101" };
        public IList<string> LiveAccounts { get; set; } = new string[0];

        /// <summary>Roots (ES), tickers (AAPL) or full platform names (ES 12-26).</summary>
        public IList<string> Instruments { get; set; } = new string[0];

        /// <summary>The gateway's rules whose signals are traded on, by name; AllRules alone: each that gives a side.</summary>
        public IList<string> Rules { get; set; } = new[] { AllRules };

        public bool FrontMonthOnly { get; set; } = true;
        public int OrderQuantity { get; set; } = 1;
        public int MaxOrderQuantity { get; set; } = 1;
        public int MaxPosition { get; set; } = 1;
        public int MaxOrdersPerSecond { get; set; } = 1;
        public int MaxOrdersPerMinute { get; set; } = 10;
        public int CollarTicks { get; set; } = 8;
        public long MaxQuoteAge { get; set; } = 2 * Second;
        public long MaxSignalAge { get; set; } = 250 * Milli;
        public long MaxClockBound { get; set; } = 50 * Milli;
        public double MaxDailyLoss { get; set; } = 500;
        public bool LossKills { get; set; } = true;
        public TimeSpan LossReset { get; set; } = TimeSpan.FromHours(17);
        public TradingHours Hours { get; set; } = TradingHours.Parse("America/Chicago", "Mon-Fri 08:30-15:00", "");
        /// <summary>What is open of ours when they end is closed.</summary>
        public bool FlattenAfterHours { get; set; } = true;

        public OrderKind EntryKind { get; set; } = OrderKind.Limit;

        /// <summary>How far beyond the opposite quote the limit of an entry lies, in ticks.</summary>
        public int EntryOffsetTicks { get; set; }

        /// <summary>0: an entry is never cancelled for its age.</summary>
        public long EntryTimeout { get; set; } = 5 * Second;

        public int StopTicks { get; set; } = 8;

        /// <summary>0: no target.</summary>
        public int TargetTicks { get; set; } = 8;

        /// <summary>Empty: stop and target are the core's.</summary>
        public string AtmTemplate { get; set; } = "";

        public OrderDuration Duration { get; set; } = OrderDuration.Day;

        /// <summary>After so long without an answer to a request the platform is asked for everything.</summary>
        public long ResponseTimeout { get; set; } = 5 * Second;

        /// <summary>0: a lost link flattens nothing.</summary>
        public long LinkLossFlattenAfter { get; set; }

        public long KillRetryInterval { get; set; } = Second;
        public int KillRetries { get; set; } = 5;
        public int KillCollarTicks { get; set; } = 20;

        /// <summary>Relative to where the host keeps its data.</summary>
        public string AuditFolder { get; set; } = "audit";

        /// <summary>Bytes that the audit log's disk must have free.</summary>
        public long AuditMinimumFree { get; set; } = 100L * 1024 * 1024;

        /// <summary>By the gateway's symbol: the platform's name.</summary>
        public IDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        /// <summary>By the exchange's product code: the platform's.</summary>
        public IDictionary<string, string> Roots { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        /// <summary>By root: contracts with the day from which each is the front month.</summary>
        public IDictionary<string, string> Rolls { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        /// <summary>What is to be typed to arm a live account.</summary>
        public static string LiveConfirmation(string account) => "TRADE LIVE ON " + account;

        /// <summary>Throws if values contradict each other.</summary>
        /// <exception cref="FormatException">Which, and what to do.</exception>
        public void Validate()
        {
            Require(OrderQuantity <= MaxOrderQuantity, "order.quantity " + OrderQuantity
                + " is above limit.order.quantity " + MaxOrderQuantity + ": no order could ever pass");
            Require(OrderQuantity <= MaxPosition, "order.quantity " + OrderQuantity + " is above limit.position "
                + MaxPosition + ": no order could ever pass");
            Require(MaxOrdersPerSecond <= MaxOrdersPerMinute, "limit.orders.second " + MaxOrdersPerSecond
                + " is above limit.orders.minute " + MaxOrdersPerMinute + ": raise the second or lower the first");
            Require(AtmTemplate.Length > 0 || StopTicks > 0,
                "order.stop.ticks 0 without order.atm: a position would have no stop; set one of them");
            Require(EntryOffsetTicks <= CollarTicks, "order.entry.offset.ticks " + EntryOffsetTicks
                + " is above limit.collar.ticks " + CollarTicks + ": no order could ever pass");
            Require(MaxClockBound <= MaxSignalAge,
                "limit.clock.bound.ms is above limit.signal.age.ms: no signal's age could be told well enough");
            foreach (string account in LiveAccounts)
            {
                Require(!SimulationAccounts.Contains(account), "account " + account
                    + " is both in accounts.simulation and accounts.live: name it in one of them");
            }
        }

        private static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new FormatException(message);
            }
        }
    }
}
