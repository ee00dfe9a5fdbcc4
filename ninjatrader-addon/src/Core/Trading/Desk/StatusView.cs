using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>Makes what a window shows out of what trading knows. Trading thread.</summary>
    internal static class StatusView
    {
        private const double NanosPerMilli = 1e6;

        public static TradingStatus Of(TradingState state, TradingSettings settings, KillSwitch kill,
            SignalDecider decider, QuoteBoard quotes, Decision last, long now)
        {
            AccountBook book = state.Active;
            return new TradingStatus
            {
                Mode = state.Mode,
                IsArmed = state.IsArmed,
                DisarmReason = state.DisarmReason,
                DisarmedAt = state.DisarmedAt,
                IsKilled = state.IsKilled,
                KillReason = state.KillReason,
                Reach = Reach.Of(state, state.Books),
                Unconnected = state.Books.Where(one => !one.OrdersConnected && Reach.Instruments(state, one).Length > 0)
                    .Select(one => one.Account).ToArray(),
                Reached = kill.Reached,
                IsFlatVerified = state.IsKilled && kill.IsFlatVerified,
                NotLookedAt = kill.NotLookedAt.ToArray(),
                OpenSince = kill.OpenSince.Select(one => one.Account).ToArray(),
                HasNothingToFlatten = kill.HasNothingToFlatten,
                Alarm = kill.Alarm,
                Account = book == null ? "" : book.Account,
                IsLinkUp = state.LinkSession.HasValue,
                IsPlatformConnected = book != null && book.OrdersConnected && book.PricesConnected,
                IsReconciled = book != null && book.IsReconciled,
                Doubt = book?.Doubt,
                Positions = book == null ? new PositionReport[0] : book.Positions.ToArray(),
                WorkingOrders = book == null
                    ? new OrderReport[0]
                    : book.Working.Select(order => order.Report).ToArray(),
                LastDecision = last,
                Limits = Limits(settings, decider, quotes, book, state.Clocks?.Current, last, now)
            };
        }

        /// <summary>What is known for certain when something in making the status threw.</summary>
        public static TradingStatus Broken(TradingState state, Exception failure) => new TradingStatus
        {
            Mode = state.Mode,
            IsArmed = state.IsArmed,
            IsKilled = state.IsKilled,
            KillReason = state.KillReason,
            Alarm = "what trading knows cannot be shown: " + failure.Message
        };

        private static IList<LimitUse> Limits(TradingSettings settings, SignalDecider decider, QuoteBoard quotes,
            AccountBook book, ClockEstimate clock, Decision last, long now) => new[]
        {
            new LimitUse("limit.order.quantity", settings.OrderQuantity, settings.MaxOrderQuantity,
                "contracts or shares"),
            new LimitUse("limit.position", LargestPosition(book), settings.MaxPosition, "contracts or shares"),
            new LimitUse("limit.orders.second", decider.Rate.InSecond(now), settings.MaxOrdersPerSecond, "entries"),
            new LimitUse("limit.orders.minute", decider.Rate.InMinute(now), settings.MaxOrdersPerMinute, "entries"),
            new LimitUse("limit.loss.day", book == null ? 0 : Math.Max(0, book.Profit.Loss(quotes.Of)),
                settings.MaxDailyLoss, "account currency"),
            new LimitUse("limit.signal.age.ms", last == null || last.AgeBound < 0
                ? 0
                : (last.Age + last.AgeBound) / NanosPerMilli, settings.MaxSignalAge / NanosPerMilli, "ms"),
            new LimitUse("limit.clock.bound.ms", clock == null ? 0 : clock.BoundAt(now) / NanosPerMilli, settings.MaxClockBound / NanosPerMilli, "ms")
        };

        private static long LargestPosition(AccountBook book) => book == null
            ? 0
            : book.Touched.Select(instrument => Math.Max(book.Exposure(instrument, OrderSide.Buy),
                book.Exposure(instrument, OrderSide.Sell))).DefaultIfEmpty(0).Max();
    }
}
