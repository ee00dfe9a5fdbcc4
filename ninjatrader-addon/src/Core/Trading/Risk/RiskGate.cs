using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Judges whether an order may be sent: asks every rule in turn until one refuses. Holds no state of its own but
    /// the limits, so the same facts always get the same verdict. What it does not understand it refuses.
    /// </summary>
    public sealed class RiskGate
    {
        private const double CentsPerUnit = 100;

        /// <summary>ns; hours and the day of the loss need no better.</summary>
        private const long MaxClockOffset = 5000000000;

        private readonly TradingSettings limits;
        private readonly Func<GateFacts, Verdict>[] rules;

        public RiskGate(TradingSettings limits)
        {
            this.limits = limits;
            rules = new Func<GateFacts, Verdict>[]
            {
                AuditLog, Killed, Mode, Account, Rights, Novelty, Link, Market, Connection, Reconciliation, SignalSide,
                SignalRule, InstrumentName, Allowed, Currency, Hours, FeedHealth, ClockBound, SignalAge, QuoteAbsent, QuoteAge,
                OrderSize, Collar, Opposing,
                Position, DailyLoss, OrdersPerSecond, OrdersPerMinute
            };
        }

        /// <summary>The first refusal, or a pass. In a dry run the rules of accounts and orders do not apply.</summary>
        public Verdict Judge(GateFacts facts)
        {
            try
            {
                foreach (Func<GateFacts, Verdict> rule in rules)
                {
                    Verdict verdict = rule(facts);
                    if (verdict != null)
                    {
                        return verdict;
                    }
                }
                return Verdict.Pass;
            }
            // A rule that cannot be asked has not been passed.
            catch (Exception e)
            {
                return Refuse(RiskRule.InternalError, "a rule failed: " + e.Message);
            }
        }

        /// <summary>Whether two clocks that were compared agree on what time it is, as far as the comparison tells.</summary>
        /// <param name="offset">gateway clock minus local clock, ns</param>
        /// <param name="bound">the true offset is within this of it, ns</param>
        internal static bool IsHourKnown(long offset, long bound) => Math.Abs((decimal)offset) - bound <= MaxClockOffset;

        private static Verdict AuditLog(GateFacts facts) =>
            facts.IsAuditWritable ? null : Refuse(RiskRule.AuditLog, "the audit log cannot be written");

        private static Verdict Killed(GateFacts facts) =>
            facts.IsKilled ? Refuse(RiskRule.Killed, "the kill switch is pulled") : null;

        private static Verdict Mode(GateFacts facts)
        {
            switch (facts.Mode)
            {
                case TradingMode.DryRun: return null;
                case TradingMode.Simulation:
                case TradingMode.Live:
                    return facts.IsArmed ? null : Refuse(RiskRule.Mode, "not armed");
                default: return Refuse(RiskRule.Mode, "no such mode: " + facts.Mode);
            }
        }

        private Verdict Account(GateFacts facts)
        {
            if (facts.Mode == TradingMode.DryRun)
            {
                return null;
            }
            IList<string> allowed = facts.Mode == TradingMode.Live ? limits.LiveAccounts : limits.SimulationAccounts;
            if (!allowed.Contains(facts.Account))
            {
                return Refuse(RiskRule.Account, "account '" + facts.Account + "' is not listed for " + facts.Mode);
            }
            return facts.Mode == TradingMode.Live || facts.IsSimulationAccount
                ? null
                : Refuse(RiskRule.Account, "the platform does not say that '" + facts.Account
                    + "' is a simulation account");
        }

        private static Verdict Rights(GateFacts facts) =>
            facts.Mode != TradingMode.Live || facts.Rights == PeerRights.Trade
                ? null
                : Refuse(RiskRule.LinkRights, "the gateway lets this add-on only view");

        private static Verdict Novelty(GateFacts facts)
        {
            switch (facts.Novelty)
            {
                case SignalNovelty.New: return null;
                case SignalNovelty.Duplicate: return Refuse(RiskRule.Duplicate, "handled before");
                case SignalNovelty.OutOfSequence:
                    return Refuse(RiskRule.Sequence, "a later signal was handled before it");
                default: return Refuse(RiskRule.Sequence, "not of the session that the link is in");
            }
        }

        private static Verdict Link(GateFacts facts) =>
            facts.IsLinkUp ? null : Refuse(RiskRule.Link, "the link to the gateway is down");

        /// <summary>A rehearsal looks like any day. What did not say that it is live is none.</summary>
        private static Verdict Market(GateFacts facts) =>
            facts.Mode == TradingMode.DryRun || facts.Mode == TradingMode.Simulation
                || facts.Market == Core.Market.Live
                ? null
                : Refuse(RiskRule.Market, facts.Market == Core.Market.Recorded
                    ? "the gateway plays a recording: nothing of it is for a live account"
                    : "the gateway does not say whether its signals are of the live market; update it");

        private static Verdict Connection(GateFacts facts)
        {
            if (facts.Mode == TradingMode.DryRun || facts.OrdersConnected && facts.PricesConnected)
            {
                return null;
            }
            return Refuse(RiskRule.PlatformConnection, "the platform's connection is down for "
                + (facts.OrdersConnected ? "prices" : facts.PricesConnected ? "orders" : "orders and prices"));
        }

        private static Verdict Reconciliation(GateFacts facts) =>
            facts.Mode == TradingMode.DryRun || facts.IsReconciled
                ? null
                : Refuse(RiskRule.Reconciliation, "not reconciled with the platform's orders and positions");

        private static Verdict SignalSide(GateFacts facts) =>
            facts.Side == OrderSide.Buy || facts.Side == OrderSide.Sell
                ? null
                : Refuse(RiskRule.SignalSide, "the signal gives no side");

        /// <summary>A rule whose name is not known yet could be any.</summary>
        private Verdict SignalRule(GateFacts facts)
        {
            if (limits.Rules.Contains(TradingSettings.AllRules) || limits.Rules.Contains(facts.RuleName))
            {
                return null;
            }
            string list = string.Join(", ", limits.Rules);
            return Refuse(RiskRule.RuleAllowed, facts.RuleName.Length == 0
                ? "the gateway has not told the name of its rule " + facts.RuleNumber + "; rules = " + list
                : facts.RuleName + " is not in rules = " + list);
        }

        private static Verdict InstrumentName(GateFacts facts)
        {
            if (facts.Instrument == null)
            {
                return Refuse(RiskRule.InstrumentMap, "no platform name for '" + facts.Symbol + "'; add map."
                    + facts.Symbol);
            }
            bool isUsable = facts.Contract != null && facts.Contract.TickSize > 0 && facts.Contract.PointValue > 0;
            return isUsable
                ? null
                : Refuse(RiskRule.InstrumentMap, "the platform does not know '" + facts.Instrument.Name + "'");
        }

        private static Verdict Allowed(GateFacts facts) =>
            facts.Instrument.IsAllowed ? null : Refuse(RiskRule.InstrumentAllowed, facts.Instrument.WhyNot);

        /// <summary>Two currencies cannot be added up: the loss of the day would be a number without a meaning.</summary>
        private static Verdict Currency(GateFacts facts) =>
            facts.Mode == TradingMode.DryRun || facts.Contract.Currency == facts.AccountCurrency
                ? null
                : Refuse(RiskRule.Currency, "the instrument is in " + facts.Contract.Currency + ", the account in "
                    + (facts.AccountCurrency.Length == 0 ? "an unknown currency" : facts.AccountCurrency));

        private Verdict Hours(GateFacts facts)
        {
            // What the bound leaves open, the rule of the bound judges.
            if (facts.IsAgeKnown && !IsHourKnown(facts.ClockOffset, facts.AgeBound))
            {
                return new Verdict(RiskRule.TradingHours, facts.ClockOffset, MaxClockOffset, "ns",
                    "this machine's clock and the gateway's differ: set Windows' clock, then press Connect");
            }
            return limits.Hours.IsOpen(facts.UtcNow)
                ? null
                : Refuse(RiskRule.TradingHours, "outside the hours, there it is "
                    + limits.Hours.ToLocal(facts.UtcNow).ToString("ddd yyyy-MM-dd HH:mm:ss",
                        System.Globalization.CultureInfo.InvariantCulture));
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
                return Refuse(RiskRule.ClockBound, "the clocks were not compared yet");
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

        private static Verdict QuoteAbsent(GateFacts facts)
        {
            PlatformQuote quote = facts.Quote;
            bool isWhole = quote != null && quote.Bid != LinkProtocol.NullPrice && quote.Ask != LinkProtocol.NullPrice
                && quote.Bid <= quote.Ask;
            return isWhole ? null : Refuse(RiskRule.QuoteAbsent, "the platform has no bid and offer of "
                + facts.Instrument.Name);
        }

        private Verdict QuoteAge(GateFacts facts)
        {
            long told = facts.Quote.TimeOf(facts.Side.Value);
            if (told <= 0)
            {
                return Refuse(RiskRule.QuoteAge, "the age of the platform's quote is not known yet: quotes that waited are being told");
            }
            long age = facts.Now - told;
            return age <= limits.MaxQuoteAge
                ? null
                : new Verdict(RiskRule.QuoteAge, age, limits.MaxQuoteAge, "ns", "the platform's quote of the side to trade with is too old");
        }

        private Verdict OrderSize(GateFacts facts) =>
            facts.Quantity >= 1 && facts.Quantity <= limits.MaxOrderQuantity
                ? null
                : new Verdict(RiskRule.OrderSize, facts.Quantity, limits.MaxOrderQuantity, "contracts",
                    "quantity of the order");

        /// <summary>
        /// The gateway's market and the order's limit both must lie near the platform's: a wrong map, a stale
        /// screen or a wrong feed shows here.
        /// </summary>
        private Verdict Collar(GateFacts facts)
        {
            bool buys = facts.Side == OrderSide.Buy;
            long market = buys ? facts.Quote.Ask : facts.Quote.Bid;
            long signal = buys ? facts.SignalAsk : facts.SignalBid;
            if (signal == LinkProtocol.NullPrice)
            {
                return Refuse(RiskRule.PriceCollar, "the signal has no price on the side to trade with");
            }
            return Distance("signal", signal, market, facts.Contract.TickSize)
                ?? (facts.LimitPrice == LinkProtocol.NullPrice
                    ? null
                    : Distance("order", facts.LimitPrice, market, facts.Contract.TickSize));
        }

        private Verdict Distance(string what, long price, long market, long tick)
        {
            decimal distance = Math.Abs((decimal)price - market);
            if (distance <= (decimal)limits.CollarTicks * tick)
            {
                return null;
            }
            var ticks = (long)Math.Min(Math.Ceiling(distance / tick), long.MaxValue);
            return new Verdict(RiskRule.PriceCollar, ticks, limits.CollarTicks, "ticks", what + " at "
                + FixedPrice.Format(price) + ", platform at " + FixedPrice.Format(market));
        }

        private static Verdict Opposing(GateFacts facts) =>
            facts.Opposing == 0
                ? null
                : new Verdict(RiskRule.Opposing, facts.Opposing, 0, "contracts",
                    "a position or entry the other way round is open");

        private Verdict Position(GateFacts facts)
        {
            long position = facts.Exposure + facts.Quantity;
            return position <= limits.MaxPosition
                ? null
                : new Verdict(RiskRule.Position, position, limits.MaxPosition, "contracts",
                    "position, working orders included");
        }

        private Verdict DailyLoss(GateFacts facts)
        {
            if (double.IsPositiveInfinity(facts.Loss))
            {
                return Refuse(RiskRule.DailyLoss, "the platform does not tell what the account realized today");
            }
            // Written so that a loss that is not a number refuses too.
            return facts.Loss < limits.MaxDailyLoss
                ? null
                : new Verdict(RiskRule.DailyLoss, Cents(facts.Loss), Cents(limits.MaxDailyLoss), "cents",
                    "loss of the day");
        }

        private Verdict OrdersPerSecond(GateFacts facts) =>
            facts.OrdersInSecond < limits.MaxOrdersPerSecond
                ? null
                : new Verdict(RiskRule.OrdersPerSecond, facts.OrdersInSecond, limits.MaxOrdersPerSecond, "orders",
                    "sent in the last second");

        private Verdict OrdersPerMinute(GateFacts facts) =>
            facts.OrdersInMinute < limits.MaxOrdersPerMinute
                ? null
                : new Verdict(RiskRule.OrdersPerMinute, facts.OrdersInMinute, limits.MaxOrdersPerMinute, "orders",
                    "sent in the last minute");

        private static long Cents(double money)
        {
            double cents = money * CentsPerUnit;
            return cents < long.MaxValue / 2 && cents > long.MinValue / 2 ? (long)Math.Round(cents) : long.MaxValue;
        }

        private static Verdict Refuse(RiskRule rule, string text) => new Verdict(rule, 0, 0, "", text);
    }
}
