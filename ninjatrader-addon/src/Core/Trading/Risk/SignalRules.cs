using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The gate's rules of the signal: whether it is one to trade on, here and now. It names a side and an instrument that
    /// are known and allowed, within the hours, of a book that is trusted, and is young enough by clocks that are known.
    /// Holds nothing but the limits. Trading thread.
    /// </summary>
    internal sealed class SignalRules
    {
        /// <summary>ns; hours and the day of the loss need no better.</summary>
        private const long MaxClockOffset = 5000000000;

        private readonly TradingSettings limits;

        public SignalRules(TradingSettings limits)
        {
            this.limits = limits;
            InOrder = new Func<GateFacts, Verdict>[]
            {
                SignalSide, SignalRule, InstrumentName, Allowed, Currency, Hours, FeedHealth, ClockBound, SignalAge
            };
        }

        /// <summary>Each gives null, or why it refuses.</summary>
        public IEnumerable<Func<GateFacts, Verdict>> InOrder { get; }

        /// <summary>Whether two clocks that were compared agree on what time it is, as far as the comparison tells.</summary>
        /// <param name="offset">gateway clock minus local clock, ns</param>
        /// <param name="bound">the true offset is within this of it, ns</param>
        internal static bool IsHourKnown(long offset, long bound) => Math.Abs((decimal)offset) - bound <= MaxClockOffset;

        private static Verdict SignalSide(GateFacts facts) =>
            facts.Side == OrderSide.Buy || facts.Side == OrderSide.Sell
                ? null
                : Verdict.Refuse(RiskRule.SignalSide, "the signal gives no side");

        /// <summary>A rule whose name is not known yet could be any.</summary>
        private Verdict SignalRule(GateFacts facts)
        {
            if (limits.Rules.Contains(TradingSettings.AllRules) || limits.Rules.Contains(facts.RuleName))
            {
                return null;
            }
            string list = string.Join(", ", limits.Rules);
            return Verdict.Refuse(RiskRule.RuleAllowed, facts.RuleName.Length == 0
                ? "the gateway has not told the name of its rule " + facts.RuleNumber + "; rules = " + list
                : facts.RuleName + " is not in rules = " + list);
        }

        private static Verdict InstrumentName(GateFacts facts)
        {
            if (facts.Instrument == null)
            {
                return Verdict.Refuse(RiskRule.InstrumentMap, "no platform name for '" + facts.Symbol + "'; add map."
                    + facts.Symbol);
            }
            bool isUsable = facts.Contract != null && facts.Contract.TickSize > 0 && facts.Contract.PointValue > 0;
            return isUsable
                ? null
                : Verdict.Refuse(RiskRule.InstrumentMap, "the platform does not know '" + facts.Instrument.Name + "'");
        }

        private static Verdict Allowed(GateFacts facts) =>
            facts.Instrument.IsAllowed ? null : Verdict.Refuse(RiskRule.InstrumentAllowed, facts.Instrument.WhyNot);

        /// <summary>Two currencies cannot be added up: the loss of the day would be a number without a meaning.</summary>
        private static Verdict Currency(GateFacts facts) =>
            facts.Mode == TradingMode.DryRun || facts.Contract.Currency == facts.AccountCurrency
                ? null
                : Verdict.Refuse(RiskRule.Currency, "the instrument is in " + facts.Contract.Currency + ", the account in "
                    + (facts.AccountCurrency.Length == 0 ? "an unknown currency" : facts.AccountCurrency));

        private Verdict Hours(GateFacts facts)
        {
            // What the bound leaves open, the rule of the bound judges.
            if (facts.IsAgeKnown && !IsHourKnown(facts.ClockOffset, facts.AgeBound))
            {
                return new Verdict(RiskRule.TradingHours, facts.ClockOffset, MaxClockOffset, "ns",
                    "this machine's clock and the gateway's differ: set Windows' clock, then press Connect");
            }
            if (limits.Hours.IsOpen(facts.UtcNow))
            {
                return null;
            }
            System.DateTime? end = limits.Hours.ShortEnd(facts.UtcNow);
            return Verdict.Refuse(RiskRule.TradingHours, "outside the hours, there it is "
                + limits.Hours.ToLocal(facts.UtcNow).ToString("ddd yyyy-MM-dd HH:mm:ss",
                    System.Globalization.CultureInfo.InvariantCulture)
                + (end == null ? "" : ", and hours.short ended them at "
                    + end.Value.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        }

        private static Verdict FeedHealth(GateFacts facts) =>
            facts.Book == BookState.Trusted
                ? null
                : new Verdict(RiskRule.FeedHealth, facts.Book.HasValue ? (long)facts.Book.Value : -1,
                    (long)BookState.Trusted, "state", "the gateway's book is "
                    + (facts.Book.HasValue ? facts.Book.Value.ToString() : "of unknown state"));

        private Verdict ClockBound(GateFacts facts)
        {
            if (!facts.IsAgeKnown)
            {
                return Verdict.Refuse(RiskRule.ClockBound, "the clocks were not compared yet");
            }
            return facts.AgeBound >= 0 && facts.AgeBound <= limits.MaxClockBound
                ? null
                : new Verdict(RiskRule.ClockBound, facts.AgeBound, limits.MaxClockBound, "ns",
                    "error bound of the clocks too wide");
        }

        private Verdict SignalAge(GateFacts facts)
        {
            // The bound was checked before, so neither sum can overflow by it.
            long oldest = facts.Age > long.MaxValue - facts.AgeBound ? long.MaxValue : facts.Age + facts.AgeBound;
            if (oldest > limits.MaxSignalAge)
            {
                return new Verdict(RiskRule.SignalAge, oldest, limits.MaxSignalAge, "ns", "may be too old");
            }
            if (oldest < 0)
            {
                return new Verdict(RiskRule.SignalAge, oldest, 0, "ns", "from the future: a clock was set");
            }
            if (facts.Timeliness != Timeliness.InTime)
            {
                return new Verdict(RiskRule.SignalAge, oldest, limits.MaxSignalAge, "ns",
                    "beyond the gateway's time-to-live: " + facts.Timeliness);
            }
            // In time when it came; it may have waited since.
            return facts.Age <= facts.TimeToLive
                ? null
                : new Verdict(RiskRule.SignalAge, facts.Age, facts.TimeToLive, "ns",
                    "waited beyond the gateway's time-to-live");
        }
    }
}
