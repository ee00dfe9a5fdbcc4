using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The last of the gate's rules: whether the order that a signal would become stays within the limits. Its price lies
    /// near the platform's quote, its size, the position, the loss of the day and the entries sent are not too large. To be
    /// asked after the rules of the signal: side, instrument and contract are known then. Holds nothing but the limits.
    /// Trading thread.
    /// </summary>
    internal sealed class OrderRules
    {
        private const double CentsPerUnit = 100;

        private readonly TradingSettings limits;

        public OrderRules(TradingSettings limits)
        {
            this.limits = limits;
            InOrder = new Func<GateFacts, Verdict>[]
            {
                QuoteAbsent, QuoteAge, OrderSize, Collar, Opposing, Position, DailyLoss, OrdersPerSecond,
                OrdersPerMinute
            };
        }

        /// <summary>Each gives null, or why it refuses.</summary>
        public IEnumerable<Func<GateFacts, Verdict>> InOrder { get; }

        private static Verdict QuoteAbsent(GateFacts facts)
        {
            PlatformQuote quote = facts.Quote;
            bool isWhole = quote != null && quote.Bid != LinkProtocol.NullPrice && quote.Ask != LinkProtocol.NullPrice
                && quote.Bid <= quote.Ask;
            return isWhole ? null : Verdict.Refuse(RiskRule.QuoteAbsent, "the platform has no bid and offer of "
                + facts.Instrument.Name);
        }

        private Verdict QuoteAge(GateFacts facts)
        {
            long told = facts.Quote.TimeOf(facts.Side.Value);
            if (told <= 0)
            {
                return Verdict.Refuse(RiskRule.QuoteAge,
                    "the age of the platform's quote is not known yet: quotes that waited are being told");
            }
            // One that comes while this signal is judged is later than what the time was when that began; a clock set is more.
            if (told - limits.MaxQuoteAge > facts.Now)
            {
                return Verdict.Refuse(RiskRule.QuoteAge, "the platform's quote is from the future: a clock was set");
            }
            long age = Math.Max(facts.Now - told, 0);
            return age <= limits.MaxQuoteAge
                ? null
                : new Verdict(RiskRule.QuoteAge, age, limits.MaxQuoteAge, "ns",
                    "the platform's quote of the side to trade with is too old");
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
                return Verdict.Refuse(RiskRule.PriceCollar, "the signal has no price on the side to trade with");
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
            if (facts.Exposure < 0)
            {
                // One the other way round was refused before: this is no position.
                return Verdict.Refuse(RiskRule.Position, "the position that could come about is not known");
            }
            // The quantity was found to be above 0 before.
            long position = Math.Min(facts.Exposure, long.MaxValue - facts.Quantity) + facts.Quantity;
            return position <= limits.MaxPosition
                ? null
                : new Verdict(RiskRule.Position, position, limits.MaxPosition, "contracts",
                    "position, working orders included");
        }

        private Verdict DailyLoss(GateFacts facts)
        {
            if (double.IsPositiveInfinity(facts.Loss))
            {
                return Verdict.Refuse(RiskRule.DailyLoss, "the platform does not tell what the account realized today");
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
    }
}
